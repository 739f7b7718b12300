import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { clientToken, stringLiteral } from '../../../src/aws/athena/start-execution.ts';
import { Interrupted } from '../../../src/core/answer/turns.ts';
import { SERVER_FAULT, THROTTLED, TOO_MANY } from '../../fakes/athena/faults.ts';
import { substitute } from '../../fakes/athena/substitute.ts';
import { collected } from '../../support/collected.ts';
import { flow, NOON } from '../../support/flow.ts';
import { aStatement, failureOf, run } from './a-statement.ts';
import { engineOf, openAthena } from './open-athena.ts';

const ONE = [{ records: [flow(NOON)] }];

/** Reads a literal of SQL as Trino does. */
function readBack(literal: string): string {
  expect(literal).toMatch(/^'(?:[^']|'')*'$/s);
  return literal.slice(1, -1).replaceAll("''", "'");
}

describe('bound text', () => {
  it('reads back from its literal, whatever signs it has', () => {
    const hostile = fc.string({
      unit: fc.constantFrom("'", '"', '\\', '\0', '\n', '-', '/', '*', ';', '?', 'é'),
    });
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), hostile), (text) => {
        expect(readBack(stringLiteral(text))).toBe(text);
        expect(substitute('SELECT 1 WHERE a = ?', [stringLiteral(text)])).toBe(
          `SELECT 1 WHERE a = ${stringLiteral(text)}`,
        );
      }),
      { seed: 3 },
    );
  });
});

describe('a statement that Athena would not take', () => {
  it.each([
    [
      'its text is longer than 262,144 bytes',
      { text: `SELECT '${'é'.repeat(131_072)}'` },
      /262144.*shorter window.*fewer flow logs.*account=/,
    ],
    [
      'a value is longer than 1,024 characters',
      { text: 'SELECT 1 AS a FROM flow_records WHERE action = ?', bound: ["'".repeat(512)] },
      /1024.*shorter/,
    ],
    ['it is no SELECT', { text: 'CREATE EXTERNAL TABLE mine (a string)' }, /only a SELECT/],
  ])('is refused before it is sent when %s', async (_, changes, message) => {
    const opened = await openAthena(ONE);
    const failure = await failureOf(run(opened, changes));
    expect([failure.code, failure.message]).toEqual(['rejected', expect.stringMatching(message)]);
    expect(opened.fake.calls.StartQueryExecution).toBe(0);
  });

  it('is sent when it is just as long as Athena takes it', async () => {
    const opened = await openAthena(ONE);
    await run(opened, {
      text: 'SELECT 1 AS a FROM flow_records WHERE action <> ?',
      bound: ['x'.repeat(1_022)],
    });
    await run(opened, { text: 'SELECT 1 AS a FROM flow_records'.padEnd(262_144) });
    expect(opened.fake.executions()).toHaveLength(2);
  });
});

const CONTEXT = { workgroup: 'w', database: 'd', catalog: 'c' };

