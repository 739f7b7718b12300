import { describe, expect, it } from 'vitest';
import {
  BUILT_IN,
  ENI,
  type GivenSample,
  givenSample,
  linesOf,
  type SampleOptions,
  SUBNET,
} from '../support/given-sample.ts';
import { fault, withFault } from '../support/with-fault.ts';

const signal = new AbortController().signal;

/** A flow log of ours with some files. */
async function givenFlowLog(options: SampleOptions = {}, line = `setup ${SUBNET}`) {
  const given = await givenSample(options);
  await given.done(line);
  const id = (await given.state()).flowLogs.at(-1)?.id ?? '';
  await given.pass(20);
  return { given, id };
}

/** The names of all files that were delivered to the bucket of flowlog. */
async function filesOf({ cloud }: GivenSample): Promise<readonly string[]> {
  const [site] = await cloud.sites(signal);
  const keys: string[] = [];
  for await (const page of site?.buckets.pages('flowlog-123456789012-us-east-1', '', signal) ?? [])
    keys.push(...page.map(({ key }) => key));
  return keys;
}

describe('the plan', () => {
  it('deletes the flow log alone unless more is said, and says what stays', async () => {
    const { given, id } = await givenFlowLog();
    const count = (await filesOf(given)).length;
    const { plan } = await given.planned(`teardown ${id}`);
    expect(plan.headline).toBe(`Delete ${id}`);
    expect(plan.typed).toBeUndefined();
    expect(plan.steps).toMatchObject([
      {
        words: `Delete the flow log ${id}, which touches no file`,
        calls: [`ec2:DescribeFlowLogs ${id} (the tag of flowlog)`, `ec2:DeleteFlowLogs FlowLogIds=[${id}]`],
        cost: 'free',
        undo: 'a new one can be set up; what is not recorded meanwhile is lost',
      },
    ]);
    expect(linesOf(plan)).toEqual([
      `${id} records ${SUBNET}.`,
      expect.stringMatching(
        new RegExp(
          `^It has ${count} files, [\\d.]+ KB, from 24 Nov 2026 09:20 UTC to 24 Nov 2026 09:45 UTC, in flowlog-`,
        ),
      ),
      'It has no table that flowlog made.',
      'The bucket with its policy, the workgroup, the database and the results of questions stay in any case.',
      'The files stay. Without a flow log and a table flowlog does not know of them any more: delete them now, or in the bucket.',
    ]);
    expect(plan.instead).toEqual([
      { label: 'Also all files', line: `teardown ${id} table=drop files=delete` },
    ]);
    expect((await given.state()).flowLogs).toHaveLength(1);
  });

  it('asks for a word to be typed before files are deleted, and warns of those that come later', async () => {
    const { given, id } = await givenFlowLog();
    await given.done(`table ${id}`);
    const { plan } = await given.planned(`teardown ${id} table=drop files=delete`);
    expect(plan.typed).toBe(id);
    expect(plan.steps.map(({ kind, undo }) => [kind, undo])).toEqual([
      ['delete-flow-log', 'a new one can be set up; what is not recorded meanwhile is lost'],
      ['drop-table', 'made again by `table`'],
      ['delete-files', 'cannot be undone'],
    ]);
    expect(plan.headline).toMatch(new RegExp(`^Delete ${id}, its table and \\d+ files for good$`));
    expect(linesOf(plan).at(-1)).toMatch(/^AWS goes on delivering for some minutes/);
  });

  it('leaves alone what flowlog did not make', async () => {
    const given = await givenSample();
    expect(await given.refused(`teardown ${BUILT_IN} files=delete`)).toEqual({
      problem: `The flow log \`${BUILT_IN}\` was not made by flowlog, so it is left alone.`,
      next: `Whoever made it can delete it: \`aws ec2 delete-flow-logs --flow-log-ids ${BUILT_IN}\`.`,
    });
  });

  it('leaves alone what is only listed in the configuration', async () => {
    const { given } = await givenFlowLog();
    const [source] = (await given.state()).flowLogs;
    if (source?.destination.kind !== 's3') throw new RangeError('nothing was set up');
    const name = 'fl-0a1b2c3d4e5f60718';
    const listed = {
      name,
      account: '123456789012',
      region: 'us-east-1',
      place: { ...source.destination, prefix: 'x' },
      fields: [],
      trafficType: undefined,
      resource: undefined,
      flowLog: undefined,
      adopted: undefined,
    };
    const again = await givenSample({ folder: given.folder, configured: [listed] });
    expect((await again.refused(`teardown ${name} files=delete`)).problem).toBe(
      `\`${name}\` is only listed in flowlog.yml: flowlog did not make it, so it is left alone.`,
    );
  });
});

