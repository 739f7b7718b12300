import { describe, expect, it } from 'vitest';
import { createInsightsEngine, type InsightsAnswer } from '../../../src/core/answer/ask-insights.ts';
import type { Engine } from '../../../src/core/answer/engine.ts';
import { StoppedBy } from '../../../src/core/answer/turns.ts';
import { type Billed, EngineError } from '../../../src/core/errors.ts';
import type { InsightsPlan, Scan, ScannedObject } from '../../../src/core/lake/scan.ts';

const { signal } = new AbortController();
const FROM = { account: '1', region: 'eu-central-1', bucket: '~g', events: { logGroup: 'g', fields: [] } };
const OF_ADDRESS = { ...FROM, events: { ...FROM.events, addresses: ['10.0.1.5'] } };

function file(start: number, from: ScannedObject['from'] = OF_ADDRESS): ScannedObject {
  return { key: `slot-${start}`, bytes: 10, slot: { fromSeconds: start, toSeconds: start + 300 }, from };
}

function plan(start: number): InsightsPlan {
  const { key, slot = { fromSeconds: 0, toSeconds: 0 } } = file(start);
  return { from: OF_ADDRESS, group: 'g', slots: [{ key, slot }], bytes: 1_000, atSeconds: 0 };
}

function scanOf(insights: Scan['insights'], objects: readonly ScannedObject[] = []): Scan {
  return {
    source: { name: 'fl-1', region: 'eu-central-1', fields: [] },
    direct: { files: 0, bytes: 0 },
    ...(insights && { insights }),
    tables: [],
    objects,
    unread: [],
    notes: ['a note'],
    storedRange: undefined,
  };
}

const ANSWER: InsightsAnswer = {
  id: 'q-1',
  scannedBytes: 700,
  objects: [file(0)],
  unread: [],
  notes: ['it was cut'],
};

/** Runs a scan where Logs Insights answers so, one plan after the other. */
function running(scan: Scan, answers: readonly (InsightsAnswer | Error)[], failing?: Error) {
  const read: (readonly string[])[] = [];
  const started: string[] = [];
  let asked = 0;
  let elapsed = 0;
  const engine: Engine = {
    name: 'duckdb',
    bills: false,
    async run(statement) {
      if (failing !== undefined) throw failing;
      read.push(statement.scan.objects.map(({ key }) => key));
      const amounts = { scannedBytes: 20, filesRead: 1, elapsedMs: 5, reused: false };
      return {
        ...amounts,
        id: 'd-1',
        unread: [],
        unreadableLines: 0,
        fetched: { files: 0, bytes: 0, gets: 0 },
      };
    },
  };
  const run = createInsightsEngine(engine, {
    async ask(_, { onStart }) {
      const answer = answers[asked];
      asked += 1;
      elapsed += 1_000;
      if (answer instanceof Error) throw answer;
      await onStart?.(answer?.id ?? '');
      return answer ?? ANSWER;
    },
    elapsedMs: () => elapsed,
  }).run(
    { text: 'SELECT 1', bound: [], scan },
    () => {},
    signal,
    async (id) => void started.push(id),
  );
  return { run, read, started, asked: () => asked };
}

describe('an engine that has Logs Insights asked first', () => {
  it('reads what it gave with what is here, and is charged for what it read', async () => {
    const { run, read, started } = running(scanOf([plan(0)], [file(300, FROM)]), [ANSWER]);
    expect(await run).toMatchObject({
      id: 'q-1',
      scannedBytes: 700,
      elapsedMs: 1_000,
      insights: { notes: ['a note', 'it was cut'] },
      fetched: { files: 0, bytes: 0, gets: 0 },
    });
    expect(read).toEqual([['slot-300', 'slot-0']]);
    expect(started).toEqual(['q-1']);
  });

  it('runs as ever where nothing is to be asked', async () => {
    const { run, asked } = running(scanOf(undefined, [file(0, FROM)]), []);
    expect(await run).toMatchObject({ id: 'd-1', scannedBytes: 20 });
    expect(asked()).toBe(0);
  });

  it('adds up what several queries read, and is known by the first', async () => {
    const other = { ...ANSWER, id: 'q-2', scannedBytes: 50, objects: [file(300)] };
    const { run, read, started } = running(scanOf([plan(0), plan(300)]), [ANSWER, other]);
    expect(await run).toMatchObject({ id: 'q-1', scannedBytes: 750 });
    expect([read, started]).toEqual([[['slot-0', 'slot-300']], ['q-1']]);
  });

  it('reads a slot once that two windows share', async () => {
    const { run, read } = running(scanOf([plan(0), plan(0)], [file(0, FROM)]), [ANSWER, ANSWER]);
    await run;
    expect(read).toEqual([['slot-0']]);
  });

  it('reads nothing where nothing came', async () => {
    const { run, read } = running(scanOf([plan(0)]), [{ ...ANSWER, objects: [] }]);
    expect(await run).toMatchObject({ filesRead: 0, scannedBytes: 700 });
    expect(read).toEqual([]);
  });
});

describe('a question that fails', () => {
  const billed = { runId: 'q-2', by: 'Logs Insights', scannedBytes: 30 } satisfies Billed;
  const cancelled = new EngineError('cancelled', 'stopped', { billed });

  it('is charged for the query that was stopped, and for those before it, and asks no more', async () => {
    const { run, asked } = running(scanOf([plan(0), plan(300), plan(600)]), [ANSWER, cancelled]);
    await expect(run).rejects.toMatchObject({ code: 'cancelled', billed: { ...billed, scannedBytes: 730 } });
    expect(asked()).toBe(2);
  });

  it('after its query is charged for it, whatever failed', async () => {
    const scan = scanOf([plan(0)]);
    const exhausted = running(scan, [ANSWER], new EngineError('exhausted', 'no memory'));
    const charged = { runId: 'q-1', by: 'Logs Insights', scannedBytes: 700 };
    await expect(exhausted.run).rejects.toMatchObject({ code: 'exhausted', billed: charged });
    await expect(running(scan, [ANSWER], new RangeError('odd')).run).rejects.toMatchObject({
      code: 'broken',
      billed: charged,
    });
  });

  it('before any query costs nothing, and its error is passed on', async () => {
    const error = new StoppedBy('U1');
    await expect(running(scanOf([plan(0)]), [error]).run).rejects.toBe(error);
  });
});
