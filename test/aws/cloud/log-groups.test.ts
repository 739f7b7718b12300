import { expect, it } from 'vitest';
import type { WantedEvents } from '../../../src/core/lake/log-groups.ts';
import { json, jsonFault, script } from '../../fakes/aws/answers.ts';
import type { AwsAnswer } from '../../fakes/aws/fake-aws.ts';
import { givenAws, REGION, signal } from '../given-aws.ts';

const WANTED: WantedEvents = { logGroup: '/flowlog/vpc', fromSeconds: 1_000, toSeconds: 1_300 };

/** Reads all pages of a log group that answers so. */
async function read(answers: readonly AwsAnswer[], wanted = WANTED) {
  const turns: string[] = [];
  const { aws, site } = await givenAws(script({ FilterLogEvents: answers }), {
    newLogsRate: (region) => async () => {
      turns.push(region);
    },
  });
  const pages: unknown[] = [];
  const readAll = async () => {
    for await (const page of site.logGroups?.pages(wanted, signal) ?? []) pages.push(page);
  };
  const fault = await readAll().catch((error: unknown) => error);
  return {
    pages,
    fault,
    turns,
    asked: aws.calls.filter(({ action }) => action === 'FilterLogEvents').map(({ body }) => JSON.parse(body)),
  };
}

it('all pages are read, empty ones too, each at the rate of the region, up to but not including the end', async () => {
  const { pages, asked, turns } = await read([
    json({ events: [{ timestamp: 1_000_000, message: 'a b' }], nextToken: 'one' }),
    json({ events: [], nextToken: 'two' }),
    json({ events: [{ timestamp: 1_299_999, message: 'c d' }, { timestamp: 1_299_999 }] }),
  ]);
  expect(pages).toEqual([
    [{ timestampMs: 1_000_000, message: 'a b' }],
    [],
    [{ timestampMs: 1_299_999, message: 'c d' }],
  ]);
  const usual = { logGroupName: '/flowlog/vpc', startTime: 1_000_000, endTime: 1_299_999 };
  expect(asked).toEqual([usual, { ...usual, nextToken: 'one' }, { ...usual, nextToken: 'two' }]);
  expect(turns).toEqual([REGION, REGION, REGION]);
});

it('no more pages are read than hold what is wanted, and a token that comes again ends them', async () => {
  const event = { timestamp: 1_000_000, message: 'a b' };
  const { asked } = await read(
    [json({ events: [], nextToken: 'one' }), json({ events: [event], nextToken: 'two' })],
    { ...WANTED, most: 1 },
  );
  expect(asked.map(({ limit }) => limit)).toEqual([1, 1]);
  const stuck = await read([json({ events: [], nextToken: 'one' }), json({ events: [], nextToken: 'one' })]);
  expect(stuck.asked).toHaveLength(2);
});

it('what AWS refuses is named with the call', async () => {
  const { fault } = await read([jsonFault('AccessDeniedException', 'not you')]);
  expect(fault).toMatchObject({ code: 'denied', call: 'logs:FilterLogEvents', message: 'not you' });
  const { fault: gone } = await read([jsonFault('ResourceNotFoundException', 'no such group')]);
  expect(gone).toMatchObject({ code: 'not-found' });
});
