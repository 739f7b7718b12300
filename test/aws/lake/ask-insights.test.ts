import { describe, expect, it } from 'vitest';
import { Interrupted, StoppedBy } from '../../../src/core/answer/turns.ts';
import { fault } from '../../support/with-fault.ts';
import { givenInsights, minutesOf, NOON, record, SOURCE } from './given-insights.ts';

const { signal } = new AbortController();
const OTHERS = Array.from({ length: 12 }, (_, slot) =>
  record(NOON + slot * 300 + 30, '10.0.9.1', '10.0.9.2'),
);
const OWN = [record(NOON + 10, '10.0.1.5', '10.0.2.7'), record(NOON + 1_810, '10.0.3.1', '10.0.1.5')];
const TRAFFIC = [...OWN, ...OTHERS];
const messages = OWN.map(({ message }) => message);

describe('asking Logs Insights', () => {
  it('gives the records of the addresses alone, in files of slots, and says what was read', async () => {
    const given = await givenInsights(TRAFFIC);
    const plan = await given.plan();
    const ids: string[] = [];
    const onStart = async (id: string) => void ids.push(id);
    const { objects, ...answer } = await given.ask(plan, { identity: 'Q1', onStart }, signal);
    expect(await given.linesOf(objects)).toEqual(messages);
    const scannedBytes = given.insights.queries.get('query-1')?.scannedBytes;
    expect(answer).toEqual({ id: 'query-1', scannedBytes, unread: [], notes: [] });
    expect(ids).toEqual(['query-1']);
  });

  it('has an empty file for a slot without such a record, where others were recorded in it, and none where none were', async () => {
    const hole = NOON + 5 * 300;
    const given = await givenInsights(
      TRAFFIC.filter(({ timestampMs }) => timestampMs !== (hole + 30) * 1_000),
    );
    const { objects } = await given.ask(await given.plan(), {}, signal);
    expect(minutesOf(objects)).toEqual([0, 5, 10, 15, 20, 30, 35, 40, 45, 50, 55]);
    expect(objects.every(({ bytes }) => bytes > 0)).toBe(true);
  });

  it('has the same rows where the server passes over the filter', async () => {
    const given = await givenInsights(TRAFFIC, { ignoresFilter: true });
    const { objects } = await given.ask(await given.plan(), {}, signal);
    expect(await given.linesOf(objects)).toEqual(messages);
  });

  it('is not done again for these addresses, also by the next process, but for others', async () => {
    const given = await givenInsights(TRAFFIC);
    const { objects } = await given.ask(await given.plan(), { identity: 'Q1' }, signal);
    const range = { fromSeconds: NOON + 600, toSeconds: NOON + 3_600 };
    const wanted = { isOfOrigins: false, mayAsk: false };
    for (const { read } of [given, given.open()]) {
      const { files, missing } = await read(SOURCE, range, { ...wanted, addresses: ['10.0.1.5'] }, signal);
      expect(missing).toBeUndefined();
      expect(files).toEqual(objects.slice(2));
    }
    const others = await given.read(SOURCE, range, { ...wanted, addresses: ['10.0.2.7'] }, signal);
    expect(others.missing).toEqual(range);
  });

  it('is done once for an equal question that comes meanwhile', async () => {
    const given = await givenInsights(TRAFFIC);
    const plan = await given.plan();
    const [one, other] = await Promise.all([
      given.ask(plan, { identity: 'Q1' }, signal),
      given.ask(plan, { identity: 'Q2' }, signal),
    ]);
    expect(given.insights.queries.size).toBe(1);
    expect(other).toMatchObject({ id: '', scannedBytes: 0, objects: one.objects });
  });

  it('finds its query after a restart, and asks for no other one', async () => {
    const given = await givenInsights(TRAFFIC);
    const plan = await given.plan();
    const stopping = new AbortController();
    const onStart = async () => stopping.abort(new Interrupted('the app stops'));
    const before = given.ask(plan, { identity: 'Q1', onStart }, stopping.signal);
    await expect(before).rejects.toMatchObject({ code: 'cancelled', billed: undefined });
    expect(given.insights.stopped).toEqual([]);
    const { id, objects } = await given.open().ask(plan, { identity: 'Q1' }, signal);
    expect(id).toBe('query-1');
    expect(await given.linesOf(objects)).toEqual(messages);
    await given.open().ask({ ...plan, atSeconds: 0 }, { identity: 'Q3' }, signal);
    expect(given.insights.queries.size).toBe(1);
  });

  it('starts no second query where only the answer to the first start was lost', async () => {
    const given = await givenInsights(TRAFFIC);
    const { start } = given.insights;
    given.insights.start = async (...asked) => {
      await start(...asked);
      throw fault('broken', 'logs:StartQuery');
    };
    expect((await given.ask(await given.plan(), {}, signal)).id).toBe('query-1');
    expect(given.insights.queries.size).toBe(1);
  });

  it('starts again what was not started, and gives up in the end', async () => {
    const given = await givenInsights(TRAFFIC);
    const { start } = given.insights;
    let starts = 0;
    given.insights.start = async (...asked) => {
      starts += 1;
      if (starts < 3) throw fault('throttled', 'logs:StartQuery');
      return start(...asked);
    };
    expect((await given.ask(await given.plan(), {}, signal)).id).toBe('query-1');
    starts = -9;
    await expect(given.ask(await given.plan(['10.0.2.7']), {}, signal)).rejects.toMatchObject({
      code: 'throttled',
    });
    expect(starts).toBe(-6);
  });

  it('leaves nothing half written behind', async () => {
    const given = await givenInsights(TRAFFIC);
    const { objects } = await given.ask(await given.plan(), {}, signal);
    expect(await given.filesLeft()).toBe(objects.length);
  });
});

