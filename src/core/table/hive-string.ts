// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is refused
const CONTROL = /[\u0000-\u001f\u007f]/;

/**
 * Text in DDL. Hive escapes with a backslash; a doubled quote would end one text and begin the next.
 * @throws RangeError for text with control characters, which no name in S3 of ours has.
 */
export function hiveString(text: string): string {
  if (CONTROL.test(text)) throw new RangeError('text with control characters has no place in DDL');
  return `'${text.replace(/[\\']/g, (each) => `\\${each}`)}'`;
}
