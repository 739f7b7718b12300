/**
 * Control characters but tab and line feed; all that Unicode calls format characters, which have no width, turn the
 * direction of text around or hide other text (tags); separators of lines, and half characters.
 */
const INVISIBLE = /(?![\t\n])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu;

/** Takes out of foreign text what would not show, or would make other text show otherwise. */
export function printable(text: string): string {
  return text.replace(INVISIBLE, '');
}

/** Cuts text to a length in UTF-16 units, the strictest count of any surface, and says so with an ellipsis. */
export function cut(text: string, length: number): string {
  if (text.length <= length) return text;
  const kept = text.slice(0, length - 1);
  // Half a pair is no character: Slack refuses it.
  return `${/[\ud800-\udbff]$/.test(kept) ? kept.slice(0, -1) : kept}…`;
}

/** Rows of text with their columns aligned by spaces. */
export function alignedRows(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
