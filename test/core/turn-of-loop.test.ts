import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { admitInTurns } from '../../src/core/turn-of-loop.ts';

/** Counts turns of the event loop while it is watched. */
function watchTurns() {
  let turn = 0;
  let isWatching = true;
  const count = () => {
    turn += 1;
    if (isWatching) setImmediate(count);
  };
  setImmediate(count);
  return {
    now: () => turn,
    end: () => {
      isWatching = false;
    },
  };
}

describe('callers that are admitted in turns of the event loop', () => {
  it('go on in the order in which they came, so many in a turn', async () => {
    const admitted = admitInTurns(3);
    const turns = watchTurns();
    const order: number[] = [];
    const inTurn = new Map<number, number>();
    await Promise.all(
      Array.from({ length: 100 }, async (_, index) => {
        await admitted();
        order.push(index);
        inTurn.set(turns.now(), (inTurn.get(turns.now()) ?? 0) + 1);
      }),
    );
    turns.end();
    expect(order).toEqual(Array.from({ length: 100 }, (_, index) => index));
    expect(Math.max(...inTurn.values())).toBeLessThanOrEqual(3);
    expect(inTurn.size).toBeGreaterThanOrEqual(34);
  });

  it('let timers in while many wait', async () => {
    const admitted = admitInTurns(1);
    let left = 0;
    const work = Array.from({ length: 50 }, async () => {
      left += 1;
      await admitted();
      const untilMs = performance.now() + 2;
      while (performance.now() < untilMs);
      left -= 1;
    });
    await sleep(5);
    expect(left).toBeGreaterThan(0);
    await Promise.all(work);
    expect(left).toBe(0);
  });

  it('who comes later does not overtake who waits', async () => {
    const admitted = admitInTurns(1);
    const order: string[] = [];
    const ask = async (name: string) => {
      await admitted();
      order.push(name);
    };
    const first = ['a', 'b', 'c'].map(ask);
    await new Promise<void>((resolve) => {
      setImmediate(() => resolve());
    });
    await Promise.all([...first, ask('d')]);
    expect(order).toEqual(['a', 'b', 'c', 'd']);
  });

  it('go on at once in a turn of their own', async () => {
    const admitted = admitInTurns(1);
    for (let nth = 0; nth < 3; nth += 1) {
      let isAdmitted = false;
      void admitted().then(() => {
        isAdmitted = true;
      });
      await Promise.resolve();
      await Promise.resolve();
      expect(isAdmitted).toBe(true);
      await new Promise<void>((resolve) => {
        setImmediate(() => setImmediate(() => resolve()));
      });
    }
  });
});
