import { WebAPIRateLimitedError } from '@slack/web-api';
import { describe, expect, it } from 'vitest';
import { createInOrder } from '../../../src/slack/api/in-order.ts';

const never = new AbortController().signal;
const NAMES = Array.from({ length: 12 }, (_, index) => `${index}`);

/** A Slack that takes so many calls a minute and refuses the others. Its clock stands still but for the sleep of a call. */
function givenLimit(takenAMinute: number) {
  let left = takenAMinute;
  let nowMs = 0;
  const [taken, slept]: [string[], number[]] = [[], []];
  let refused = 0;
  const inOrder = createInOrder({
    async sleep(ms) {
      slept.push(ms);
      // Others are refused meanwhile, as when answers of Slack take their time.
      await new Promise((resolve) => setImmediate(resolve));
      nowMs += ms;
      left = takenAMinute;
    },
    now: () => new Date(nowMs),
  });
  const call = async (name: string) => {
    // Each is answered a little later than the one before.
    for (let times = NAMES.indexOf(name); times > 0; times -= 1) await Promise.resolve();
    if (left === 0) {
      refused += 1;
      throw new WebAPIRateLimitedError(60);
    }
    left -= 1;
    taken.push(name);
    return name;
  };
  return { inOrder, call, taken, slept, refused: () => refused };
}

describe('calls that share a limit', () => {
  it('go at once, as many as there are, while Slack takes them', async () => {
    const inOrder = createInOrder({
      sleep: () => Promise.reject(new Error('nothing waits')),
      now: () => new Date(0),
    });
    let underWay = 0;
    let most = 0;
    const call = async () => {
      underWay += 1;
      most = Math.max(most, underWay);
      await new Promise((resolve) => setImmediate(resolve));
      underWay -= 1;
    };
    await Promise.all(NAMES.map(() => inOrder(call, never)));
    expect(most).toBe(NAMES.length);
  });

  it('are all taken in the order in which they were asked for, and each pause lets as many through as Slack takes', async () => {
    const { inOrder, call, taken, slept, refused } = givenLimit(4);
    await Promise.all(NAMES.map((name) => inOrder(() => call(name), never)));
    expect(taken).toEqual(NAMES);
    expect(slept).toEqual([60_000, 60_000]);
    // Those that were under way when the first was refused, and one for the next minute.
    expect(refused()).toBe(NAMES.length - 4 + 1);
  });

  it('go at once again when none waits any more', async () => {
    const { inOrder, call, taken } = givenLimit(4);
    await Promise.all(NAMES.slice(0, 6).map((name) => inOrder(() => call(name), never)));
    await Promise.all(['a', 'b'].map((name) => inOrder(() => call(name), never)));
    expect(taken.slice(-2)).toEqual(['a', 'b']);
  });

  it('let the next one go when one of them fails by another fault', async () => {
    const { inOrder, call, taken } = givenLimit(1);
    const names = ['a', 'b', 'broken', 'c'];
    const results = await Promise.allSettled(
      names.map((name) =>
        inOrder(async () => {
          const done = await call(name);
          if (name === 'broken') throw new Error('is_archived');
          return done;
        }, never),
      ),
    );
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected', 'fulfilled']);
    expect(taken).toEqual(names);
  });

  it('that are stopped while they wait are not made, and the others go on', async () => {
    const { inOrder, call, taken } = givenLimit(1);
    const stopping = new AbortController();
    const first = inOrder(() => call('a'), never);
    const second = inOrder(() => call('b'), never);
    const stopped = inOrder(() => call('never'), stopping.signal);
    const last = inOrder(() => call('c'), never);
    stopping.abort(new Error('the app stops'));
    await expect(stopped).rejects.toThrow('the app stops');
    await Promise.all([first, second, last]);
    expect(taken).toEqual(['a', 'b', 'c']);
  });

  it('that wait for Slack when the app stops end with its reason', async () => {
    const stopping = new AbortController();
    const inOrder = createInOrder({
      now: () => new Date(0),
      sleep: (_, signal) =>
        new Promise((_resolve, reject) =>
          signal.addEventListener('abort', () => reject(new Error('AbortError'))),
        ),
    });
    const waits = inOrder(() => Promise.reject(new WebAPIRateLimitedError(60)), stopping.signal);
    setImmediate(() => stopping.abort(new Error('the app stops')));
    await expect(waits).rejects.toThrow('the app stops');
  });
});
