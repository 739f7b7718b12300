import type { AnswerColumn } from '../../core/answer/answer.ts';
import type { Question } from '../../core/question.ts';
import { zoneName } from '../../core/window/zone-name.ts';

/** The heading of a column; one of times says in which zone they are. */
export function columnTitle({ column }: AnswerColumn, { window, zone }: Question): string {
  return column.kind === 'moment' ? `${column.title} (${zoneName(window.from, zone)})` : column.title;
}
