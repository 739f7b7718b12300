/** A line to try, and what it shows. */
export interface Suggestion {
  readonly label: string;
  readonly line: string;
}

/** What the app prints when it is ready: what it answers from, where the desk is, and what to try. */
export function welcomeText(
  deskUrl: string,
  origin: readonly string[],
  suggestions: readonly Suggestion[],
): string {
  const width = Math.max(...suggestions.map(({ line }) => line.length));
  return [
    '',
    ...origin,
    `The desk, a Slack look-alike on this machine: ${deskUrl}`,
    '',
    'Try, there after /flowlog or here:',
    ...suggestions.map(({ line, label }) => `  ${line.padEnd(width)}   ${label}`),
    '',
    '',
  ].join('\n');
}
