import { eastAsianWidth } from 'get-east-asian-width';

/**
 * Control characters but tab and line feed; all that Unicode calls format characters, which have no width, turn the
 * direction of text around or hide other text (tags); separators of lines, and half characters.
 */
const INVISIBLE = /(?![\t\n])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu;

/** Removes from foreign text what would not show, or would change how other text shows. */
export function printable(text: string): string {
  return text.replace(INVISIBLE, '');
}

/** Cuts text to a length in UTF-16 units, the strictest count of any surface, and marks the cut with an ellipsis. */
export function cut(text: string, length: number): string {
  if (text.length <= length) return text;
  const kept = text.slice(0, length - 1);
  // Half a pair is no character: Slack refuses it.
  return `${/[\ud800-\udbff]$/.test(kept) ? kept.slice(0, -1) : kept}…`;
}

/** Joins pieces in their order into texts of at most `length` characters; a piece that is longer stays whole. */
export function packed(pieces: readonly string[], separator: string, length: number): readonly string[] {
  const texts: string[] = [];
  for (const piece of pieces) {
    const last = texts.at(-1);
    const joined = last === undefined ? piece : `${last}${separator}${piece}`;
    if (last !== undefined && joined.length <= length) texts[texts.length - 1] = joined;
    else texts.push(piece);
  }
  return texts;
}

const BETWEEN_COLUMNS = '  ';

/**
 * A line for each row, with the columns aligned by spaces: text to the left, `numeric` columns to the right. Wide
 * characters, such as Japanese, take two places.
 */
export function alignedLines(
  rows: readonly (readonly string[])[],
  numeric: readonly boolean[] = [],
): readonly string[] {
  const cells = rows.map((row) => row.map((text) => ({ text, width: widthOf(text) })));
  const widest = (rows[0] ?? []).map((_, column) => Math.max(...cells.map((row) => row[column]?.width ?? 0)));
  return cells.map((row) =>
    row
      .map(({ text, width }, column) => {
        const spaces = ' '.repeat((widest[column] ?? width) - width);
        return numeric[column] === true ? `${spaces}${text}` : `${text}${spaces}`;
      })
      .join(BETWEEN_COLUMNS)
      .trimEnd(),
  );
}

const ASCII = /^[\x20-\x7e]*$/;
/** Accents and other marks that are drawn over the character before them. */
const MARKS = /[\p{Mn}\p{Me}]/gu;

/** How many places of a fixed width a printable text takes. */
export function widthOf(text: string): number {
  if (ASCII.test(text)) return text.length;
  let width = 0;
  for (const character of text.replace(MARKS, '')) width += eastAsianWidth(character.codePointAt(0) ?? 0);
  return width;
}
