import type { SyntaxFault } from './load-dialects.ts';

/** Faults of syntax in a line each: `2:15 mismatched input 'end'`. */
export function writeFaults(faults: readonly SyntaxFault[]): readonly string[] {
  return faults.map(({ startLine, startColumn, message }) => `${startLine}:${startColumn} ${message}`);
}
