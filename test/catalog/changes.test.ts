import { expect, it } from 'vitest';
import { cells } from '../support/ask-fixture.ts';
import { ALL_FIELDS, tries } from '../support/conversation-cases.ts';
import { flow, NOON, type PlainRecord } from '../support/flow.ts';
import { openLake } from '../support/open-lake.ts';
import { LONG_AFTER, tempFolder } from '../support/open-local-lake.ts';
import { writeLake } from '../support/write-lake.ts';

/** The answer over records of half an hour before and after a quarter past twelve. */
async function changesIn(
  records: readonly PlainRecord[],
  line = 'changes around 2026-03-05T12:15Z',
  slots = 10,
) {
  const folder = await tempFolder();
  const every = Array.from({ length: slots }, (_, slot) =>
    flow(NOON + slot * 300 + 20, { srcaddr: '10.9.9.8', dstaddr: '10.9.9.9', 'flow-direction': 'ingress' }),
  );
  await writeLake(folder, [...every, ...records], { fields: ALL_FIELDS });
  const { ask, close } = await openLake(folder, LONG_AFTER);
  const answer = await ask(line);
  await close();
  return answer;
}

const OTHER = { client: '10.0.1.6', port: 443 } as const;
const OUTSIDE = { client: '198.51.100.7', port: 443 } as const;

it.each([
  ['is rejected', tries('answered', 0, 15), tries('rejectedArriving', 15, 30), 'rejected'],
  [
    'gets no replies through',
    tries('answered', 0, 15),
    tries('replyRejectedLeaving', 15, 30),
    'replies rejected',
  ],
  ['is refused', tries('answered', 0, 15), tries('refused', 15, 30), 'refused'],
  ['is not answered', tries('answered', 0, 15), tries('unanswered', 15, 30), 'unanswered'],
  ['is answered again', tries('rejectedArriving', 0, 15), tries('answered', 15, 30), 'answered again'],
  ['is gone', tries('answered', 0, 15), [], 'gone'],
  ['is new', [], tries('answered', 15, 30), 'new'],
  ['is new and rejected', [], tries('rejectedArriving', 15, 30), 'new, rejected'],
  ['grew', tries('answered', 0, 15), tries('answered', 15, 30, { changes: { bytes: 1_000_000 } }), 'grown'],
])('`changes` finds a conversation that %s', async (_, before, after, change) => {
  const answer = await changesIn([...before, ...after]);
  expect(cells(answer, 'change', 'client', 'server', 'port')).toEqual([
    [change, '10.0.1.5', '10.0.2.7', 5432],
  ]);
});

it('`changes` has nothing to say of a conversation that goes on', async () => {
  const { rows, headline } = await changesIn(tries('answered', 0, 30));
  expect(rows).toEqual([]);
  expect(headline).toContain('changed traffic');
});

it('`changes` says what hurts most first, since when, and counts the others', async () => {
  const { headline, finding } = await changesIn([
    ...tries('answered', 0, 15, OTHER),
    ...tries('answered', 0, 17),
    ...tries('rejectedArriving', 17, 30),
    ...tries('answered', 15, 30, OUTSIDE),
  ]);
  expect(headline).toBe(
    '10.0.2.7 has rejected 10.0.1.5 on 5432 postgres since 12:17:05 UTC and answered before. ' +
      'Also 1 gone, 1 by clients on the internet.',
  );
  expect(finding).toMatchObject({ state: 'rejected', since: new Date('2026-03-05T12:17:05Z') });
});

it('`changes` does not take what was not read for what was not there', async () => {
  const { headline } = await changesIn(
    tries('answered', 15, 30).map((record) => record),
    'changes since 2026-03-05T12:15Z until 2026-03-05T12:40Z',
  );
  expect(headline).toContain('Not all of the time before was read: what looks new may be older.');
});

it('`changes` around a time means from then on, compared with as long before, also when it is asked again', async () => {
  const records = [...tries('answered', 0, 15), ...tries('rejectedArriving', 15, 30)];
  const one = await changesIn(records, 'changes around 2026-03-05T12:15Z 10m');
  expect(one.question.window).toEqual({
    from: new Date('2026-03-05T12:15:00Z'),
    to: new Date('2026-03-05T12:25:00Z'),
  });
  expect((await changesIn(records, one.question.line)).rows).toEqual(one.rows);
});

it('`changes` does not say that nothing changed since a time of which nothing was read', async () => {
  const known = tries('rejectedArriving', 0, 30, { client: '10.0.9.9', port: 22 });
  const about = (window: string) => changesIn(known, `changes 10.0.2.7 port=443 ${window}`);
  const late = await about('since 2026-03-05T12:10Z until 2026-03-05T12:30Z');
  expect(late.headline).toBe(
    'Cannot say whether there was changed traffic of 10.0.2.7 with port=443: not all of the time that it is compared with was read.',
  );
  expect(late.finding.certainty).toBe('unknown');
  const whole = await about('since 2026-03-05T12:15Z until 2026-03-05T12:25Z');
  expect(whole.headline).toMatch(/^No changed traffic of 10\.0\.2\.7 with port=443 seen/);
});
