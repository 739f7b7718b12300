import { expect, it } from 'vitest';
import { ec2, script } from '../../../fakes/aws/answers.ts';
import { givenAws, signal } from '../../given-aws.ts';

it('deleteFlowLogs deletes flow logs and reports those that still exist', async () => {
  const left = { resourceId: 'fl-2', error: { code: 'InvalidFlowLogId.NotFound', message: 'gone' } };
  const { aws, site } = await givenAws(script({ DeleteFlowLogs: [ec2({ unsuccessful: [left] })] }));
  expect(await site.flowLogs.delete(['fl-1', 'fl-2'], signal)).toEqual([{ id: 'fl-2', ...left.error }]);
  expect(aws.calls.at(-1)?.params).toMatchObject({ 'FlowLogId.1': 'fl-1', 'FlowLogId.2': 'fl-2' });
});

it('the integration template is requested with S3 places as ARNs', async () => {
  const { aws, site } = await givenAws(
    script({ GetFlowLogsIntegrationTemplate: [ec2({ result: 'AWSTemplateFormatVersion: 2010-09-09' })] }),
  );
  const template = await site.flowLogs.integrationTemplate(
    {
      flowLogId: 'fl-1',
      templateLocation: 's3://logs/templates/',
      resultLocation: 's3://results/',
      partitionLoad: 'daily',
    },
    signal,
  );
  expect(template).toBe('AWSTemplateFormatVersion: 2010-09-09');
  expect(aws.calls.at(-1)?.params).toMatchObject({
    FlowLogId: 'fl-1',
    ConfigDeliveryS3DestinationArn: 'arn:aws:s3:::logs/templates/',
    'IntegrateService.AthenaIntegration.1.IntegrationResultS3DestinationArn': 'arn:aws:s3:::results',
    'IntegrateService.AthenaIntegration.1.PartitionLoadFrequency': 'daily',
  });
});
