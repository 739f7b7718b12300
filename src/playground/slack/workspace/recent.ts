/** A map that forgets its oldest entries; what is put again keeps its place. */
interface Recent<V> {
  get(key: string): V | undefined;
  /** Returns what was forgotten to make room. */
  put(key: string, value: V): readonly V[];
  delete(key: string): boolean;
  values(): readonly V[];
}

/** Creates a map of at most `most` entries, which weigh at most `mostWeight` together. */
export function createRecent<V>(
  most: number,
  mostWeight = Number.POSITIVE_INFINITY,
  weigh = (_: V) => 0,
): Recent<V> {
  const entries = new Map<string, V>();
  let weight = 0;
  function remove(key: string): V | undefined {
    const value = entries.get(key);
    if (value !== undefined && entries.delete(key)) weight -= weigh(value);
    return value;
  }
  return {
    get: (key) => entries.get(key),
    put(key, value) {
      const before = entries.get(key);
      weight += weigh(value) - (before === undefined ? 0 : weigh(before));
      entries.set(key, value);
      const forgotten: V[] = [];
      for (const oldest of entries.keys()) {
        if (entries.size <= most && weight <= mostWeight) break;
        const gone = remove(oldest);
        if (gone !== undefined) forgotten.push(gone);
      }
      return forgotten;
    },
    delete: (key) => remove(key) !== undefined,
    values: () => [...entries.values()],
  };
}
