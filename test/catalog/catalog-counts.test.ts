import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { catalog } from '../../src/catalog/index.ts';
import { fourLayouts, MADE_FROM, MADE_UNTIL } from '../support/four-layouts.ts';
import { MADE_HOST } from '../support/made-records.ts';
import { openLake } from '../support/open-lake.ts';
import { runCli } from '../support/run-cli.ts';
import { flowsIn, textRecords } from '../support/text-records.ts';

/** An address, two hours of its traffic, and how many records there are at least. */
const ASKED = {
  made: { address: MADE_HOST, from: MADE_FROM.daily, to: MADE_UNTIL.daily, atLeast: 1_000 },
  real: { address: '10.0.1.249', from: '2024-12-14T16:00Z', to: '2024-12-14T18:00Z', atLeast: 1_000 },
} as const;

/** Bytes sent to the address, by who sent them and what became of them. */
function bytesBySource(
  flows: readonly Readonly<Record<string, string>>[],
  address: string,
): ReadonlyMap<string, number> {
  const atInterfaces = new Map<string, Map<string, number>>();
  for (const { srcaddr, action, bytes, 'interface-id': eni = '', ...rest } of flows) {
    if (rest.dstaddr !== address) continue;
    const sums = atInterfaces.get(`${srcaddr} ${action}`) ?? new Map<string, number>();
    atInterfaces.set(`${srcaddr} ${action}`, sums.set(eni, (sums.get(eni) ?? 0) + Number(bytes)));
  }
  return new Map(
    [...atInterfaces].map(([key, sums]) => [key, [...sums.values()].reduce((a, b) => a + b, 0)]),
  );
}

const lakes = (await fourLayouts()).map(({ records, folder }) => {
  const { from, to, ...asked } = ASKED[records];
  const path = join(folder, 'text-daily');
  const dayAfter = new Date(Date.parse(to) + 86_400_000);
  const flows = () => flowsIn(textRecords(path), from, to);
  return { records, path, ...asked, window: `since ${from} until ${to}`, dayAfter, flows };
});

describe.each(lakes)(
  'answers over $records records',
  ({ path, address, window, dayAfter, flows, atLeast }) => {
    it('count the records of an address as plain filtering does', async () => {
      const touching = flows().filter(({ srcaddr, dstaddr }) => srcaddr === address || dstaddr === address);
      const rejected = touching.filter(({ action }) => action === 'REJECT').length;
      expect(touching.length).toBeGreaterThan(atLeast);
      const lake = await openLake(path, dayAfter, catalog, 2);
      const timeline = await lake.ask(`timeline ${address} ${window}`);
      const sum = (name: string) => timeline.rows.reduce((total, row) => total + Number(row[name]), 0);
      expect([sum('accepted'), sum('rejected')]).toEqual([touching.length - rejected, rejected]);
      const all = await lake.ask(`records ${address} ${window}`, { rowLimit: 100_000 });
      expect(all.rows).toHaveLength(touching.length);
      expect(timeline.coverage.matched).toBe(touching.length);
      await lake.close();
    });

    it('rank pairs by what the interface that saw most of each counted', async () => {
      const sums = new Map<string, number>();
      for (const { srcaddr, dstaddr, action, bytes, 'interface-id': eni } of flows()) {
        if (action !== 'ACCEPT' || (srcaddr !== address && dstaddr !== address)) continue;
        const key = `${srcaddr} ${dstaddr} ${eni}`;
        sums.set(key, (sums.get(key) ?? 0) + Number(bytes));
      }
      const most = new Map<string, number>();
      for (const [key, sum] of sums) {
        const pair = key.slice(0, key.lastIndexOf(' '));
        most.set(pair, Math.max(most.get(pair) ?? 0, sum));
      }
      const lake = await openLake(path, dayAfter, catalog, 2);
      const { rows } = await lake.ask(`top-talkers ${address} ${window}`, { rowLimit: 100_000 });
      expect(new Map(rows.map((row) => [`${row.source} ${row.destination}`, row.bytes]))).toEqual(most);
      await lake.close();
    });

    it('say in a terminal who talked to an address', async () => {
      const expected = bytesBySource(flows(), address);
      const { out, code } = await runCli([
        ...['--lake', path, '--json', '--limit', '100000'],
        `to ${address} ${window}`,
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
  },
);
