/** A tag as the SDK gives it. */
export interface AwsTag {
  readonly Key?: string | undefined;
  readonly Value?: string | undefined;
}

/** Tags by their keys. */
export function readTags(tags: readonly AwsTag[] | undefined): Readonly<Record<string, string>> {
  return Object.fromEntries((tags ?? []).map(({ Key = '', Value = '' }) => [Key, Value]));
}

/** The `Name` tag, or what stands for it; empty when there is neither. */
export function nameIn(tags: readonly AwsTag[] | undefined, otherwise = ''): string {
  return tags?.find(({ Key }) => Key === 'Name')?.Value || otherwise;
}
