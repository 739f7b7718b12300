/** Values in chunks of at most a size, in their order; none for no values. */
export function chunks<T>(values: readonly T[], size: number): readonly (readonly T[])[] {
  const amount = Math.ceil(values.length / size);
  return Array.from({ length: amount }, (_, index) => values.slice(index * size, (index + 1) * size));
}
