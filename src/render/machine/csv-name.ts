import type { Answer } from '../../core/answer/answer.ts';

/** A file name for the rows of an answer: `flowlog-to-20261122T1305Z.csv`. */
export function csvName({ question: { query, window } }: Answer): string {
  const from = window.from.toISOString().slice(0, 16).replace(/[-:]/g, '');
  return `flowlog-${query.name}-${from}Z.csv`;
}
