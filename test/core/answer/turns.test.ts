import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DEFAULT_PRICES } from '../../../src/core/answer/cost.ts';
import type { Engine, Run, Statement } from '../../../src/core/answer/engine.ts';
import { createTurns, orStopped, runInTurn, type Turns } from '../../../src/core/answer/turns.ts';
import { EngineError } from '../../../src/core/errors.ts';

/** A signal of its own, as every question has. */
const never = () => new AbortController().signal;

/** Work that ends when the test says so, and the order in which it was begun. */
function bench(atOnce: number) {
  const turns = createTurns(atOnce);
  const begun: string[] = [];
  const ends: (() => void)[] = [];
  const asked: Promise<unknown>[] = [];
  const ask = (channel: string, name: string, options: Partial<Parameters<Turns>[2]> = {}) => {
    const work = () => {
      begun.push(name);
      return new Promise<void>((end) => ends.push(end));
    };
    const ended = turns(channel, work, { signal: never(), ...options });
    asked.push(ended.catch(() => undefined));
    return ended;
  };
  const settle = () => new Promise<void>((resolve) => setImmediate(resolve));
  /** Ends what was begun first and has not ended. */
  const endOne = async () => {
    await settle();
    ends.shift()?.();
    await settle();
  };
  return { ask, begun, settle, endOne, running: () => ends.length };
}

const CHANNELS = ['A', 'B', 'C', 'D', 'E'] as const;
/** A person asks in a channel, or a running question ends. */
const event = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...CHANNELS) },
  { weight: 2, arbitrary: fc.constant('end') },
);

