import { describe, expect, it } from 'vitest';
import { EngineError } from '../../../src/core/errors.ts';
import { flow, NOON } from '../../support/flow.ts';
import type { OpenEngineOver } from '../engine.ts';
import { select, written } from './select.ts';

/** Years of work: no engine finishes it while the tests wait. */
const ENDLESS = `SELECT count(*) AS n FROM flow_records AS a, flow_records AS b, flow_records AS c, flow_records AS d
  WHERE a.srcport * b.srcport + c.srcport * d.srcport = -1`;
const MANY = Array.from({ length: 2_000 }, (_, srcport) => flow(NOON, { srcport }));
const COUNT = 'SELECT count(*) AS n FROM flow_records';

async function failureOf(run: Promise<unknown>): Promise<EngineError> {
  const failure = await run.then(
    () => undefined,
    (error: unknown) => error,
  );
  if (failure instanceof EngineError) return failure;
  throw new TypeError(`expected an EngineError, got ${String(failure)}`);
}

/** How a run ends that gives no rows. */
export function describeFailures(open: OpenEngineOver): void {
  describe('a run that is stopped', () => {
    it('fails as cancelled when it was stopped before it began', async () => {
      const opened = await open({ records: [flow(NOON)] });
      expect((await failureOf(select(opened, COUNT, [], AbortSignal.abort()))).code).toBe('cancelled');
    });

    it('fails as cancelled when a person stops it, and the engine answers the next question', async () => {
      const opened = await open({ records: MANY });
      const stop = new AbortController();
      const failure = failureOf(select(opened, ENDLESS, [], stop.signal));
      setTimeout(() => stop.abort(), 200);
      expect((await failure).code).toBe('cancelled');
      expect(written(await select(opened, COUNT))).toEqual([['2000']]);
    });

    it('fails as cancelled also when it waits for its turn behind others', async () => {
      const opened = await open({ records: MANY });
      const stops = Array.from({ length: 8 }, () => new AbortController());
      const failures = stops.map(({ signal }) => failureOf(select(opened, ENDLESS, [], signal)));
      setTimeout(() => stops.map((stop) => stop.abort()), 200);
      expect(new Set((await Promise.all(failures)).map(({ code }) => code))).toEqual(new Set(['cancelled']));
      expect(written(await select(opened, COUNT))).toEqual([['2000']]);
    });

    it('fails as timed out when a deadline stops it', async () => {
      const opened = await open({ records: MANY });
      expect((await failureOf(select(opened, ENDLESS, [], AbortSignal.timeout(200)))).code).toBe('timed-out');
    });
  });

  describe('a statement that is wrong', () => {
    it.each([
      ['it is no SQL', 'SELEKT 1'],
      ['it names what is not there', 'SELECT nothing_like_this FROM flow_records'],
      ['it is two statements', 'SELECT 1; SELECT 2'],
      ['it is none', ''],
      ['it creates something', 'CREATE TABLE mine (a integer)'],
      ['it deletes something', 'DELETE FROM flow_records'],
    ])('is rejected, in one line, when %s', async (_, sql) => {
      const opened = await open({ records: [flow(NOON)] });
      const failure = await failureOf(select(opened, sql));
      expect(failure.code).toBe('rejected');
      expect(failure.message).toMatch(/^[^\n]+$/);
    });

    it('reads no other table: it is rejected, or the table is missing', async () => {
      const opened = await open({ records: [flow(NOON)] });
      const failure = await failureOf(select(opened, 'SELECT 1 FROM somebody_elses_table'));
      expect(['rejected', 'missing-table']).toContain(failure.code);
      expect(failure.message).toMatch(/^[^\n]*somebody_elses_table[^\n]*$/);
    });
  });
}
