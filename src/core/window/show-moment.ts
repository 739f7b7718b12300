import { tz } from '@date-fns/tz';
import { format } from 'date-fns';
import { zoneName } from './zone-name.ts';

/** An instant in words for people, in their zone and in UTC: `2026-11-22 14:05 CET (13:05 UTC)`; seconds only when there are some. */
export function showMoment(instant: Date, zone: string): string {
  const time = instant.getTime() % 60_000 < 1000 ? 'HH:mm' : 'HH:mm:ss';
  const name = zoneName(instant, zone);
  const day = written(instant, 'yyyy-MM-dd', zone);
  const local = `${day} ${written(instant, time, zone)} ${name}`;
  if (name === 'UTC') return local;
  const utcDay = written(instant, 'yyyy-MM-dd', 'UTC');
  return `${local} (${utcDay === day ? '' : `${utcDay} `}${written(instant, time, 'UTC')} UTC)`;
}

function written(instant: Date, pattern: string, zone: string): string {
  return format(instant, pattern, { in: tz(zone) });
}
