import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { catalog } from '../../../src/catalog/index.ts';
import { followUpsOf } from '../../../src/core/answer/follow-ups.ts';
import { readRequest } from '../../../src/core/operation/request.ts';
import type { Row } from '../../../src/core/query/columns.ts';
import type { Coverage } from '../../../src/core/query/coverage.ts';
import { defineQuery, type FollowUp } from '../../../src/core/query/query.ts';
import type { Question } from '../../../src/core/query/question.ts';
import { sql } from '../../../src/core/sql/sql.ts';
import { askFixture, nextSteps, storyLake } from '../../support/ask-fixture.ts';

it('the next steps offer the same question over six times the window', async () => {
  const { followUps } = await askFixture('to 10.0.1.10');
  expect(followUps.at(-1)).toEqual({
    label: 'Look further back',
    line: 'to 10.0.1.10 since 2026-11-22T06:40Z until 2026-11-22T10:40Z',
  });
});

it('the next steps offer no wider window than may be asked for', async () => {
  const week = await askFixture('to 10.0.1.10', {
    window: 'since 2026-11-15T11:00Z until 2026-11-22T11:00Z',
  });
  expect(week.followUps.map(({ label }) => label)).not.toContain('Look further back');
  const days = await askFixture('to 10.0.1.10', { window: 'last 3d' });
  expect(days.followUps.at(-1)?.line).toBe('to 10.0.1.10 since 2026-11-15T11:00Z until 2026-11-22T11:00Z');
});

it('the next steps of a window without files lead to where the logs are', async () => {
  const answer = await askFixture('to 10.0.1.10', { window: 'on 2026-11-20' });
  expect(answer.followUps).toHaveLength(1);
  expect(answer.followUps[0]?.label).toBe('Where the logs are');
  const there = await (await storyLake()).ask(answer.followUps[0]?.line ?? '');
  expect(there.rows.length).toBeGreaterThan(0);
});

it('an answer has at most five next steps', async () => {
  expect((await askFixture('to 10.0.1.10')).followUps.length).toBeLessThanOrEqual(5);
});

it('a next step keeps the scope of its question, and drops its allowance to spend', async () => {
  const { followUps } = await askFixture('to 10.0.1.10 region=eu-central-1 spend=2');
  expect(followUps.length).toBeGreaterThan(1);
  for (const { line } of followUps.slice(0, -1)) {
    expect(line).toContain(' region=eu-central-1 ');
    expect(line).not.toContain('spend=');
  }
});

