import type { Random } from '../../src/playground/aws/random.ts';
import { exponentialMs } from './chance.ts';

/** A question of a day: when it is asked, by whom, and what it reads. */
export interface SimulatedQuestion {
  readonly id: string;
  readonly askedMs: number;
  readonly channel: string;
  readonly person: string;
  readonly windowHours: number;
  readonly bytes: number;
}

const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;
const GB = 1_000_000_000;

/** What flow logs of a team deliver in an hour, as they are stored; teams differ that much. */
const BYTES_AN_HOUR = [1 * GB, 0.2 * GB, 5 * GB, 0.05 * GB] as const;

/** How long windows are: most people ask the last hour, one of twenty a whole day. */
const WINDOW_HOURS = [
  ...Array.from({ length: 12 }, () => 1),
  ...Array.from({ length: 5 }, () => 0.25),
  ...[6, 6, 24],
];

const PEOPLE = 5;
const BACKGROUND = 10;
const IN_INCIDENT = 20;
/** A few people ask every half minute or so while something is broken. */
const BETWEEN_MS = 30_000;
/** What half of the teams depend on breaks at half past two; their pages come within ten minutes. */
const [COMMON_MS, COMMON_LASTS_MS] = [14.5 * HOUR_MS, 10 * MINUTE_MS] as const;
/** People ask from eight in the morning to eight in the evening when nothing is broken. */
const [DAY_BEGINS_MS, DAY_ENDS_MS] = [8 * HOUR_MS, 20 * HOUR_MS] as const;

/** The questions of a day in the order in which they are asked: each team has an incident, and asks now and then. */
export function askedLoad(teams: number, random: Random): readonly SimulatedQuestion[] {
  const all = Array.from({ length: teams }, (_, team) => {
    const begunMs =
      team % 2 === 0
        ? COMMON_MS + random.whole(0, COMMON_LASTS_MS)
        : random.whole(0, 24 * HOUR_MS - 2 * IN_INCIDENT * BETWEEN_MS);
    let nextMs = begunMs;
    const times = Array.from({ length: IN_INCIDENT }, () => {
      nextMs += exponentialMs(BETWEEN_MS, random);
      return nextMs;
    });
    const others = Array.from({ length: BACKGROUND }, () => random.whole(DAY_BEGINS_MS, DAY_ENDS_MS));
    return [...times, ...others].map((askedMs, index) => questionAt(askedMs, { team, index }, random));
  });
  return all.flat().toSorted((a, b) => a.askedMs - b.askedMs);
}

function questionAt(
  askedMs: number,
  { team, index }: { readonly team: number; readonly index: number },
  random: Random,
): SimulatedQuestion {
  const windowHours = random.pick(WINDOW_HOURS);
  const bytesAnHour = BYTES_AN_HOUR[team % BYTES_AN_HOUR.length] ?? GB;
  return {
    id: `${team}-${index}`,
    askedMs,
    channel: `C${team}`,
    person: `U${team}P${random.whole(1, PEOPLE)}`,
    windowHours,
    bytes: Math.round(windowHours * bytesAnHour * (0.8 + random.whole(0, 400) / 1_000)),
  };
}
