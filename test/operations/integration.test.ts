import { expect, it } from 'vitest';
import type { WantedIntegration } from '../../src/core/lake/flow-logs.ts';
import { failureWords } from '../../src/render/failure.ts';
import { BUILT_IN, givenSample, linesOf } from '../support/given-sample.ts';
import { withFault } from '../support/with-fault.ts';

it("`integration` attaches the template of AWS as a file, with the flow log's own bucket for everything", async () => {
  const asked: WantedIntegration[] = [];
  const given = await givenSample({
    around: (cloud) =>
      withFault(cloud, {
        flowLogs: () => ({
          async integrationTemplate(wanted) {
            asked.push(wanted);
            return 'Resources: {}';
          },
        }),
      }),
  });
  const report = await given.say(`integration ${BUILT_IN} load=weekly`);
  expect(asked).toEqual([
    {
      flowLogId: BUILT_IN,
      templateLocation: 's3://sample-flow-logs/athena-integration/',
      resultLocation: 's3://sample-flow-logs/athena-results/',
      partitionLoad: 'weekly',
    },
  ]);
  expect(report.headline).toBe(`AWS's template for ${BUILT_IN}, which loads partitions weekly`);
  expect(report.file).toEqual({ name: `${BUILT_IN}-athena-integration.yml`, text: 'Resources: {}' });
  expect(linesOf(report)[1]).toBe('AWS keeps a copy under s3://sample-flow-logs/athena-integration/.');
  expect(report.next.map(({ line }) => line)).toEqual([`table ${BUILT_IN}`]);
});

it('`integration` says that the sample network has no template', async () => {
  const given = await givenSample();
  const error = await given.say(`integration ${BUILT_IN}`).catch((caught: unknown) => caught);
  expect(failureWords(error, '').problem).toContain('the sample network is not in AWS');
});