describe('carrying it out', () => {
  it('deletes flow log, table and its own files, and has nothing left to do', async () => {
    const { given, id } = await givenFlowLog();
    await given.done(`table ${id}`);
    const report = await given.done(`teardown ${id} table=drop files=delete`);
    expect(report.headline).toMatch(/^Done: Delete/);
    expect(linesOf(report)).toEqual([
      `✓ Flow log ${id} is deleted; it stops within minutes, and its files stay`,
      expect.stringMatching(/^✓ Table flowlog\.fl_\w+ is gone; the files are still there$/),
      expect.stringMatching(new RegExp(`^✓ \\d+ files of ${id} deleted for good$`)),
    ]);
    expect(await given.state()).toMatchObject({ flowLogs: [], tables: [] });
    expect(await filesOf(given)).toEqual([]);
    expect((await given.refused(`teardown ${id}`)).problem).toBe(`There is no flow log \`${id}\` here.`);
  });

  it('drops no table that is of another owner by the time it is dropped', async () => {
    let isOurs = true;
    const given = await givenSample({
      around: (cloud) =>
        withFault(cloud, {
          tables: (real) => ({
            async table(...asked) {
              const found = await real.table(...asked);
              return found && (isOurs ? found : { ...found, properties: {} });
            },
          }),
        }),
    });
    await given.done(`setup ${ENI} files=text`);
    const id = (await given.state()).flowLogs[0]?.id ?? '';
    await given.done(`table ${id}`);
    const { id: plan } = await given.planned(`teardown ${id} table=drop`);
    isOurs = false;
    const report = await given.say(`confirm ${plan}`);
    expect(linesOf(report).join()).toContain('is not one that flowlog made. It was left as it is.');
    expect((await given.state()).tables).toHaveLength(1);
  });

  it('deletes no files of a flow log that is there and does not carry the tag', async () => {
    let isOurs = true;
    const given = await givenSample({
      around: (cloud) =>
        withFault(cloud, {
          flowLogs: (real) => ({
            async describe(...asked) {
              const found = await real.describe(...asked);
              return isOurs ? found : found.map((each) => ({ ...each, tags: {} }));
            },
            async delete() {
              isOurs = false;
              return [];
            },
          }),
        }),
    });
    await given.done(`setup ${ENI} files=text`);
    const id = (await given.state()).flowLogs[0]?.id ?? '';
    const { id: plan } = await given.planned(`teardown ${id} files=delete`);
    const before = await filesOf(given);
    const report = await given.say(`confirm ${plan} ${id}`);
    expect(linesOf(report).join()).toContain('Its files were left as they are.');
    expect(await filesOf(given)).toEqual(before);
  });

  it('finds files and table again when the flow log is gone already', async () => {
    const { given, id } = await givenFlowLog();
    await given.done(`table ${id}`);
    await given.done(`teardown ${id}`);
    const report = await given.say(`teardown ${id}`);
    expect(report.headline).toBe(`The flow log ${id} is gone already; nothing else was asked for`);
    expect(report.next.map(({ line }) => line)).toEqual([
      `teardown ${id} table=drop`,
      `teardown ${id} table=drop files=delete`,
    ]);
    await given.done(`teardown ${id} table=drop files=delete`);
    expect(await filesOf(given)).toEqual([]);
    expect((await given.state()).tables).toEqual([]);
  });

  it('keeps the files of another flow log under the same prefix', async () => {
    const { given, id } = await givenFlowLog({}, `setup ${SUBNET} prefix=network`);
    await given.done(`setup ${ENI} prefix=network`);
    const other = (await given.state()).flowLogs.at(-1)?.id ?? '';
    await given.pass(5);
    const kept = (await filesOf(given)).filter((key) => key.includes(other));
    expect(kept.length).toBeGreaterThan(3);
    await given.done(`teardown ${id} files=delete`);
    expect(await filesOf(given)).toEqual(kept);
  });

  it('leaves one whose tag was taken off meanwhile', async () => {
    const { given, id } = await givenFlowLog();
    const plan = await given.planned(`teardown ${id}`);
    const untagged = await givenSample({
      folder: given.folder,
      store: given.store,
      around: (cloud) =>
        withFault(cloud, {
          flowLogs: (real) => ({
            describe: async (filter, each) =>
              (await real.describe(filter, each)).map((flowLog) => ({ ...flowLog, tags: {} })),
          }),
        }),
    });
    expect((await untagged.say(`confirm ${plan.id}`)).headline).toBe(
      `Stopped at step 1 of 1: The flow log \`${id}\` does not carry flowlog's tag any more. It was left as it is.`,
    );
    expect((await given.state()).flowLogs).toHaveLength(1);
  });

  it('succeeds when the flow log was deleted meanwhile, and says so', async () => {
    const { given, id } = await givenFlowLog();
    const plan = await given.planned(`teardown ${id}`);
    const [site] = await given.cloud.sites(signal);
    await site?.flowLogs.delete([id], signal);
    expect(linesOf(await given.say(`confirm ${plan.id}`))).toEqual([`✓ Flow log ${id} is gone already`]);
  });
});

