import { TZDate } from '@date-fns/tz';
import { format } from 'date-fns';
import type { Slot } from '../ports/scan.ts';
import type { Partitioning, TimeKey } from './partitioning.ts';

/** The length of a partition, in seconds. */
export const GRAIN_SECONDS: Readonly<Record<Partitioning['grain'], number>> = { hour: 3_600, day: 86_400 };

/** The starts of the partitions that touch a stretch of time, in epoch seconds, oldest first. */
export function partitionsTouching(
  grain: Partitioning['grain'],
  { fromSeconds, toSeconds }: Slot,
): readonly number[] {
  const length = GRAIN_SECONDS[grain];
  const first = Math.floor(fromSeconds / length) * length;
  const amount = Math.max(Math.ceil((toSeconds - first) / length), 0);
  return Array.from({ length: amount }, (_, index) => first + index * length);
}

/** The value of a time key in the partition that begins at an instant. */
export function keyValue({ pattern }: Pick<TimeKey, 'pattern'>, startSeconds: number): string {
  return format(new TZDate(startSeconds * 1000, 'UTC'), pattern);
}