describe('turns between channels', () => {
  it('are never more at once than allowed, and nothing waits while one is free', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 4 }),
        fc.array(event, { maxLength: 40 }),
        async (atOnce, events) => {
          const { ask, endOne, running, settle, begun } = bench(atOnce);
          let [asked, ended] = [0, 0];
          for (const each of events) {
            if (each !== 'end') void ask(each, `${each}${asked++}`);
            else if (running() > 0) {
              ended += 1;
              await endOne();
            }
            await settle();
            expect(running()).toBe(Math.min(asked - ended, atOnce));
          }
          while (running() > 0) await endOne();
          expect(begun).toHaveLength(asked);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('let no channel wait for more than one round of the others, whoever comes later', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(event, { minLength: 10, maxLength: 60 }), async (events) => {
        const { ask, endOne, running, settle, begun } = bench(1);
        const waiting = new Map<string, number>();
        let asked = 0;
        /** Which channels began since a channel came to wait or was last served. */
        const others = new Map<string, string[]>();
        const notice = (from: number) => {
          for (const name of begun.slice(from)) {
            const channel = name.slice(0, 1);
            waiting.set(channel, (waiting.get(channel) ?? 1) - 1);
            for (const [each, seen] of others) if (each !== channel) seen.push(channel);
            if ((waiting.get(channel) ?? 0) > 0) others.set(channel, []);
            else others.delete(channel);
          }
          for (const seen of others.values()) expect(new Set(seen).size).toBe(seen.length);
        };
        for (const each of [...events, ...Array.from({ length: 60 }, () => 'end')]) {
          const from = begun.length;
          if (each === 'end') {
            if (running() > 0) await endOne();
          } else {
            waiting.set(each, (waiting.get(each) ?? 0) + 1);
            if (!others.has(each)) others.set(each, []);
            void ask(each, `${each}${asked++}`);
          }
          await settle();
          notice(from);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('are in the order of asking within a channel', async () => {
    const { ask, begun, endOne } = bench(1);
    for (const name of ['a1', 'a2', 'a3']) void ask('A', name);
    void ask('B', 'b1');
    for (let times = 0; times < 4; times++) await endOne();
    expect(begun).toEqual(['a1', 'b1', 'a2', 'a3']);
  });

  it('go to a new channel before a second one of another, and not to a stream of new ones before an old', async () => {
    const { ask, begun, endOne } = bench(1);
    void ask('A', 'a1');
    void ask('A', 'a2');
    for (const name of ['B', 'C', 'D', 'E', 'F']) {
      void ask(name, name);
      await endOne();
    }
    for (let times = 0; times < 3; times++) await endOne();
    expect(begun.slice(0, 3)).toEqual(['a1', 'B', 'a2']);
  });
});

describe('a place in the queue', () => {
  it('is reported each time it changes', async () => {
    const { ask, endOne } = bench(1);
    const places: Record<string, number[]> = { a2: [], a3: [], b1: [] };
    const noting = (name: string) => ({ onTurn: (before: number) => void places[name]?.push(before) });
    void ask('A', 'a1');
    void ask('A', 'a2', noting('a2'));
    void ask('A', 'a3', noting('a3'));
    void ask('B', 'b1', noting('b1'));
    const last = () => Object.fromEntries(Object.entries(places).map(([name, each]) => [name, each.at(-1)]));
    expect(last()).toEqual({ b1: 0, a2: 1, a3: 2 });
    await endOne();
    expect(last()).toEqual({ b1: 0, a2: 0, a3: 1 });
    await endOne();
    expect(last()).toEqual({ b1: 0, a2: 0, a3: 0 });
  });

  it('is left by what is stopped, which then does not begin', async () => {
    const { ask, begun, endOne } = bench(1);
    const stopping = new AbortController();
    const places: number[] = [];
    void ask('A', 'a1');
    const stopped = ask('B', 'b1', { signal: stopping.signal });
    void ask('C', 'c1', { onTurn: (before) => void places.push(before) });
    stopping.abort(new Error('stopped'));
    await expect(stopped).rejects.toThrow('stopped');
    expect(places.at(-1)).toBe(0);
    await endOne();
    await endOne();
    expect(begun).toEqual(['a1', 'c1']);
  });

  it('is not given to what was stopped before', async () => {
    const { ask, begun } = bench(1);
    await expect(ask('A', 'a1', { signal: AbortSignal.abort(new Error('late')) })).rejects.toThrow('late');
    expect(begun).toEqual([]);
  });

  it('is given on by work that fails', async () => {
    const turns = createTurns(1);
    const fails = turns('A', () => Promise.reject(new Error('broken')), { signal: never() });
    const next = turns('B', async () => 'done', { signal: never() });
    await expect(fails).rejects.toThrow('broken');
    expect(await next).toBe('done');
  });
});

const source = { name: 'fl-1', region: 'us-east-1', fields: [] };
const STATEMENT: Statement = {
  text: 'SELECT 1',
  bound: [],
  scan: { source, tables: [], objects: [], unread: [], notes: [], storedRange: undefined },
};
const RUN: Run = {
  scannedBytes: 0,
  filesRead: 0,
  elapsedMs: 0,
  reused: false,
  id: 'x-1',
  unread: [],
  unreadableLines: 0,
};
const NOTHING = () => {};
const spender = { channel: 'C1', thread: '' };
const signal = () => new AbortController().signal;

const engineOf = (run: Engine['run']): Engine => ({ name: 'athena', bills: true, run });

describe('a statement', () => {
  it('is run at once where there are no turns', async () => {
    const engine = engineOf(async () => RUN);
    expect(
      await runInTurn(STATEMENT, NOTHING, { engine, prices: DEFAULT_PRICES }, { signal: signal(), spender }),
    ).toBe(RUN);
  });

  it('that fails and is billed all the same says how many dollars', async () => {
    const billed = { scannedBytes: 1_000_000_000_000, runId: 'x-1' };
    const engine = engineOf(() => Promise.reject(new EngineError('over-limit', 'too much', { billed })));
    const parts = { engine, prices: DEFAULT_PRICES, turns: createTurns(1) };
    await expect(runInTurn(STATEMENT, NOTHING, parts, { signal: signal(), spender })).rejects.toMatchObject({
      code: 'over-limit',
      billed: { ...billed, dollars: 5 },
    });
  });

  it('that is stopped while it waits was never run, and says so as a stopped question', async () => {
    const turns = createTurns(1);
    const running = turns('C2', () => new Promise(() => {}), { signal: signal() });
    const stopping = new AbortController();
    const ran: string[] = [];
    const engine = engineOf(async ({ text }) => {
      ran.push(text);
      return RUN;
    });
    const places: number[] = [];
    const options = {
      signal: stopping.signal,
      spender,
      onTurn: (before: number) => void places.push(before),
    };
    const waiting = runInTurn(STATEMENT, NOTHING, { engine, prices: DEFAULT_PRICES, turns }, options);
    stopping.abort(new Error('stopped'));
    await expect(waiting).rejects.toMatchObject({ code: 'cancelled' });
    expect(places[0]).toBe(0);
    expect(ran).toEqual([]);
    expect(running).toBeInstanceOf(Promise);
  });
});

describe('work that fails', () => {
  it('because it was stopped is a stopped question, and any other fault stays what it is', async () => {
    const broken = new TypeError('broken');
    await expect(orStopped(AbortSignal.abort(), Promise.reject(broken))).rejects.toMatchObject({
      code: 'cancelled',
    });
    await expect(orStopped(signal(), Promise.reject(broken))).rejects.toBe(broken);
    const late = AbortSignal.abort(new DOMException('late', 'TimeoutError'));
    await expect(orStopped(late, Promise.reject(broken))).rejects.toMatchObject({ code: 'timed-out' });
  });
});
