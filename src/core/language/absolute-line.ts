import type { Question } from '../question.ts';
import { writeLine } from './write-line.ts';

/** The line of a question with its window as two instants: asked again at any time, it asks the same. */
export function absoluteLine({ query, args, window }: Question): string {
  return writeLine(query, args, { kind: 'between', ...window });
}
