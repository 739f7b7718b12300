import { showMoment } from '../show-moment.ts';
import type { Calendar } from './calendar.ts';
import { writeMoment } from './write-moment.ts';

/** A time of a day as a person said it, and the instant that it was taken for. */
export interface Spoken {
  /** `YYYY-MM-DD`. */
  readonly date: string;
  readonly secondOfDay: number;
  readonly instant: Date;
}

/**
 * What to tell the person about a time that the clock shows twice on its day, or never: as which instant it was read,
 * which other one it may mean, and how to say that one. Undefined for any other time.
 */
export function clockChangeNote(
  { date, secondOfDay, instant }: Spoken,
  calendar: Calendar,
  zone: string,
): string | undefined {
  const instants = calendar.instantsOf(date, secondOfDay);
  if (instants.length === 1) return undefined;
  const readings = instants.length > 1 ? instants : calendar.aroundGap(date, secondOfDay);
  const others = readings.filter((each) => each.getTime() !== instant.getTime());
  const happens = instants.length > 1 ? 'comes twice' : 'does not exist';
  const forOthers = others.map((other) => `for ${showMoment(other, zone)} type ${writeMoment(other)}`);
  const read = `read as ${showMoment(instant, zone)}`;
  return `${timeOfDay(secondOfDay)} ${happens} on ${date} in ${zone}, where the clocks change: ${[read, ...forOthers].join('; ')}`;
}

function timeOfDay(secondOfDay: number): string {
  const time = new Date(secondOfDay * 1000).toISOString().slice(11, 19);
  return time.endsWith(':00') ? time.slice(0, 5) : time;
}