describe('deleting files', () => {
  /** A bucket of pages with three files each, and what was deleted of it. */
  function paged(refuse: (key: string) => boolean = () => false) {
    const deleted: string[] = [];
    const around: SampleOptions['around'] = (cloud) =>
      withFault(cloud, {
        buckets: (real) => ({
          async *versions(bucket, prefix, each) {
            for await (const page of real.versions(bucket, prefix, each))
              for (let first = 0; first < page.length; first += 3) yield page.slice(first, first + 3);
          },
          async delete(bucket, versions, each) {
            const locked = versions.filter(({ key }) => refuse(key));
            const others = versions.filter(({ key }) => !refuse(key));
            deleted.push(...others.map(({ key }) => key));
            const failed = await real.delete(bucket, others, each);
            return [
              ...failed,
              ...locked.map(({ key }) => ({ key, code: 'AccessDenied', message: 'Access Denied' })),
            ];
          },
        }),
      });
    return { deleted, around };
  }

  it('can be stopped between two calls and gone on with', async () => {
    const { deleted, around } = paged();
    const { given, id } = await givenFlowLog({ around });
    const all = await filesOf(given);
    const plan = await given.planned(`teardown ${id} files=delete`);
    const controller = new AbortController();
    const reported: string[] = [];
    const report = await given.say(`confirm ${plan.id} ${id}`, {
      signal: controller.signal,
      onProgress(progress) {
        const words = linesOf(progress)[1] ?? '';
        reported.push(words);
        if (words.includes('6 files')) controller.abort(new Error('stopped'));
      },
    });
    expect(report.headline).toContain('Stopped at step 2 of 2: it was stopped');
    expect(reported).toContain(`… 3 files of ${id} deleted so far`);
    expect(deleted).toHaveLength(6);
    const [goOn] = report.next;
    expect(goOn?.line).toBe(`confirm ${plan.id} ${id}`);
    await given.say(goOn?.line ?? '');
    expect(deleted.toSorted()).toEqual(all.toSorted());
    expect(await filesOf(given)).toEqual([]);
  });

  it('deletes what can be deleted and reports what is locked', async () => {
    const { around } = paged((key) => key.includes('T0925Z'));
    const { given, id } = await givenFlowLog({ around });
    const locked = (await filesOf(given)).filter((key) => key.includes('T0925Z'));
    const report = await given.done(`teardown ${id} files=delete`);
    expect(report.headline).toMatch(
      new RegExp(
        `^Stopped at step 2 of 2: \\d+ files deleted, ${locked.length} still there: .*Access Denied \\(AccessDenied\\)\\. An object lock`,
      ),
    );
    expect(await filesOf(given)).toEqual(locked);
  });

  it('that may not be listed changes nothing, and says which permission is missing', async () => {
    const { given, id } = await givenFlowLog();
    const denied = await givenSample({
      folder: given.folder,
      around: (cloud) =>
        withFault(cloud, {
          buckets: () => ({
            async *pages() {
              yield [];
              throw fault('denied', 's3:ListBucket', 'Access Denied');
            },
          }),
        }),
    });
    await expect(denied.say(`teardown ${id}`)).rejects.toMatchObject({
      code: 'denied',
      call: 's3:ListBucket',
    });
  });
});

it('a flow log that delivers to CloudWatch Logs is deleted, and its log group stays', async () => {
  const given = await givenSample();
  const role = 'arn:aws:iam::123456789012:role/flow-logs';
  await given.done(`setup ${SUBNET} to=cloudwatch group=/logs role=${role}`);
  const id = (await given.state()).flowLogs[0]?.id ?? '';
  const { plan } = await given.planned(`teardown ${id}`);
  expect(linesOf(plan)).toContain('The log group /logs and its events stay, for as long as it keeps them.');
  expect(plan.steps.map(({ kind }) => kind)).toEqual(['delete-flow-log']);
  await given.done(`teardown ${id}`);
  expect((await given.state()).flowLogs).toEqual([]);
});
