import { expect, it } from 'vitest';
import { openLake } from '../support/open-lake.ts';
import { flowsIn, realRecords } from '../support/real-records.ts';
import { referencePath } from '../support/reference.ts';
import { runCli } from '../support/run-cli.ts';

const folder = referencePath('data/layouts/text-daily');
const [FROM, TO] = ['2024-12-14T16:00Z', '2024-12-14T18:00Z'];
const WINDOW = `since ${FROM} until ${TO}`;
const ADDRESS = '10.0.1.249';

/** Bytes sent to the address, by who sent them and what became of them. */
function bytesBySource(flows: readonly Readonly<Record<string, string>>[]): ReadonlyMap<string, number> {
  const atInterfaces = new Map<string, Map<string, number>>();
  for (const { srcaddr, action, bytes, 'interface-id': eni = '', ...rest } of flows) {
    if (rest.dstaddr !== ADDRESS) continue;
    const sums = atInterfaces.get(`${srcaddr} ${action}`) ?? new Map<string, number>();
    atInterfaces.set(`${srcaddr} ${action}`, sums.set(eni, (sums.get(eni) ?? 0) + Number(bytes)));
  }
  return new Map(
    [...atInterfaces].map(([key, sums]) => [key, [...sums.values()].reduce((a, b) => a + b, 0)]),
  );
}

it.skipIf(folder === undefined)('counts the records of a real address as plain filtering does', async () => {
  const flows = flowsIn(realRecords(folder ?? ''), FROM, TO);
  const touching = flows.filter(({ srcaddr, dstaddr }) => srcaddr === ADDRESS || dstaddr === ADDRESS);
  const rejected = touching.filter(({ action }) => action === 'REJECT').length;
  expect(touching.length).toBeGreaterThan(1_000);
  const lake = await openLake(folder ?? '', new Date('2024-12-15T00:00:00Z'));
  const timeline = await lake.ask(`timeline ${ADDRESS} ${WINDOW}`);
  const sum = (name: string) => timeline.rows.reduce((total, row) => total + Number(row[name]), 0);
  expect([sum('accepted'), sum('rejected')]).toEqual([touching.length - rejected, rejected]);
  const all = await lake.ask(`records ${ADDRESS} ${WINDOW}`, { rowLimit: 100_000 });
  expect(all.rows).toHaveLength(touching.length);
  expect(timeline.coverage.matched).toBe(touching.length);
  await lake.close();
});

it.skipIf(folder === undefined)(
  'ranks real pairs by what the interface that saw most of each counted',
  async () => {
    const sums = new Map<string, number>();
    for (const { srcaddr, dstaddr, action, bytes, 'interface-id': eni } of flowsIn(
      realRecords(folder ?? ''),
      FROM,
      TO,
    )) {
      if (action !== 'ACCEPT' || (srcaddr !== ADDRESS && dstaddr !== ADDRESS)) continue;
      const key = `${srcaddr} ${dstaddr} ${eni}`;
      sums.set(key, (sums.get(key) ?? 0) + Number(bytes));
    }
    const most = new Map<string, number>();
    for (const [key, sum] of sums) {
      const pair = key.slice(0, key.lastIndexOf(' '));
      most.set(pair, Math.max(most.get(pair) ?? 0, sum));
    }
    const lake = await openLake(folder ?? '', new Date('2024-12-15T00:00:00Z'));
    const { rows } = await lake.ask(`top-talkers ${ADDRESS} ${WINDOW}`, { rowLimit: 100_000 });
    expect(new Map(rows.map((row) => [`${row.source} ${row.destination}`, row.bytes]))).toEqual(most);
    await lake.close();
  },
);

it.skipIf(folder === undefined)('answers in a terminal who talked to a real address', async () => {
  const expected = bytesBySource(flowsIn(realRecords(folder ?? ''), FROM, TO));
  const { out, code } = await runCli([
    '--lake',
    folder ?? '',
    '--json',
    '--limit',
    '100000',
    `to ${ADDRESS} ${WINDOW}`,
  ]);
  expect(code).toBe(0);
  const answered = new Map<string, number>();
  for (const { source, action, bytes } of JSON.parse(out).rows) {
    answered.set(`${source} ${action}`, (answered.get(`${source} ${action}`) ?? 0) + bytes);
  }
  expect(new Set(answered.keys())).toEqual(new Set(expected.keys()));
  // Counted at one vantage an answer may be less than the sum over all interfaces, and never more.
  for (const [key, bytes] of expected) expect(answered.get(key)).toBeLessThanOrEqual(bytes);
});
