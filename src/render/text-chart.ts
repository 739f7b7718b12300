import type { Answer } from '../core/answer/answer.ts';
import { isOverTime } from './blocks/chart-block.ts';
import type { Paint } from './paint.ts';

const EIGHTHS = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉'] as const;
const LONGEST_BAR = 40;
const SHORTEST_BAR = 8;
/** Two series differ without colour too. */
const FULL = ['█', '▒'] as const;

/**
 * A bar for each row of an answer that counts over time, to be drawn behind its numbers: the amounts of its series one behind
 * the other, all rows by the same measure. Undefined for any other answer, and where there is no room.
 */
export function barsOf(answer: Answer, room: number, paint: Paint): readonly string[] | undefined {
  const counts = answer.columns.filter(({ column }) => column.kind === 'count');
  const longest = Math.min(room, LONGEST_BAR);
  if (!isOverTime(answer) || longest < SHORTEST_BAR) return undefined;
  const amounts = answer.rows.map((row) => counts.map(({ name }) => Number(row[name] ?? 0)));
  const most = Math.max(0, ...amounts.map((row) => row.reduce((sum, amount) => sum + amount, 0)));
  if (most === 0) return undefined;
  return amounts.map((row) =>
    row
      .map((amount, index) => {
        const bar = barOf((amount / most) * longest, FULL[index] ?? FULL[0]);
        return bar === '' ? '' : paint(index === 0 ? 'good' : 'bad', bar);
      })
      .join(''),
  );
}

/** What is there is seen, however little it is. */
function barOf(length: number, full: string): string {
  if (length <= 0) return '';
  const whole = Math.floor(length);
  const eighth = EIGHTHS[Math.floor((length - whole) * EIGHTHS.length)] ?? '';
  const bar = `${full.repeat(whole)}${full === FULL[0] ? eighth : ''}`;
  return bar === '' ? (full === FULL[0] ? '▏' : full) : bar;
}
