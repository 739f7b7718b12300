import { expect, it } from 'vitest';
import { askFixture, cells, nextSteps } from '../support/ask-fixture.ts';
import { ALL_FIELDS, EVERY_SLOT, tries } from '../support/conversation-cases.ts';
import { openLake } from '../support/open-lake.ts';
import { LONG_AFTER, tempFolder } from '../support/open-local-lake.ts';
import { writeLake } from '../support/write-lake.ts';

it('the query `ports` says on which ports an address was called, and by how many', async () => {
  const answer = await askFixture('ports 10.0.1.10');
  expect(cells(answer, 'port', 'action', 'peers', 'bytes', 'records')).toEqual([
    // Two browsers: 2,000 B in three records and 600 B in one. Replies of the database are no calls.
    [443, 'ACCEPT', 2, 2_600, 4],
    [8080, 'ACCEPT', 1, 900, 3],
    [22, 'REJECT', 1, 120, 2],
    [23, 'REJECT', 1, 40, 1],
    [3389, 'REJECT', 1, 40, 1],
    [8443, 'REJECT', 1, 40, 1],
  ]);
  expect(answer.headline).toBe(
    'Of 10.0.1.10, at least 2 ports accepted calls; at least 4 ports rejected calls.',
  );
});

it.each([
  ['ports 10.0.1.10 action=reject', 'Of 10.0.1.10, at least 4 ports rejected calls. (Only action=reject.)'],
  ['ports 10.0.1.10 port=443', 'Of 10.0.1.10, at least 1 port accepted calls. (Only port=443.)'],
  [
    'ports 10.0.1.10 top=1',
    'Of 10.0.1.10, at least 2 ports accepted calls; at least 4 ports rejected calls.',
  ],
  [
    'ports 10.0.2.20 eni=eni-0000000000000020a proto=tcp',
    '10.0.2.20 has rejected 10.0.1.10 on 5432 postgres since 10:20:05 UTC; before that it answered, until 10:15:55 UTC. (Only proto=tcp eni=eni-0000000000000020a.) But some five-minute slots have no file.',
  ],
  ['ports 2001:db8:1::/48', 'Of 2001:db8:1::/48, at least 1 port accepted calls.'],
  [
    'ports 10.0.0.9 direction=ingress',
    'Cannot say whether there was traffic calling 10.0.0.9 with direction=ingress: none in the records that were read, but some five-minute slots have no file; up to 10:15 UTC there was none.',
  ],
])('the query `ports` answers %s', async (line, headline) => {
  expect((await askFixture(line)).headline).toBe(headline);
});

it('the query `ports` does not call a port open that the sender accepts and the receiver rejects', async () => {
  const window = 'since 2026-11-22T10:20Z until 2026-11-22T10:24Z';
  expect((await askFixture('ports 10.0.2.20', { window })).headline).toMatch(
    /^10\.0\.2\.20 has rejected 10\.0\.1\.10 on 5432 postgres since before 10:20 UTC\./,
  );
});

it('the query `ports` distinguishes the addresses of a block', async () => {
  const answer = await askFixture('ports 10.0.0.0/16 action=reject port=5000-9000');
  expect(cells(answer, 'destination', 'port')).toEqual([
    ['10.0.2.20', 5432],
    ['10.0.1.10', 8443],
  ]);
});

it('the query `ports` goes on with the callers of the first port, what was rejected, and who talked to it', async () => {
  expect(nextSteps(await askFixture('ports 10.0.1.10'))).toEqual({
    'Who called port 443': 'to 10.0.1.10 port=443',
    'Only rejected': 'ports 10.0.1.10 action=reject',
    'Who sends to it': 'to 10.0.1.10',
    'Look further back': 'ports 10.0.1.10',
  });
});

it('the query `ports` counts the other callers that fail alike, and no stranger among them', async () => {
  const folder = await tempFolder();
  const failing = ['10.0.1.5', '10.0.1.6', '10.0.1.7'].flatMap((client) => [
    ...tries('answered', 0, 10, { client }),
    ...tries('rejectedArriving', 10, 30, { client }),
  ]);
  const strangers = ['198.51.100.7', '198.51.100.8'].flatMap((client) =>
    tries('rejectedArriving', 0, 30, { client, at: ['server'] }),
  );
  const answered = tries('answered', 0, 30, { client: '10.0.1.8' });
  await writeLake(folder, [...EVERY_SLOT, ...failing, ...strangers, ...answered], { fields: ALL_FIELDS });
  const { ask, close } = await openLake(folder, LONG_AFTER);
  const { headline } = await ask('ports 10.0.2.7 since 2026-03-05T12:00Z until 2026-03-05T12:30Z');
  await close();
  expect(headline).toMatch(
    /^10\.0\.2\.7 has rejected 10\.0\.1\.5 and 2 more on 5432 postgres since 12:10:05 UTC; .*1 other caller is answered there\./,
  );
});
