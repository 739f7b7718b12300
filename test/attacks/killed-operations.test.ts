import { describe, expect, it } from 'vitest';
import { createStateFile } from '../../src/playground/aws/cloud/sample-state.ts';
import {
  type GivenSample,
  givenSample,
  linesOf,
  type SampleOptions,
  SUBNET,
} from '../support/given-sample.ts';

/** Calls that change something, in AWS or in the journal: between any two of them a process can be killed. */
const CHANGES: ReadonlySet<string> = new Set([
  ...['create', 'delete', 'putPolicy', 'putExpiry', 'createWorkgroup', 'createDatabase'],
  ...['createTable', 'dropTable', 'addPartitions', 'claim', 'step', 'end'],
]);

/** A process that ends at one of its changes: from then on nothing that it does comes to anything. */
function createLife(lastChange: number, isDone: boolean) {
  let [changes, isOver] = [0, false];
  let die = () => {};
  const killed = new Promise<'killed'>((resolve) => {
    die = () => {
      isOver = true;
      resolve('killed');
    };
  });
  const never = () => new Promise<never>(() => {});

  async function change(work: () => unknown): Promise<unknown> {
    changes += 1;
    if (changes < lastChange) return work();
    if (isDone) await work();
    die();
    return never();
  }

  /** A part that lives as long as the process, with all parts of it. */
  function mortal<Part extends object>(part: Part): Part {
    const entries = Object.entries(part).map(([name, value]) => {
      if (typeof value === 'object' && value !== null) return [name, mortal(value)];
      if (typeof value !== 'function') return [name, value];
      return [
        name,
        (...given: unknown[]) => {
          if (isOver) return never();
          return CHANGES.has(name) ? change(() => value(...given)) : value(...given);
        },
      ];
    });
    return Object.fromEntries(entries);
  }

  return { killed, mortal, changes: () => changes };
}

/** What is left in the account, without ids and times that differ from run to run. */
async function leftIn({ folder, cloud }: GivenSample) {
  const { flowLogs, buckets, databases, tables, workgroups } = await createStateFile(folder).read();
  const ids = flowLogs.map(({ id }) => id);
  const plain = (text: string) => ids.reduce((sum, id, index) => sum.replaceAll(id, `fl-${index}`), text);
  const [site] = await cloud.sites(new AbortController().signal);
  const files: string[] = [];
  for (const bucket of Object.keys(buckets))
    for await (const page of site?.buckets.pages(bucket, '', new AbortController().signal) ?? [])
      files.push(...page.map(({ key }) => key));
  const set = { flowLogs: flowLogs.map(({ token: _, createdAt: __, ...rest }) => rest), buckets, databases };
  return JSON.parse(
    plain(JSON.stringify({ ...set, tables, workgroups, files: files.length > 0 })).replaceAll(
      /op-[0-9a-f]{8}|fl_[0-9a-f]+/g,
      'id',
    ),
  );
}

/** What is there before, and the line that is confirmed. */
interface Case {
  readonly before: readonly string[];
  readonly line: (id: string) => string;
}

const CASES: Readonly<Record<string, Case>> = {
  setup: { before: [], line: () => `setup ${SUBNET} files=text for=2h` },
  table: { before: [`setup ${SUBNET} files=text`], line: (id) => `table ${id} mode=partitions` },
  partitions: {
    before: [`setup ${SUBNET} files=text`, 'table <id> mode=partitions'],
    line: (id) => `partitions ${id} 2026-11-24`,
  },
  replace: {
    before: [`setup ${SUBNET} files=text`, 'table <id>'],
    line: (id) => `replace ${id} interval=600`,
  },
  teardown: {
    before: [`setup ${SUBNET} files=text`, 'table <id>'],
    line: (id) => `teardown ${id} table=drop files=delete`,
  },
};

/** The account as it was before, and the plan. */
async function givenPlan({ before, line }: Case, options: SampleOptions = {}) {
  const given = await givenSample(options);
  const idOf = async () => (await given.state()).flowLogs.at(-1)?.id ?? '';
  for (const each of before) {
    await given.done(each.replace('<id>', await idOf()));
    await given.pass(10);
  }
  const { id, plan } = await given.planned(line(await idOf()));
  return { given, confirm: ['confirm', id, ...(plan.typed === undefined ? [] : [plan.typed])].join(' '), id };
}

describe.each(Object.entries(CASES))('`%s`', (name, wanted) => {
  it.each([
    ['before', false],
    ['after', true],
  ])('comes to the same when the process is killed right %s any of its changes', async (_, isDone) => {
    const whole = await givenPlan(wanted);
    expect((await whole.given.say(whole.confirm)).headline).toMatch(/^Done/);
    const expected = await leftIn(whole.given);
    for (let last = 1; ; last += 1) {
      const life = createLife(last, isDone);
      const { given, confirm, id } = await givenPlan(wanted);
      const { journal } = given.store;
      const dying = await givenSample({
        folder: given.folder,
        store: { ...given.store, journal: life.mortal(journal) },
        around: (cloud) => ({
          name: cloud.name,
          tables: life.mortal(cloud.tables),
          sites: async (signal) => (await cloud.sites(signal)).map((site) => life.mortal(site)),
        }),
      });
      await dying.pass(given.now().getTime() > dying.now().getTime() ? minutesBetween(dying, given) : 0);
      const ended = await Promise.race([life.killed, dying.say(confirm, { request: 'r1' })]);
      if (ended !== 'killed') {
        expect(last, `${name} has changes`).toBeGreaterThan(3);
        return;
      }
      const next = await givenSample({ folder: given.folder, store: given.store });
      await next.pass(minutesBetween(next, dying));
      const isBegun = (await journal.find(id))?.state === 'running';
      expect(linesOf(await next.say('status')).some((each) => each.includes(id))).toBe(isBegun);
      const report = await next.say(confirm, { request: 'r1' });
      expect(`${last} ${report.headline}\n${linesOf(report).join('\n')}`).toMatch(/^\d+ Done/);
      expect(await leftIn(next), `killed at change ${last}`).toEqual(expected);
      expect((await journal.find(id))?.state).toBe('done');
    }
  });
});

function minutesBetween(from: GivenSample, to: GivenSample): number {
  return (to.now().getTime() - from.now().getTime()) / 60_000;
}
