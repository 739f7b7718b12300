import { expect, it } from 'vitest';
import { freshnessOf } from '../../../src/app/observe/source-freshness.ts';
import { readRequest } from '../../../src/core/operation/request.ts';
import type { Coverage, LogCoverage, SlotState } from '../../../src/core/query/coverage.ts';
import { createScript } from '../../slack/script.ts';
import { ENTRIES } from '../../support/given-sample.ts';

const NOW = new Date('2026-11-22T12:00:00Z');
const at = (time: string) => Date.parse(`2026-11-22T${time}:00Z`) / 1000;

async function coverageWith(flowLogs: readonly LogCoverage[]): Promise<Coverage> {
  const context = { catalog: ENTRIES, now: NOW, zone: 'UTC', longestWindowSeconds: 86_400 };
  const question = readRequest('to 10.0.1.5 last 1h', context);
  if (!('query' in question)) throw new RangeError('no question');
  const { coverage } = await createScript().ask(question, { signal: new AbortController().signal });
  return { ...coverage, flowLogs };
}

function logOf(name: string, ...slots: readonly (readonly [string, string, SlotState])[]): LogCoverage {
  return {
    flowLog: name,
    slots: slots.map(([from, to, state]) => ({ fromSeconds: at(from), toSeconds: at(to), state })),
    stopped: false,
    completeUpToSeconds: undefined,
    whole: false,
    resource: undefined,
    traffic: undefined,
  };
}

it('a flow log is as fresh as the newest slot of which a file was read', async () => {
  const log = logOf(
    'fl-1',
    ['11:00', '11:40', 'read'],
    ['11:40', '11:55', 'missing'],
    ['11:55', '12:00', 'late'],
  );
  const coverage = await coverageWith([log]);
  expect(freshnessOf(coverage, NOW, NOW)).toEqual([{ source: 'fl-1', newestSeconds: at('11:40') }]);
});

it('a flow log of which no file was read is at most as fresh as the start of what was looked through', async () => {
  const coverage = await coverageWith([logOf('fl-1', ['11:00', '12:00', 'missing']), logOf('fl-2')]);
  expect(freshnessOf(coverage, NOW, NOW)).toEqual([{ source: 'fl-1', newestSeconds: at('11:00') }]);
});

it('a question about the past says nothing of how fresh a flow log is', async () => {
  const coverage = await coverageWith([logOf('fl-1', ['10:00', '11:00', 'read'])]);
  expect(freshnessOf(coverage, new Date('2026-11-22T11:44:59Z'), NOW)).toEqual([]);
  expect(freshnessOf(coverage, new Date('2026-11-22T11:45:00Z'), NOW)).toHaveLength(1);
});
