import { withDeadline } from '../deadline.ts';
import type { Site } from '../lake/cloud.ts';
import { isYoungerThan } from '../time/age.ts';

/** The names that lines can hold, as far as EC2 says them in a moment: those of instances and interfaces. Never fails. */
export type KnownNames = () => Promise<ReadonlySet<string>>;

export interface KnownNamesParts {
  readonly sites: (signal: AbortSignal) => Promise<readonly Pick<Site, 'network'>[]>;
  readonly now: () => Date;
  readonly pause: (milliseconds: number) => Promise<void>;
  /** How long who asks is kept waiting. */
  readonly patienceMs?: number;
}

/** A form must be open three seconds after a click. */
const PATIENCE_MS = 1_000;
/** Longer than this no listing takes. */
const GIVE_UP_MS = 30_000;
const FRESH_MS = 5 * 60_000;

/** Lists the names of all sites, once in five minutes. What takes longer than the patience is there for the next who asks. */
export function createKnownNames({
  sites,
  now,
  pause,
  patienceMs = PATIENCE_MS,
}: KnownNamesParts): KnownNames {
  let known: ReadonlySet<string> = new Set();
  let listing: Promise<void> = Promise.resolve();
  let askedMs = Number.NEGATIVE_INFINITY;

  async function list(signal: AbortSignal): Promise<void> {
    const asked = (await sites(signal)).map(({ network }) => network.nameTags(signal));
    const answered = await Promise.allSettled(asked);
    known = new Set(
      answered.flatMap((each) => (each.status === 'fulfilled' ? each.value.map(({ name }) => name) : [])),
    );
  }

  return async () => {
    if (!isYoungerThan(FRESH_MS, askedMs, now().getTime())) {
      askedMs = now().getTime();
      // Where EC2 may not be asked, nothing has a name.
      listing = withDeadline(GIVE_UP_MS, list).catch(() => undefined);
    }
    await Promise.race([listing, pause(patienceMs)]);
    return known;
  };
}

/** For a folder of flow logs, which knows no names. */
export const NO_KNOWN_NAMES: KnownNames = async () => new Set();
