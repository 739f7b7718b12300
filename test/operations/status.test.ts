import { describe, expect, it } from 'vitest';
import { inFolder, lakeOfSource } from '../../src/playground/aws/cloud/read-folders.ts';
import { BUILT_IN, ENI, givenSample, linesOf, SUBNET, VPC } from '../support/given-sample.ts';
import { fault, withFault } from '../support/with-fault.ts';

describe('`status` of one flow log', () => {
  it('shows delivery, newest file, table and what comes next', async () => {
    const given = await givenSample();
    const report = await given.say(`status ${BUILT_IN}`);
    expect(report.headline).toBe(`Flow log ${BUILT_IN} is delivering`);
    expect(report.sections[0]?.table?.rows).toEqual([
      [BUILT_IN, `${VPC} sample`, 'ALL', 'succeeding', '24 Nov 2026 09:25 UTC, 5 min ago', 'none', '-'],
    ]);
    expect(report.next.map(({ line }) => line)).toEqual([`table ${BUILT_IN}`, `files ${BUILT_IN}`]);
  });

  it('of ours can be torn down from there', async () => {
    const given = await givenSample();
    await given.done(`setup ${SUBNET}`);
    const id = (await given.state()).flowLogs[0]?.id;
    expect((await given.say(`status ${id}`)).next.map(({ line }) => line)).toContain(`teardown ${id}`);
  });

  it('that delivers to CloudWatch Logs says whether events come, and offers neither files nor a table', async () => {
    const given = await givenSample();
    const role = 'arn:aws:iam::123456789012:role/flow-logs';
    await given.done(`setup ${SUBNET} to=cloudwatch group=/logs role=${role}`);
    const id = (await given.state()).flowLogs[0]?.id ?? '';
    const fresh = await given.say(`status ${id}`);
    expect(linesOf(fresh).join('\n')).toContain(
      `${id} has no events yet: first ones take five minutes or more.`,
    );
    await given.pass(30);
    const report = await given.say(`status ${id}`);
    expect(report.sections[0]?.table?.rows[0]?.slice(4)).toEqual(['in the last hour', 'not needed', '-']);
    expect(report.next.map(({ line }) => line)).toEqual([`teardown ${id}`]);
    expect((await given.refused(`table ${id}`)).problem).toBe(
      `${id} delivers to CloudWatch Logs (\`/logs\`): it has neither files nor a table.`,
    );
  });

  it('says what cannot be asked of it, when it ends, and that it is late', async () => {
    const given = await givenSample();
    await given.done(`setup ${SUBNET} format=default traffic=accept for=2h`);
    const id = (await given.state()).flowLogs[0]?.id;
    const idle = await givenSample({ folder: given.folder });
    await idle.pass(0);
    const lines = linesOf(await given.say(`status ${id}`));
    expect(lines[0]).toBe(`${id} records accepted traffic only.`);
    expect(lines[1]).toBe(`${id} deletes itself after 24 Nov 2026 11:30 UTC.`);
    expect(lines).toContain(
      `${id} does not record pkt-srcaddr, pkt-dstaddr: pods, secondary addresses and hosts behind NAT are not seen.`,
    );
    expect(lines).toContain(
      `${id} does not record tcp-flags: who opened a connection is derived from ports.`,
    );
  });

  it('compares its table, and counts its partitions', async () => {
    const given = await givenSample();
    await given.done(`setup ${SUBNET}`);
    const id = (await given.state()).flowLogs[0]?.id ?? '';
    const name = id.replace('-', '_');
    await given.done(`table ${id}`);
    const cells = async () => (await given.say(`status ${id}`)).sections[0]?.table?.rows[0]?.slice(-2);
    expect(await cells()).toEqual([`flowlog.${name}`, 'worked out by Athena']);
    await given.done(`table ${id} mode=partitions replace=yes`);
    expect(await cells()).toEqual([`flowlog.${name}`, 'none']);
    await given.done(`partitions ${id} 2026-11-24`);
    expect(await cells()).toEqual([`flowlog.${name}`, '1, 2026/11/24/09 to 2026/11/24/09']);
  });

  it('of which delivery fails says why and where to look', async () => {
    const given = await givenSample({
      around: (cloud) =>
        withFault(cloud, {
          flowLogs: (real) => ({
            describe: async (filter, signal) =>
              (await real.describe(filter, signal)).map((each) => ({
                ...each,
                delivery: { status: 'failing', error: 'Access error' },
              })),
          }),
        }),
    });
    const report = await given.say('status');
    expect(report.headline).toBe('1 flow log needs a look');
    expect(linesOf(report)[0]).toBe(
      `AWS cannot deliver ${BUILT_IN}: Access error. Look at the policy and the encryption of sample-flow-logs.`,
    );
  });

  it('that has not delivered for a while says so', async () => {
    const given = await givenSample();
    await given.pass(90);
    const report = await given.say(`status ${BUILT_IN}`);
    expect(linesOf(report)[0]).toBe(
      `The newest file of ${BUILT_IN} is 95 minutes old: nothing flows, or delivery has stopped.`,
    );
  });
});

