import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Answer } from '../../../src/core/answer/answer.ts';
import { OUTSIDE } from '../../../src/playground/aws/outside.ts';
import { PLANTED } from '../../../src/playground/aws/planted.ts';
import { createSampleLake } from '../../../src/playground/aws/sample-lake.ts';
import { type OpenLake, openLake } from '../../support/open-lake.ts';

const NOW = new Date('2026-11-22T15:00:30Z');
let folder: string;
let lake: OpenLake;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'flowlog-sample-'));
  await createSampleLake({ folder, now: () => NOW, seed: 1 }).prepare();
  lake = await openLake(folder, NOW);
});
afterAll(async () => {
  await lake.close();
  await rm(folder, { recursive: true, force: true });
});

/** What the line that is planted for it finds, and what of the rows shows it. */
type Finding = readonly [keyof typeof PLANTED, (answer: Answer) => unknown, unknown];

const { deniedDatabase, droppedReplies, silentPort, portScan, passwordGuessing, upload, report } = PLANTED;

const FINDINGS: readonly Finding[] = [
  [
    'deniedDatabase',
    ({ rows }) => rows.map(({ source, destination, port, records }) => [source, destination, port, records]),
    deniedDatabase.clients.map((client) => [client, deniedDatabase.server, deniedDatabase.port, 240]),
  ],
  [
    'droppedReplies',
    ({ rows }) => rows.map(({ way, source, action }) => [way, source, action]),
    expect.arrayContaining([
      ['request', droppedReplies.clients[0], 'ACCEPT'],
      ['reply', droppedReplies.server, 'REJECT'],
    ]),
  ],
  [
    'silentPort',
    ({ rows }) => rows.every(({ action, port }) => action === 'ACCEPT' && port === silentPort.port),
    true,
  ],
  [
    'portScan',
    ({ rows, truncated }) => [rows.every(({ action }) => action === 'REJECT'), truncated],
    [true, true],
  ],
  [
    'passwordGuessing',
    ({ rows }) =>
      rows.filter(({ source, action }) => source === passwordGuessing.clients[0] && action === 'ACCEPT')
        .length,
    1,
  ],
  [
    'upload',
    ({ rows: [first] }) => [first?.source, first?.destination, first?.bytes],
    [upload.clients[0], OUTSIDE.uploadTarget, upload.amounts.bytes],
  ],
  ['report', ({ rows }) => rows.map(({ bytes }) => bytes), expect.arrayContaining([report.amounts.bytes])],
  ['skippedRecords', ({ coverage }) => coverage.skipData, 4],
];

it('there is a finding for everything that is planted', () => {
  expect(FINDINGS.map(([name]) => name)).toEqual(Object.keys(PLANTED));
});

it.each(FINDINGS)('the line of %s shows it', async (name, find, expected) => {
  expect(find(await lake.ask(PLANTED[name].line))).toEqual(expected);
});

it('the port scan comes behind what fails inside, before the noise of the internet', async () => {
  const { rows, headline } = await lake.ask('rejected last 1h');
  expect(rows.map(({ kind }) => kind)).toEqual(['pair', 'pair', 'pair', 'scan', 'noise']);
  expect(rows[3]).toMatchObject({ source: portScan.clients[0], destination: portScan.server, ports: 360 });
  expect(headline).toContain('360 ports of 10.0.1.10');
});