describe('a query that a person stops', () => {
  it('is stopped, and charged for what it has read', async () => {
    const given = await givenInsights(TRAFFIC);
    const stopping = new AbortController();
    const onStart = async () => stopping.abort(new StoppedBy('U1'));
    const plan = await given.plan();
    const asked = given.ask(plan, { identity: 'Q1', onStart }, stopping.signal);
    const error: unknown = await asked.catch((caught: unknown) => caught);
    const scannedBytes = (given.insights.queries.get('query-1')?.scannedBytes ?? 0) / 2;
    expect(scannedBytes).toBeGreaterThan(0);
    expect(error).toMatchObject({
      code: 'cancelled',
      billed: { runId: 'query-1', by: 'Logs Insights', scannedBytes },
    });
    expect(given.insights.stopped).toEqual(['query-1']);
    // It is not found again: an equal question asks anew.
    await given.ask(plan, { identity: 'Q1' }, signal);
    expect(given.insights.queries.size).toBe(2);
  });

  it('that cannot be stopped goes on, and the error says so', async () => {
    const given = await givenInsights(TRAFFIC, { looks: 99 });
    given.insights.stop = async () => {
      throw fault('denied', 'logs:StopQuery');
    };
    const stopping = new AbortController();
    const onStart = async () => stopping.abort(new StoppedBy('U1'));
    const asked = given.ask(await given.plan(), { onStart }, stopping.signal);
    await expect(asked).rejects.toMatchObject({ billed: { runId: 'query-1', goesOn: true } });
  });

  it('before it was started costs nothing', async () => {
    const given = await givenInsights(TRAFFIC);
    const plan = await given.plan();
    await expect(given.ask(plan, {}, AbortSignal.abort(new StoppedBy('U1')))).rejects.toThrow(StoppedBy);
    expect(given.insights.queries.size).toBe(0);
  });
});

describe('a query that fails', () => {
  it('is an error with what was read', async () => {
    const given = await givenInsights(TRAFFIC, { looks: 99 });
    const onStart = async (id: string) => given.insights.fail(id);
    await expect(given.ask(await given.plan(), { onStart }, signal)).rejects.toMatchObject({
      code: 'broken',
      billed: { runId: 'query-1', scannedBytes: expect.any(Number) },
    });
  });

  it('because another process has stopped it is a question that was stopped', async () => {
    const given = await givenInsights(TRAFFIC, { looks: 99 });
    const onStart = (id: string) => given.insights.stop(id, signal);
    const asked = given.ask(await given.plan(), { onStart }, signal);
    await expect(asked).rejects.toMatchObject({ code: 'cancelled', billed: { runId: 'query-1' } });
  });

  it('at a look by a fault that passes is looked at again, and by another one ends', async () => {
    const given = await givenInsights(TRAFFIC);
    const { look } = given.insights;
    let missed = 0;
    given.insights.look = async (...asked) => {
      missed += 1;
      if (missed < 4) throw fault('throttled', 'logs:GetQueryResults');
      return look(...asked);
    };
    expect((await given.ask(await given.plan(), {}, signal)).id).toBe('query-1');
    given.insights.look = async () => {
      throw fault('denied', 'logs:GetQueryResults');
    };
    await expect(given.ask(await given.plan(['10.0.2.7']), {}, signal)).rejects.toMatchObject({
      code: 'denied',
    });
  });

  it('before it was started is a fault of the cloud, and costs nothing', async () => {
    const given = await givenInsights(TRAFFIC, { eventsOf: () => undefined });
    await expect(given.ask(await given.plan(), {}, signal)).rejects.toMatchObject({
      call: 'logs:StartQuery',
    });
  });
});

describe('a result that is cut', () => {
  const MANY = Array.from({ length: 60 }, (_, minute) =>
    record(NOON + minute * 60, '10.0.1.5', '10.0.2.7', 50),
  );

  it('is whole for the slots after its oldest row, in part for those around it, and nothing is known of the older ones', async () => {
    const given = await givenInsights(MANY, { most: 30 });
    const { objects, unread, notes } = await given.ask(await given.plan(), { identity: 'Q1' }, signal);
    expect(minutesOf(objects)).toEqual([30, 35, 40, 45, 50, 55]);
    expect(minutesOf(unread)).toEqual([30, 35, 40]);
    expect(unread[0]?.reason).toBe('was given in part');
    expect(notes).toEqual([
      'Logs Insights gives no more than the newest 30 records of 10.0.1.5: those since 2026-03-05 12:30 UTC are here, and of what is older nothing is known',
    ]);
  });

  it('is not kept but for the whole slots, so that the rest is asked for again', async () => {
    const given = await givenInsights(MANY, { most: 30 });
    await given.ask(await given.plan(), { identity: 'Q1' }, signal);
    expect(minutesOf((await given.plan()).slots)).toEqual([0, 5, 10, 15, 20, 25, 30, 35, 40]);
  });
});