describe('`status` of a network', () => {
  it.each([
    [VPC, 2],
    [SUBNET, 2],
    [ENI, 2],
    ['eni-0f10f10f10f10f005', 1],
    ['i-0f10f10f10f10f001', 2],
    ['subnet-0f10f10f10f100021', 1],
  ])('%s has %i', async (of, amount) => {
    const given = await givenSample();
    await given.done(`setup ${SUBNET}`);
    const report = await given.say(`status ${of}`);
    expect(report.sections[0]?.table?.rows).toHaveLength(amount);
    expect(report.headline).toMatch(new RegExp(` that records? ${of}`));
  });

  it('without a flow log offers to set one up', async () => {
    const describe = async () => [];
    const given = await givenSample({
      around: (cloud) => withFault(cloud, { flowLogs: () => ({ describe }) }),
    });
    const report = await given.say(`status ${SUBNET}`);
    expect(report.headline).toBe(`There are no flow logs that record ${SUBNET}`);
    expect(report.next.map(({ line }) => line)).toEqual([`setup ${SUBNET}`]);
    expect((await given.say('status')).next.map(({ line }) => line)).toEqual(['sources']);
  });

  it('that does not exist is refused', async () => {
    const given = await givenSample();
    expect((await given.refused('status i-0a1b2c3d4e5f60718')).problem).toBe(
      'There is no instance `i-0a1b2c3d4e5f60718` with a network interface here.',
    );
  });
});

it('`status` of all flow logs is shown although the files of one may not be listed', async () => {
  const given = await givenSample();
  await given.done(`setup ${SUBNET}`);
  const id = (await given.state()).flowLogs[0]?.id ?? '';
  const denied = await givenSample({
    folder: given.folder,
    async storedRangeOf(source, signal) {
      if (source.name === id) throw fault('denied', 's3:ListBucket', 'Access Denied');
      return lakeOfSource(given.folder, inFolder(source)).storedRange(signal);
    },
  });
  const report = await denied.say('status');
  expect(report.headline).toBe('1 of 2 flow logs needs a look');
  expect(report.sections[0]?.table?.rows.map((row) => row[4])).toEqual([
    '24 Nov 2026 09:25 UTC, 5 min ago',
    'not known',
  ]);
  expect(linesOf(report)[0]).toBe(
    `The files of ${id} cannot be listed: \`s3:ListBucket\` failed with UnauthorizedOperation: Access Denied. ` +
      'Give the role of flowlog that permission: the policies are in deploy/iam.',
  );
});

describe('`status` of all flow logs', () => {
  it('says how many questions run and wait', async () => {
    const linesWith = async (queue: { readonly running: number; readonly waiting: number }) =>
      linesOf(await (await givenSample({ queue })).say('status'));
    expect(await linesWith({ running: 2, waiting: 14 })).toContain('2 questions run, and 14 wait.');
    expect(await linesWith({ running: 1, waiting: 1 })).toContain('1 question runs, and 1 waits.');
    expect(await linesWith({ running: 0, waiting: 0 })).toContain('No question runs or waits.');
  });

  it('does not say it of one of them', async () => {
    const given = await givenSample({ queue: { running: 2, waiting: 14 } });
    expect(linesOf(await given.say(`status ${BUILT_IN}`))).not.toContain('2 questions run, and 14 wait.');
  });
});

it('`status` of all says what is half done, why, and how to go on', async () => {
  const given = await givenSample({
    around: (cloud) =>
      withFault(cloud, {
        flowLogs: () => ({ create: () => Promise.reject(fault('denied', 'ec2:CreateFlowLogs', 'not you')) }),
      }),
  });
  const { id } = await given.planned(`setup ${SUBNET}`);
  await given.say(`confirm ${id}`, { person: 'U7' });
  const report = await given.say('status');
  const words = report.sections.find(({ title }) => title === 'Half done')?.lines?.join(' ') ?? '';
  expect(words).toMatch(
    new RegExp(
      `^Set up a flow log on ${SUBNET} .*\\(\`${id}\`, confirmed by U7, 24 Nov 2026 09:30:20 UTC\\): ` +
        `2 of 4 steps are done, then: .*ec2:CreateFlowLogs.*not you\\. .*[^.]\\. \`confirm ${id}\` goes on\\.$`,
    ),
  );
  expect(report.people).toEqual(['U7']);
  const again = await givenSample({ folder: given.folder, store: given.store });
  await again.say(`confirm ${id}`);
  expect((await again.say('status')).sections.some(({ title }) => title === 'Half done')).toBe(false);
});

it('`status` of all says of what a process left in the middle that it goes on, and after two hours how', async () => {
  const given = await givenSample();
  const { id } = await given.planned(`setup ${SUBNET}`);
  await given.store.journal.claim(id, 'r1', 'U7', given.now());
  const said = async () =>
    (await given.say('status')).sections.find(({ title }) => title === 'Half done')?.lines?.[0] ?? '';
  expect(await said()).toMatch(/: 0 of 4 steps are done; it goes on\.$/);
  await given.pass(120);
  expect(await said()).toContain(`0 of 4 steps are done, then it stopped. \`confirm ${id}\` goes on.`);
});