describe('a next step keeps the filters of the question', () => {
  const NOW = new Date('2026-11-22T11:00:00Z');
  const WEEK_SECONDS = 7 * 86_400;
  const COVERAGE: Coverage = {
    matched: 1,
    skipData: 0,
    noData: 0,
    sourceName: '',
    filesRead: 1,
    slotsRead: undefined,
    filesFailed: [],
    unreadableLines: 0,
    completeUpTo: undefined,
    newestEnd: undefined,
    complete: true,
    missingSlots: [],
    storedRange: undefined,
    addressFields: [],
    notes: [],
    flowLogs: [],
    filesWithoutTime: 0,
    doubts: [],
    skippedAt: [],
    otherStatus: 0,
  };
  const ROWS: readonly Row[] = [
    {
      source: '10.0.2.20',
      destination: '10.0.1.10',
      ours: '10.0.1.10',
      peer: '10.0.2.20',
      port: 443,
      action: 'ACCEPT',
    },
  ];

  function asked(line: string, entries = catalog): Question {
    const understood = readRequest(line, {
      catalog: entries,
      now: NOW,
      zone: 'UTC',
      longestWindowSeconds: WEEK_SECONDS,
    });
    if (!('query' in understood)) throw new RangeError(`${line} is no question`);
    return understood;
  }

  /** Steps by label, their lines without the window. */
  function steps(line: string, entries = catalog): Readonly<Record<string, string>> {
    return nextSteps({ followUps: followUpsOf(asked(line, entries), ROWS, COVERAGE, WEEK_SECONDS) });
  }

  it('as far as the entry of the step takes them', () => {
    expect(steps('to 10.0.1.10 port=443 proto=tcp action=accept direction=in')).toMatchObject({
      'Only rejected': 'to 10.0.1.10 port=443 proto=tcp action=reject direction=ingress',
      'Its ports': 'ports 10.0.1.10 port=443 proto=tcp action=accept direction=ingress',
      'Over time': 'timeline 10.0.1.10 port=443 proto=tcp action=accept direction=ingress',
      'With 10.0.2.20': 'between 10.0.1.10 10.0.2.20 port=443 proto=tcp action=accept direction=ingress',
    });
  });

  it('also those that say at which end an address is', () => {
    expect(steps('records src=10.0.1.10 dst=10.0.2.20 port=443')).toMatchObject({
      'Only rejected': 'records 10.0.2.20 src=10.0.1.10 dst=10.0.2.20 port=443 action=reject',
    });
  });

  it('also an address that was asked for, where the step names none', () => {
    expect(steps('top-talkers 10.0.0.0/16 port=443').Rejected).toBe('rejected 10.0.0.0/16 port=443');
  });

  it('and is not there when it would ask the same again', () => {
    expect(steps('to 10.0.1.10 action=reject')).not.toHaveProperty('Only rejected');
    expect(steps('to 10.0.1.10 action=reject top=5 spend=1')).not.toHaveProperty('Only rejected');
    expect(steps('records 10.0.1.10 action=reject')).not.toHaveProperty('Only rejected');
  });

  const twice = defineQuery({
    name: 'twice',
    summary: 'Steps that are alike',
    about: 'Steps that are alike.',
    args: {},
    columns: {},
    order: [],
    sql: () => ({ from: 'flows', where: sql`TRUE`, groupBy: {}, select: {} }),
    finding: () => [''],
    subject: () => [''],
    followUps: (): readonly FollowUp[] => [
      { label: 'One', line: 'traffic 10.0.1.10' },
      { label: 'The same', line: 'TRAFFIC addr=10.0.1.10' },
      { label: 'Nowhere', line: 'traffic null' },
      { label: 'Other', line: 'ports 10.0.1.10' },
    ],
  });

  it('and is there once, and not when its line does not parse', () => {
    expect(Object.keys(steps('twice', [...catalog, twice]))).toEqual(['One', 'Other', 'Look further back']);
  });

  it('and says so in a label that promises all', () => {
    expect(steps('between 10.0.1.10 10.0.2.20 port=443 region=eu-central-1')).toHaveProperty(
      ['All of 10.0.2.20, port=443'],
      'traffic 10.0.2.20 port=443 region=eu-central-1',
    );
  });

  it('whatever they are, for every query of the catalog', () => {
    const filters = fc.record({
      port: fc.constantFrom('', 'port=443', 'port=8000-8100'),
      proto: fc.constantFrom('', 'proto=udp', 'proto=253'),
      action: fc.constantFrom('', 'action=accept', 'action=reject'),
      eni: fc.constantFrom('', 'eni=eni-0a1b2c3d4e5f60718'),
      direction: fc.constantFrom('', 'direction=egress'),
      src: fc.constantFrom('', 'src=10.0.0.0/16'),
      dst: fc.constantFrom('', 'dst=2001:db8::/32'),
      in: fc.constantFrom('', 'in=prod'),
      account: fc.constantFrom('', 'account=123456789012'),
      top: fc.constantFrom('', 'top=7'),
      spend: fc.constantFrom('', 'spend=2.00'),
      names: fc.constantFrom('', 'names=off'),
    });
    fc.assert(
      fc.property(fc.constantFrom(...catalog), filters, (query, words) => {
        const taken = Object.entries(words).filter(([name, word]) => word !== '' && name in query.args);
        const bare = Object.values(query.args)
          .filter(({ required }) => required)
          .map(({ example }) => example);
        const line = [query.name, ...bare, ...taken.map(([, word]) => word), 'since 10:00 until 10:40'].join(
          ' ',
        );
        const question = asked(line);
        const all = followUpsOf(question, ROWS, COVERAGE, WEEK_SECONDS);
        expect(new Set(all.map((step) => step.line)).size).toBe(all.length);
        for (const step of all.slice(0, -1)) {
          const read = asked(step.line);
          expect(read.line).toBe(step.line);
          expect(read.window).toEqual(question.window);
          expect(step.line).not.toMatch(/ (?:names|spend|top)=/);
          const own = step.label.startsWith('Who called port') ? ['action', 'port'] : ['action'];
          for (const [name, word] of taken)
            if (name in read.query.args && !['names', 'top', 'spend', ...own].includes(name))
              expect(step.line).toContain(` ${word}`);
          if (step.label === 'Only rejected') expect(step.line).toContain(' action=reject');
          else if (words.action !== '' && 'action' in query.args && 'action' in read.query.args)
            expect(step.line).toContain(` ${words.action}`);
        }
      }),
      { numRuns: 300 },
    );
  });
});
