import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DEFAULT_PRICES } from '../../../src/core/answer/cost.ts';
import type { Engine, Run, Statement } from '../../../src/core/answer/engine.ts';
import { createTurns, orStopped, runInTurn, type Turns, type Whose } from '../../../src/core/answer/turns.ts';
import { EngineError } from '../../../src/core/errors.ts';

/** A signal of its own, as every question has. */
const never = () => new AbortController().signal;

const of = (channel: string): Whose => ({ channel, person: channel });

/** Work that ends when the test says so, and the order in which it was begun. */
function bench(atOnce: number, longAtOnce?: number) {
  const turns = createTurns(atOnce, longAtOnce);
  const begun: string[] = [];
  const ends: (() => void)[] = [];
  const asked: Promise<unknown>[] = [];
  const ask = (who: string | Whose, name: string, options: Partial<Parameters<Turns['take']>[2]> = {}) => {
    const whose = typeof who === 'string' ? of(who) : who;
    const work = () => {
      begun.push(name);
      return new Promise<void>((end) => ends.push(end));
    };
    const ended = turns.take(whose, work, { signal: never(), ...options });
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
  return { ask, begun, settle, endOne, running: () => ends.length, amounts: turns.amounts };
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

const PEOPLE = ['1', '2', '3'] as const;
const asking = fc.record({
  channel: fc.constantFrom('A', 'B', 'C'),
  person: fc.constantFrom(...PEOPLE),
  isLong: fc.boolean(),
});

describe('turns between the people of a channel', () => {
  it('let no person wait for more than one round of the others of their channel', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.constantFrom(...PEOPLE), { minLength: 5, maxLength: 40 }),
        async (asked) => {
          const { ask, begun, endOne } = bench(1);
          for (const [nth, person] of asked.entries()) void ask({ channel: 'A', person }, `${person}${nth}`);
          for (let ended = 0; ended < asked.length; ended += 1) await endOne();
          const begunBy = begun.map((name) => name.slice(0, 1));
          for (const [at, person] of begunBy.entries()) {
            const before = begunBy.lastIndexOf(person, at - 1);
            const others = begunBy.slice(at === 0 ? 0 : before + 1, at);
            expect(new Set(others).size).toBe(others.length);
          }
        },
      ),
      { numRuns: 60 },
    );
  });

  it('make one question wait for one of a hundred, and not for all', async () => {
    const { ask, begun, endOne } = bench(1);
    for (let nth = 0; nth < 100; nth += 1) void ask({ channel: 'A', person: 'loud' }, `loud ${nth}`);
    void ask({ channel: 'A', person: 'quiet' }, 'quiet');
    for (let times = 0; times < 3; times += 1) await endOne();
    expect(begun.indexOf('quiet')).toBeLessThanOrEqual(2);
  });

  it('begin everything once, but for what is stopped while it waits', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(asking, fc.boolean()), { maxLength: 40 }),
        fc.integer({ min: 1, max: 3 }),
        async (asked, atOnce) => {
          const { ask, begun, endOne, running, amounts, settle } = bench(atOnce, 1);
          const wanted: string[] = [];
          for (const [nth, [whose, isStopped]] of asked.entries()) {
            const stopping = new AbortController();
            const name = `${nth}`;
            void ask(whose, name, { signal: stopping.signal });
            await settle();
            if (isStopped) stopping.abort();
            await settle();
            if (!isStopped || begun.includes(name)) wanted.push(name);
          }
          expect(amounts().running).toBe(running());
          expect(amounts().waiting).toBe(wanted.length - begun.length);
          while (running() > 0) await endOne();
          expect(begun.toSorted()).toEqual(wanted.toSorted());
          expect(amounts()).toEqual({ running: 0, waiting: 0 });
        },
      ),
      { numRuns: 60 },
    );
  });
});

describe('long work', () => {
  const long = (person: string): Whose => ({ channel: 'A', person, isLong: true });

  it('leaves a place to what is short, which begins while all long work that may run does', async () => {
    const { ask, begun, settle } = bench(2, 1);
    for (const name of ['long 1', 'long 2', 'long 3']) void ask(long('1'), name);
    void ask({ channel: 'A', person: '2' }, 'short');
    await settle();
    expect(begun).toEqual(['long 1', 'short']);
  });

  it('begins when its turn comes, however much short work waits', async () => {
    const { ask, begun, endOne } = bench(2, 1);
    void ask(long('1'), 'long 1');
    for (let nth = 0; nth < 20; nth += 1) void ask({ channel: 'B', person: '2' }, `short ${nth}`);
    void ask(long('3'), 'long 2');
    for (let times = 0; times < 4; times += 1) await endOne();
    expect(begun).toContain('long 2');
  });

  it('never takes more places than it may, and never leaves one empty that short work waits for', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(asking, { maxLength: 30 }), async (asked) => {
        const { ask, begun, endOne, running, settle } = bench(3, 2);
        const names = asked.map((whose, nth) => ({ whose, name: `${nth}` }));
        for (const { whose, name } of names) void ask(whose, name);
        const left = (isLong: boolean) =>
          names.filter(({ whose, name }) => whose.isLong === isLong && !begun.includes(name)).length;
        await settle();
        while (running() > 0) {
          if (left(false) > 0) expect(running()).toBe(3);
          await endOne();
        }
        expect(begun).toHaveLength(asked.length);
      }),
      { numRuns: 60 },
    );
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
    const fails = turns.take(of('A'), () => Promise.reject(new Error('broken')), { signal: never() });
    const next = turns.take(of('B'), async () => 'done', { signal: never() });
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
const spender = { channel: 'C1', person: 'U1', thread: '' };
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
    const running = turns.take(of('C2'), () => new Promise(() => {}), { signal: signal() });
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

describe('turns that several processes share', () => {
  const settle = () => new Promise<void>((resolve) => setImmediate(resolve));
  const bench = (processes: () => number) => {
    const turns = createTurns(10, 8, processes);
    let running = 0;
    const ends: (() => void)[] = [];
    const ask = (isLong: boolean) => {
      const work = () => {
        running += 1;
        return new Promise<void>((end) => ends.push(end));
      };
      void turns.take({ channel: `${ends.length}`, person: 'U1', isLong }, work, { signal: never() });
    };
    return { ask, running: () => running, endOne: () => ends.shift()?.() };
  };

  it.each([
    [1, 10],
    [2, 5],
    [3, 3],
    [4, 2],
    [20, 1],
  ])('are a part of all for each of %i: %i', async (processes, most) => {
    const { ask, running } = bench(() => processes);
    for (let nth = 0; nth < 30; nth += 1) ask(false);
    await settle();
    expect(running()).toBe(most);
  });

  it.each([2, 3, 4, 5])('leave a place of each of %i processes to what is short', async (processes) => {
    const { ask, running } = bench(() => processes);
    for (let nth = 0; nth < 30; nth += 1) ask(true);
    await settle();
    const long = running();
    ask(false);
    await settle();
    expect(running()).toBe(long + 1);
  });

  it('become more when another process has stopped', async () => {
    let processes = 2;
    const { ask, running, endOne } = bench(() => processes);
    for (let nth = 0; nth < 30; nth += 1) ask(true);
    await settle();
    expect(running()).toBe(4);
    processes = 1;
    endOne();
    await expect.poll(running).toBe(9);
  });
});
