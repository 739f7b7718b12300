import type { AnswerColumn } from '../../core/answer/answer.ts';
import type { Question } from '../../core/query/question.ts';
import { zoneName } from '../../core/time/show-time.ts';

/** The heading of a column; one of times says in which zone they are. */
export function columnTitle({ column }: AnswerColumn, { window, zone }: Question): string {
  return column.kind === 'moment' ? `${column.title} (${zoneName(window.from, zone)})` : column.title;
}
