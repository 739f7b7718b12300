import { WebAPIRateLimitedError } from '@slack/web-api';
import type { Random } from '../../src/playground/aws/random.ts';
import { LIMITS } from '../../src/render/limits.ts';
import { type Allowance, createAllowance } from './allowance.ts';
import type { VirtualClock } from './virtual-clock.ts';

/** A Slack that takes as many calls as Slack says that it takes, and refuses the others for as long as it takes none. */
export interface SlackWorkspace {
  /** In the place of the SDK's own, which would send them. */
  readonly chat: {
    postMessage(post: { readonly channel: string }): Promise<{ readonly ok: true; readonly ts: string }>;
    update(post: { readonly channel: string; readonly ts: string }): Promise<{ readonly ok: true }>;
  };
  /** How many calls were refused. */
  refused(): number;
}

/** An answer of Slack is so far away. */
const [NEAREST_MS, FARTHEST_MS] = [80, 250] as const;
const MINUTE_MS = 60_000;
const SECOND_MS = 1_000;

/** Creates a workspace in which nothing was written. */
export function createSlackWorkspace({ elapsedMs, sleep }: VirtualClock, random: Random): SlackWorkspace {
  const updates = createAllowance(LIMITS.updatesAMinute, MINUTE_MS, elapsedMs);
  const posts = createAllowance(LIMITS.postsAMinute, MINUTE_MS, elapsedMs);
  const ofChannel = new Map<string, Allowance>();
  let [refused, posted] = [0, 0];

  function postsIn(channel: string): Allowance {
    const known =
      ofChannel.get(channel) ?? createAllowance(LIMITS.postsASecondInChannel, SECOND_MS, elapsedMs);
    ofChannel.set(channel, known);
    return known;
  }

  async function call(waitMs: () => number): Promise<void> {
    await sleep(random.whole(NEAREST_MS, FARTHEST_MS));
    const ms = waitMs();
    if (ms === 0) return;
    refused += 1;
    throw new WebAPIRateLimitedError(Math.ceil(ms / SECOND_MS));
  }

  return {
    refused: () => refused,
    chat: {
      async postMessage({ channel }) {
        await call(() => postsIn(channel).take() || posts.take());
        posted += 1;
        return { ok: true, ts: `${posted}.000100` };
      },
      async update() {
        await call(() => updates.take());
        return { ok: true };
      },
    },
  };
}
