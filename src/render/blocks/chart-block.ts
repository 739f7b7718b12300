import { TZDate } from '@date-fns/tz';
import { format } from 'date-fns';
import type { Answer, AnswerColumn } from '../../core/answer/answer.ts';
import { LIMITS } from '../limits.ts';
import { cut } from '../plain-text.ts';
import type { ChartBlock } from './block-types.ts';

/**
 * A chart of an answer that counts over time: its first column is a moment, the others are counts, or texts on how they
 * were counted. Undefined for any other answer.
 * A row without a number has no bar: drawn as zero it would say that there was no traffic.
 */
export function chartBlock(answer: Answer): ChartBlock | undefined {
  const { columns, rows: all, question } = answer;
  const [time, ...others] = columns;
  const counts = others.filter(({ column }) => column.kind === 'count');
  const rows = all.filter((row) => counts.every(({ name }) => row[name] !== null));
  if (time === undefined || !isOverTime(answer) || rows.length === 0 || rows.length > LIMITS.chartPoints)
    return undefined;
  const pattern = spansDays(question.window.from, question.window.to) ? 'd MMM HH:mm' : 'HH:mm';
  const local = rows.map((row) => labelOf(row[time.name], question.zone, pattern));
  // When clocks are set back an hour comes twice, but Slack finds a point by the name of its category.
  const twice = new Set(local).size < local.length;
  const categories = twice ? rows.map((row) => labelOf(row[time.name], 'UTC', `${pattern}'Z'`)) : local;
  return {
    type: 'data_visualization',
    title: cut(`Records from ${categories[0] ?? ''} on`, LIMITS.chartTitle),
    chart: {
      type: 'bar',
      series: counts.slice(0, LIMITS.chartSeries).map(({ name, column }) => ({
        name: cut(column.title, LIMITS.chartLabel),
        data: rows.map((row, index) => ({ label: categories[index] ?? '', value: Number(row[name] ?? 0) })),
      })),
      axis_config: { categories, y_label: 'records' },
    },
  };
}

/** Whether an answer counts over time. */
export function isOverTime({ columns: [time, ...others] }: Pick<Answer, 'columns'>): boolean {
  const counts = others.some(({ column }) => column.kind === 'count');
  return time?.column.kind === 'moment' && counts && others.every(isOfChart);
}

function isOfChart({ column }: AnswerColumn): boolean {
  return column.kind === 'count' || column.kind === 'text';
}

function labelOf(value: unknown, zone: string, pattern: string): string {
  return value instanceof Date ? cut(format(new TZDate(value, zone), pattern), LIMITS.chartLabel) : '';
}

const DAY_MS = 86_400_000;

function spansDays(from: Date, to: Date): boolean {
  return to.getTime() - from.getTime() >= DAY_MS;
}
