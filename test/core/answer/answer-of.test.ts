import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { coverageDetails, coverageLine } from '../../../src/render/coverage-lines.ts';
import { DEFAULT_FIELDS, recordsOf, STORY_FIELDS, secondsAt } from '../../fixtures/log-records.ts';
import { keyAt, writeFileAt, writeRecords } from '../../fixtures/write-records.ts';
import { NOW } from '../../support/ask-fixture.ts';
import { emptyFolder, openLake } from '../../support/open-lake.ts';

/** What `No … seen; the logs … are complete` begins with, and nothing else. */
const PROVED = /^No traffic to 10\.9\.9\.9 seen; the logs of the window are complete\.$/;
/** Sentences that a tired reader could take for a proof. */
const CLAIM = /\bcomplete\b|no traffic\b|^No .* seen/i;

const QUIET = 'since 2026-11-22T10:05Z until 2026-11-22T10:15Z';
const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

type Change = (folder: string) => Promise<unknown>;
const slotFile = (folder: string, time: string) => join(folder, keyAt(secondsAt(time)));

/** Asks the story, after something was done to its files. */
async function asked(line: string, change: Change = async () => {}, fields?: readonly string[]) {
  const { folder, remove } = await emptyFolder();
  await writeRecords(folder, recordsOf(), fields);
  await change(folder);
  const lake = await openLake(folder, NOW);
  closing.push(lake.close, remove);
  return lake.ask(line);
}

it('an empty answer says "no traffic" where every file was delivered and read, and nothing was skipped', async () => {
  expect((await asked(`to 10.9.9.9 ${QUIET}`)).headline).toMatch(PROVED);
});

it('an empty answer says "no traffic" of a window with files but without a single record', async () => {
  // 10:24 lies in a slot whose file holds only earlier records.
  const answer = await asked('to 10.9.9.9 since 2026-11-22T10:24:00Z until 2026-11-22T10:24:30Z', (folder) =>
    writeRecords(folder, recordsOf('10:24:40 idle NODATA')),
  );
  expect(answer.coverage).toMatchObject({ matched: 0, noData: 0, newestEnd: undefined });
  expect(answer.headline).toMatch(PROVED);
});

describe.each<readonly [string, string, Change, RegExp]>([
  [
    'the newest files are not delivered',
    'since 2026-11-22T10:50Z until 2026-11-22T11:00Z',
    async () => {},
    /the newest records have not been delivered yet/,
  ],
  [
    'flows that ran at the end of the window may still be written',
    // The newest file is of 10:55: a record that began at 10:49 and runs ten minutes would come after it.
    'since 2026-11-22T10:45Z until 2026-11-22T10:50Z',
    async () => {},
    /the newest records have not been delivered yet/,
  ],
  [
    'AWS lost flows',
    'since 2026-11-22T10:30Z until 2026-11-22T10:33Z',
    async () => {},
    /AWS lost flows there \(1 record says so\)/,
  ],
  [
    'a slot has no file',
    'since 2026-11-22T10:20Z until 2026-11-22T10:30Z',
    async () => {},
    /some five-minute slots have no file/,
  ],
  [
    'a file of the window is gone',
    QUIET,
    (folder) => rm(slotFile(folder, '10:10')),
    /some five-minute slots have no file/,
  ],
  [
    'a file cannot be read',
    QUIET,
    (folder) => writeFileAt(slotFile(folder, '10:10'), 'no gzip'),
    /1 file could not be read/,
  ],
  [
    'a line cannot be read',
    QUIET,
    (folder) =>
      writeFileAt(
        slotFile(folder, '10:10').replace('.gz', ''),
        `${DEFAULT_FIELDS.join(' ')}\n2 1 e a b x y z\n2 1 e a b x y z 1 2 3 4 ACCEPT OK\n`,
      ),
    /could not be read/,
  ],
  [
    'the window begins before the logs do',
    'since 2026-11-22T09:40Z until 2026-11-22T10:15Z',
    async () => {},
    /some five-minute slots have no file/,
  ],
  [
    'there is no file for the window',
    'since 2026-11-21T10:00Z until 2026-11-21T11:00Z',
    async () => {},
    /there are no flow log files for this window/,
  ],
  [
    'there is no file at all',
    'last 1h',
    (folder) => rm(join(folder, 'AWSLogs'), { recursive: true }),
    /there are no flow log files for this window/,
  ],
])('where %s', (_, window, change, doubt) => {
  it('says what is not known, and claims nothing', async () => {
    const answer = await asked(`to 10.9.9.9 ${window}`, change);
    expect(answer.rows).toEqual([]);
    expect(answer.headline).toMatch(doubt);
    expect(answer.headline).not.toMatch(CLAIM);
    expect(answer.headline).toMatch(/^Cannot say whether there was traffic to 10\.9\.9\.9: /);
  });

  it('shows coverage that does not contradict it', async () => {
    const answer = await asked(`to 10.9.9.9 ${window}`, change);
    const proved = [coverageLine(answer), ...coverageDetails(answer)].every((line) =>
      /^(Read|Complete up to the end|Addresses)/.test(line),
    );
    expect(proved).toBe(false);
  });
});

it('an empty answer names the part of the traffic of which there was none', async () => {
  const { headline } = await asked(`to 10.0.1.10 port=9999 action=reject top=5 ${QUIET}`);
  expect(headline).toBe(
    'No traffic to 10.0.1.10 with port=9999 action=reject seen; the logs of the window are complete.',
  );
});

it('an empty answer proves nothing where the logs do not distinguish silence from lost flows', async () => {
  const fields = STORY_FIELDS.filter((field) => field !== 'log-status');
  for (const line of ['rejected proto=udp', 'to 10.9.9.9']) {
    const { headline } = await asked(`${line} ${QUIET}`, async () => {}, fields);
    expect(headline).toMatch(/^Cannot say whether .* but 4 of 4 files do not record log-status/);
  }
});

it('an empty answer does not say that an address was silent which the default format cannot show', async () => {
  const answer = await asked(`to 10.0.1.31 ${QUIET}`, async () => {}, DEFAULT_FIELDS);
  expect(answer.headline).toMatch(/^Cannot say whether .* but pkt-srcaddr, pkt-dstaddr not recorded/);
  const anybody = await asked(`rejected proto=udp ${QUIET}`, async () => {}, DEFAULT_FIELDS);
  expect(anybody.headline).toBe(
    'No rejected traffic with proto=udp seen; the logs of the window are complete.',
  );
});

it.each([
  ['to 10.0.1.10 direction=ingress', 'flow-direction', DEFAULT_FIELDS],
  ['rejected', 'action', DEFAULT_FIELDS.filter((field) => field !== 'action')],
  ['to 10.0.1.10 port=443', 'dstport', DEFAULT_FIELDS.filter((field) => field !== 'dstport')],
  ['records', 'packets', DEFAULT_FIELDS.filter((field) => field !== 'packets')],
])('refuses %s over logs without %s, which would match nothing', async (line, field, fields) => {
  await expect(asked(`${line} ${QUIET}`, async () => {}, fields)).rejects.toThrow(
    new RegExp(`needs [a-z, -]*${field}.*which the flow logs of the fixture do not record`),
  );
});
