import { describe, expect, it } from 'vitest';
import { BUILT_IN, type GivenSample, givenSample, linesOf, SUBNET } from '../support/given-sample.ts';
import { withFault } from '../support/with-fault.ts';

async function givenFlowLog(): Promise<{ given: GivenSample; id: string }> {
  const given = await givenSample();
  await given.done(`setup ${SUBNET} files=text`);
  return { given, id: (await given.state()).flowLogs[0]?.id ?? '' };
}

describe('the plan', () => {
  it('creates the new one, waits for its first file, and only then deletes', async () => {
    const { given, id } = await givenFlowLog();
    const { plan } = await given.planned(`replace ${id} interval=600`);
    expect(plan.headline).toBe(`Replace ${id} on ${SUBNET} by a new flow log`);
    expect(plan.steps.map(({ kind }) => kind)).toEqual([
      'merge-bucket-policy',
      'create-flow-log',
      'wait-for-first-file',
      'delete-flow-log',
    ]);
    expect(plan.steps[1]?.calls[0]).toContain(`flowlog-123456789012-us-east-1/${SUBNET}-2/`);
    expect(plan.steps[1]?.calls[0]).toContain('MaxAggregationInterval=600');
    expect(linesOf(plan)[0]).toBe(
      'Until the old one is deleted both record, and both are paid for: some fifteen minutes.',
    );
    expect((await given.state()).flowLogs.map((each) => each.id)).toEqual([id]);
  });

  it('leaves alone what flowlog did not make', async () => {
    const given = await givenSample();
    expect(await given.refused(`replace ${BUILT_IN}`)).toEqual({
      problem: `The flow log \`${BUILT_IN}\` was not made by flowlog, so it is left alone.`,
      next: 'Set up a second one with `setup`, and let the owner of the old one delete it.',
    });
  });
});

describe('carrying it out', () => {
  it('leaves one flow log, the new one, and the files of the old', async () => {
    const { given, id } = await givenFlowLog();
    const report = await given.done(`replace ${id}`);
    const { flowLogs } = await given.state();
    expect(flowLogs).toHaveLength(1);
    expect(flowLogs[0]?.id).not.toBe(id);
    expect(flowLogs[0]).toMatchObject({ resourceId: SUBNET, destination: { files: { format: 'parquet' } } });
    expect(report.next[0]?.line).toBe(`table ${flowLogs[0]?.id}`);
    const signal = new AbortController().signal;
    const [site] = await given.cloud.sites(signal);
    const names: string[] = [];
    for await (const page of site?.buckets.pages('flowlog-123456789012-us-east-1', '', signal) ?? [])
      names.push(...page.map(({ key }) => key));
    expect(names.some((key) => key.includes(`_${id}_`))).toBe(true);
    expect((await given.refused(`replace ${id}`)).problem).toContain('There is no flow log');
  });

  it('keeps the old one when the new one does not deliver', async () => {
    const { given, id } = await givenFlowLog();
    const failing = await givenSample({
      folder: given.folder,
      around: (cloud) =>
        withFault(cloud, {
          flowLogs: (real) => ({
            describe: async (filter, signal) =>
              (await real.describe(filter, signal)).map((each) =>
                each.id === id ? each : { ...each, delivery: { status: 'failing', error: 'Access error' } },
              ),
          }),
        }),
    });
    const report = await failing.done(`replace ${id}`);
    expect(report.headline).toContain('Stopped at step 3 of 4: AWS cannot deliver');
    expect((await given.state()).flowLogs.map((each) => each.id)).toContain(id);
  });
});