describe('the token of an execution', () => {
  it('is the same for the same asker and statement, and fits what Athena takes', async () => {
    const statement = aStatement(await openAthena(ONE), { bound: ['a'] });
    const parts = { asker: 'q1', context: CONTEXT, attempt: 1 };
    const token = clientToken(statement, parts);
    expect(token).toMatch(/^[0-9a-f]{64}$/);
    expect(clientToken({ ...statement }, { ...parts })).toBe(token);
    const others = [
      clientToken(statement, { ...parts, asker: 'q2' }),
      clientToken(statement, { ...parts, attempt: 2 }),
      clientToken(statement, { ...parts, context: { ...CONTEXT, workgroup: 'other' } }),
      clientToken({ ...statement, bound: ['b'] }, parts),
      clientToken({ ...statement, text: 'SELECT 2' }, parts),
    ];
    expect(new Set([token, ...others]).size).toBe(6);
  });

  it('lets a second responder find the execution that the first one started', async () => {
    const opened = await openAthena(ONE);
    const other = { ...opened, engine: engineOf(opened.fake) };
    const [one, two] = await Promise.all([run(opened, { identity: 'q1' }), run(other, { identity: 'q1' })]);
    expect(two).toEqual(one);
    expect(opened.fake.executions()).toHaveLength(1);
    expect(opened.fake.billedBytes()).toBe(one.scannedBytes);
  });

  it('lets an app that was killed behind its Start find it again, and bills once', async () => {
    const opened = await openAthena(ONE);
    opened.fake.fail('StartQueryExecution', { slowMs: 1_000 });
    const killed = new AbortController();
    const first = failureOf(collected(opened.engine, aStatement(opened, { identity: 'q1' }), killed.signal));
    setTimeout(() => killed.abort(new Interrupted('the app stops')), 50);
    expect((await first).code).toBe('cancelled');
    expect(opened.fake.executions()).toHaveLength(1);
    opened.fake.fail('StartQueryExecution', 'answer lost');
    const after = await run({ ...opened, engine: engineOf(opened.fake) }, { identity: 'q1' });
    expect(opened.fake.executions()).toMatchObject([{ id: after.id }]);
    expect(opened.fake.billedBytes()).toBe(after.scannedBytes);
  });

  it('is another one for questions that are not the same request', async () => {
    const opened = await openAthena(ONE);
    await run(opened, { identity: 'q1' });
    await run(opened, { identity: 'q2' });
    await run(opened);
    await run(opened);
    expect(opened.fake.executions()).toHaveLength(4);
  });
});

describe('a Start that fails', () => {
  it.each([
    ['too many queries run', TOO_MANY, 5],
    ['calls are throttled', THROTTLED, 5],
    ['Athena has a fault', SERVER_FAULT, 3],
    ['the connection breaks', 'reset', 3],
    ['its answer is lost', 'answer lost', 3],
  ] as const)('is repeated with its token when %s, and runs once', async (_, fault, times) => {
    const opened = await openAthena(ONE);
    opened.fake.fail('StartQueryExecution', fault, times);
    expect((await run(opened)).rows).toEqual([['1']]);
    expect(opened.fake.calls.StartQueryExecution).toBe(times + 1);
    expect(opened.fake.executions()).toHaveLength(1);
  });

  it('is given up after about a minute of pauses', async () => {
    const pauses: number[] = [];
    const opened = await openAthena(ONE, { sleep: async (ms) => void pauses.push(ms) });
    opened.fake.fail('StartQueryExecution', THROTTLED, 100);
    expect((await failureOf(run(opened))).code).toBe('throttled');
    const whole = pauses.reduce((sum, ms) => sum + ms, 0);
    expect(whole).toBeGreaterThanOrEqual(60_000);
    expect(whole).toBeLessThan(70_000);
  });
});

describe('an earlier result', () => {
  it('is reused only for a statement whose window has long ended, and scans nothing', async () => {
    const opened = await openAthena(ONE);
    const first = await run(opened, { reusedMinutes: 60 });
    const again = await run(opened);
    const reused = await run(opened, { reusedMinutes: 1 });
    expect([first, again, reused].map((each) => each.reused)).toEqual([false, false, true]);
    expect(reused).toMatchObject({ scannedBytes: 0, rows: first.rows, columns: first.columns });
    expect(opened.fake.billedBytes()).toBe(2 * first.scannedBytes);
  });

  it('is asked for with the same age by every attempt, for Athena holds a token to it', async () => {
    const opened = await openAthena(ONE);
    const first = await run(opened, { identity: 'q1', reusedMinutes: 5 });
    const again = await run(opened, { identity: 'q1', reusedMinutes: 5 });
    expect(again.id).toBe(first.id);
    const other = await failureOf(run(opened, { identity: 'q1', reusedMinutes: 6 }));
    expect(other.message).toContain('Idempotent parameters do not match');
  });
});
