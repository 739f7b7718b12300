import { describe, expect, it } from 'vitest';
import { Interrupted } from '../../src/core/answer/turns.ts';
import type { Report } from '../../src/core/operation/report.ts';
import { reportText } from '../../src/render/answer-text.ts';
import { type GivenSample, givenSample, linesOf, SUBNET, VPC } from '../support/given-sample.ts';
import { fault, withFault } from '../support/with-fault.ts';

const BUCKET = 'flowlog-123456789012-us-east-1';

/** Stops an operation when a step is shown as done. */
function stoppingAfter(step: number, reason: unknown) {
  const controller = new AbortController();
  const onProgress = (report: Report) => {
    const marks = linesOf(report).join('\n').split('\n');
    if (marks[step - 1]?.startsWith('✓')) controller.abort(reason);
  };
  return { signal: controller.signal, onProgress };
}

/** How far an operation is, a mark for each step. */
async function marks({ store }: GivenSample, id: string): Promise<readonly string[]> {
  return (await store.journal.find(id))?.steps.map(({ state }) => state) ?? [];
}

describe('confirming', () => {
  it('twice at once is carried out once, and the second person gets the name of the first', async () => {
    const given = await givenSample();
    const { id } = await given.planned(`setup ${SUBNET}`);
    const ends = await Promise.allSettled(
      ['U1', 'U2'].map((person) => given.say(`confirm ${id}`, { person })),
    );
    expect(ends.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    const lost = ends.find((end) => end.status === 'rejected');
    expect(lost?.reason.message).toMatch(
      new RegExp(`^\`${id}\` is being done already, confirmed by U[12]\\.$`),
    );
    expect((await given.state()).flowLogs).toHaveLength(1);
  });

  it('is refused for a person without the right before anything begins', async () => {
    const given = await givenSample({ operators: ['UOPS'] });
    const report = await given.say(`setup ${SUBNET}`);
    expect(linesOf(report).at(-1)).toMatch(
      /You may not confirm it; a person with that right can, in this thread\.$/,
    );
    const { id } = await given.planned(`setup ${SUBNET}`);
    const before = await given.state();
    expect(await given.refused(`confirm ${id}`)).toEqual({
      problem: `You may not confirm \`${id}\`.`,
      next: 'Ask one of UOPS.',
    });
    expect(await given.state()).toEqual(before);
    expect((await given.say(`confirm ${id}`, { person: 'UOPS' })).headline).toMatch(/^Done/);
  });

  it('is too late after a quarter of an hour: what was seen may have changed', async () => {
    const given = await givenSample();
    const { id } = await given.planned(`setup ${SUBNET}`);
    await given.pass(60);
    expect(await given.refused(`confirm ${id}`)).toEqual({
      problem: `The plan \`${id}\` is 60 minutes old, and what it saw may have changed; nothing was done.`,
      next: `setup ${SUBNET}`,
    });
    const another = await given.planned(`setup ${SUBNET}`);
    await given.pass(14);
    expect((await given.say(`confirm ${another.id}`)).headline).toMatch(/^Done/);
  });

  it('needs a plan that is there', async () => {
    const given = await givenSample();
    expect(await given.refused('confirm op-nothing0')).toEqual({
      problem: 'There is no plan `op-nothing0`.',
      next: 'Plan again: the id is shown with the plan.',
    });
  });

  it('of what was cancelled does nothing', async () => {
    const given = await givenSample();
    const { id } = await given.planned(`setup ${SUBNET}`);
    await given.say(`cancel ${id}`);
    expect((await given.refused(`confirm ${id}`)).problem).toBe(`\`${id}\` was cancelled.`);
    expect((await given.state()).flowLogs).toEqual([]);
  });
});

describe('a word that must be typed', () => {
  async function givenTeardown() {
    const given = await givenSample();
    await given.done(`setup ${SUBNET}`);
    const flowLog = (await given.state()).flowLogs[0]?.id ?? '';
    const { id } = await given.planned(`teardown ${flowLog} files=delete`);
    return { given, flowLog, id };
  }

  it('is asked for, and a wrong one deletes nothing', async () => {
    const { given, flowLog, id } = await givenTeardown();
    const next = `Type \`confirm ${id} ${flowLog}\`.`;
    expect(await given.refused(`confirm ${id}`)).toEqual({
      problem: `Nothing was typed to confirm \`${id}\`, which deletes for good; nothing was done.`,
      next,
    });
    expect(await given.refused(`confirm ${id} yes`)).toEqual({
      problem: `\`yes\` was typed to confirm \`${id}\`, which deletes for good; nothing was done.`,
      next,
    });
    expect((await given.state()).flowLogs).toHaveLength(1);
    expect((await given.say(`confirm ${id} ${flowLog}`)).headline).toMatch(/^Done/);
  });

  it('is shown with a button that opens the line for typing', async () => {
    const { given, flowLog } = await givenTeardown();
    const report = await given.say(`teardown ${flowLog} files=delete`);
    expect(report.next[0]).toMatchObject({ label: 'Do it…', press: 'form', style: 'danger' });
    expect(report.next[0]?.line).toMatch(/^confirm op-\w+$/);
    expect(linesOf(report).at(-1)).toMatch(new RegExp(`\`confirm op-\\w+ ${flowLog}\` does it`));
  });

  it('is done by the line that a terminal shows, unchanged', async () => {
    const { given, flowLog } = await givenTeardown();
    const shown = reportText(await given.say(`teardown ${flowLog} files=delete`), 'flowlog ');
    const line = /^ {2}Do it…: flowlog (.*)$/m.exec(shown)?.[1] ?? '';
    expect((await given.say(line)).headline).toMatch(/^Done/);
  });
});

describe('a restart', () => {
  it('between two steps is gone on with by the same request: what is done is not repeated', async () => {
    const given = await givenSample();
    const { id } = await given.planned(`setup ${SUBNET}`);
    const stopping = { request: 'r1', ...stoppingAfter(1, new Interrupted()) };
    await expect(given.say(`confirm ${id}`, stopping)).rejects.toThrow();
    expect((await given.store.journal.find(id))?.state).toBe('running');
    expect(await marks(given, id)).toEqual(['done', 'running']);

    const created: string[] = [];
    const again = await givenSample({
      folder: given.folder,
      store: given.store,
      around: (cloud) =>
        withFault(cloud, {
          buckets: (real) => ({
            async create(bucket, signal) {
              created.push(bucket);
              await real.create(bucket, signal);
            },
          }),
        }),
    });
    await again.pass(60);
    expect((await again.refused(`confirm ${id}`, { request: 'r2' })).problem).toContain(
      'is being done already',
    );
    expect((await again.say(`confirm ${id}`, { request: 'r1' })).headline).toMatch(/^Done/);
    expect(created).toEqual([]);
    expect(await marks(again, id)).toEqual(['done', 'done', 'done', 'done']);
  });

  it('in the middle of a step begins it again under the same token, and AWS does it once', async () => {
    const tokens: string[] = [];
    const controller = new AbortController();
    const given = await givenSample({
      around: (cloud) =>
        withFault(cloud, {
          flowLogs: (real) => ({
            async create(wanted, token, signal) {
              tokens.push(token);
              const created = await real.create(wanted, token, signal);
              if (tokens.length > 1) return created;
              controller.abort(new Interrupted());
              throw fault('broken', 'ec2:CreateFlowLogs', 'the answer was lost');
            },
          }),
        }),
    });
    const { id } = await given.planned(`setup ${SUBNET}`);
    await expect(given.say(`confirm ${id}`, { request: 'r1', signal: controller.signal })).rejects.toThrow();
    expect((await given.say(`confirm ${id}`, { request: 'r1' })).headline).toMatch(/^Done/);
    expect(tokens).toEqual([`${id}-2`, `${id}-2`]);
    expect((await given.state()).flowLogs).toHaveLength(1);
  });

  it('after the last step reports what was done, not that it was too late', async () => {
    const given = await givenSample();
    const { id } = await given.planned(`setup ${SUBNET}`);
    const first = await given.say(`confirm ${id}`, { request: 'r1' });
    expect(await given.say(`confirm ${id}`, { request: 'r1' })).toEqual(first);
  });

  it('that never comes leaves nothing stuck: after two hours another person with the right can go on', async () => {
    const given = await givenSample();
    const { id } = await given.planned(`setup ${SUBNET}`);
    const killed = { request: 'r1', ...stoppingAfter(2, new Interrupted()) };
    await expect(given.say(`confirm ${id}`, killed)).rejects.toThrow();
    await given.pass(119);
    expect((await given.refused(`confirm ${id}`)).problem).toContain('is being done already');
    await given.pass(1);
    expect((await given.say(`confirm ${id}`)).headline).toMatch(/^Done/);
  });
});

describe('a step that fails', () => {
  it('ends it for now; going on, at any time, does not repeat what was done', async () => {
    let broken = true;
    const put: string[] = [];
    const given = await givenSample({
      around: (cloud) =>
        withFault(cloud, {
          buckets: (real) => ({
            async putPolicy(bucket, policy, signal) {
              put.push(bucket);
              await real.putPolicy(bucket, policy, signal);
            },
          }),
          flowLogs: (real) => ({
            async create(...args) {
              if (broken) throw fault('throttled', 'ec2:CreateFlowLogs', 'Request limit exceeded.');
              return real.create(...args);
            },
          }),
        }),
    });
    const report = await given.done(`setup ${SUBNET}`);
    expect(report.headline).toBe(
      'Stopped at step 3 of 4: `ec2:CreateFlowLogs` failed with RequestLimitExceeded: Request limit exceeded. ' +
        'Others are asking too, or AWS asks for a pause: try again in a minute.',
    );
    expect(linesOf(report).map((line) => line[0])).toEqual(['✓', '✓', '✗', '○']);
    const [goOn] = report.next;
    expect(goOn).toMatchObject({ label: 'Go on', press: 'ask' });
    broken = false;
    await given.pass(300);
    expect((await given.say(goOn?.line ?? '')).headline).toMatch(/^Done/);
    expect(put).toEqual([BUCKET]);
  });

  it('with an unexpected error can be resumed too', async () => {
    let broken = true;
    const given = await givenSample({
      around: (cloud) =>
        withFault(cloud, {
          buckets: (real) => ({
            async create(...args) {
              if (broken) throw new TypeError('unforeseen');
              await real.create(...args);
            },
          }),
        }),
    });
    const { id } = await given.planned(`setup ${VPC}`);
    await expect(given.say(`confirm ${id}`)).rejects.toThrow('unforeseen');
    expect((await given.store.journal.find(id))?.state).toBe('failed');
    broken = false;
    expect((await given.say(`confirm ${id}`)).headline).toMatch(/^Done/);
  });

  it('because a person stopped it says so, and can be resumed', async () => {
    const given = await givenSample();
    const { id } = await given.planned(`setup ${SUBNET}`);
    const report = await given.say(`confirm ${id}`, stoppingAfter(2, new Error('stopped by U1')));
    expect(report.headline).toBe('Stopped at step 3 of 4: it was stopped; what was done before stays done.');
    expect((await given.state()).flowLogs).toEqual([]);
    expect((await given.say(`confirm ${id}`)).headline).toMatch(/^Done/);
  });
});

it('progress shows each step as it begins, how far it is, and as it ends', async () => {
  const given = await givenSample();
  const shown: string[] = [];
  const { id } = await given.planned(`setup ${SUBNET}`);
  await given.say(`confirm ${id}`, {
    onProgress: (report) =>
      shown.push(
        linesOf(report)
          .map((line) => line[0])
          .join(''),
      ),
  });
  expect(shown[0]).toBe('…○○○');
  expect(shown).toContain('✓✓…○');
  expect(shown.at(-1)).toBe('✓✓✓✓');
});
