import { expect, inject, it } from 'vitest';
import { integration } from '../../../src/operations/integration.ts';
import { givenAws } from '../../aws/given-aws.ts';
import { script, xml } from '../../fakes/aws/answers.ts';
import { BUILT_IN, givenSample } from '../../support/given-sample.ts';
import { withFault } from '../../support/with-fault.ts';
import { type ModelledCall, modelSays } from './model-says.ts';

const LOADS = integration.args.load.choices ?? [];

/** What AWS may write into a template that XML, YAML or a narrow reader could spoil. */
const TEMPLATE = 'AWSTemplateFormatVersion: "2010-09-09"\nDescription: <a> & b ]]> é 🙂\n  - \'x\'\n';

/** The call that `integration` is to make, by the names of AWS's model. */
function callFor(load: string): ModelledCall {
  return {
    operation: 'GetFlowLogsIntegrationTemplate',
    params: {
      FlowLogId: BUILT_IN,
      ConfigDeliveryS3DestinationArn: 'arn:aws:s3:::sample-flow-logs/athena-integration/',
      IntegrateServices: {
        AthenaIntegrations: [
          {
            IntegrationResultS3DestinationArn: 'arn:aws:s3:::sample-flow-logs/athena-results/',
            PartitionLoadFrequency: load,
          },
        ],
      },
    },
    output: { Result: TEMPLATE },
  };
}

/** What a person types, with the real operation and the real SDK behind it; EC2 answers with `reply`. */
async function typed(load: string, reply: string) {
  const { aws, site } = await givenAws(script({ GetFlowLogsIntegrationTemplate: [xml(reply)] }));
  const { integrationTemplate } = site.flowLogs;
  const given = await givenSample({
    around: (cloud) => withFault(cloud, { flowLogs: () => ({ integrationTemplate }) }),
  });
  const report = await given.say(`integration ${BUILT_IN} load=${load}`);
  return { report, sent: aws.calls.filter(({ action }) => action === 'GetFlowLogsIntegrationTemplate') };
}

it("`integration` offers every load that botocore's model takes", async () => {
  const { faults } = await modelSays(inject('programs'), callFor('hourly'));
  expect(faults).toEqual([expect.stringMatching(/^PartitionLoadFrequency is one of [a-z, ]+, not hourly$/)]);
  const [, taken = ''] = /one of (.*), not/.exec(faults[0] ?? '') ?? [];
  expect(LOADS.toSorted()).toEqual(taken.split(', ').toSorted());
});

it.each(LOADS)('`integration` sends load=%s as botocore would, and reads the reply', async (load) => {
  const { faults, request, reply = '' } = await modelSays(inject('programs'), callFor(load));
  expect(faults).toEqual([]);
  const { report, sent } = await typed(load, reply);
  expect(sent.map(({ method, path, params }) => ({ method, path, form: params }))).toEqual([request]);
  expect(report.file?.text).toBe(TEMPLATE);
});

it.each([
  ['a name that it does not know', { Flowlog: 'fl-1' }, 'Unknown parameter'],
  ['the lack of what it requires', { FlowLogId: undefined }, 'Missing required parameter'],
])('is judged by one who minds %s', async (_, changes, reason) => {
  const { params, ...call } = callFor('daily');
  const said = await modelSays(inject('programs'), { ...call, params: { ...params, ...changes } });
  expect(said.faults).toEqual([expect.stringContaining(reason)]);
});
