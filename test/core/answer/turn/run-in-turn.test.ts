import { describe, expect, it } from 'vitest';
import { DEFAULT_PRICES } from '../../../../src/core/answer/cost/cost.ts';
import { orStopped, runInTurn } from '../../../../src/core/answer/turn/run-in-turn.ts';
import { createTurns } from '../../../../src/core/answer/turn/turns.ts';
import { EngineError } from '../../../../src/core/errors.ts';
import type { Engine, Run, Statement } from '../../../../src/core/ports/engine.ts';

const source = { name: 'fl-1', region: 'us-east-1', fields: [] };
const STATEMENT: Statement = {
  ...{ text: 'SELECT 1', bound: [] },
  scan: { source, tables: [], objects: [], unread: [], notes: [], extent: undefined },
};
const RUN: Run = {
  ...{ scannedBytes: 0, filesRead: 0, elapsedMs: 0, reused: false, id: 'x-1' },
  ...{ unread: [], unreadableLines: 0 },
};
const NOTHING = () => {};
const party = { channel: 'C1', thread: '' };
const signal = () => new AbortController().signal;

const engineOf = (run: Engine['run']): Engine => ({ name: 'athena', bills: true, run });

describe('a statement', () => {
  it('is run at once where nobody takes turns', async () => {
    const engine = engineOf(async () => RUN);
    expect(
      await runInTurn(STATEMENT, NOTHING, { engine, prices: DEFAULT_PRICES }, { signal: signal(), party }),
    ).toBe(RUN);
  });

  it('that fails and is billed all the same says how many dollars', async () => {
    const billed = { scannedBytes: 1_000_000_000_000, runId: 'x-1' };
    const engine = engineOf(() => Promise.reject(new EngineError('over-limit', 'too much', { billed })));
    const parts = { engine, prices: DEFAULT_PRICES, turns: createTurns(1) };
    await expect(runInTurn(STATEMENT, NOTHING, parts, { signal: signal(), party })).rejects.toMatchObject({
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
    const options = { signal: stopping.signal, party, onPlace: (before: number) => void places.push(before) };
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
