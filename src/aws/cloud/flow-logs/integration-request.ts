import type { GetFlowLogsIntegrationTemplateRequest } from '@aws-sdk/client-ec2';
import type { WantedIntegration } from '../../../core/lake/flow-logs.ts';
import { locationArn } from '../../arn/bucket-arn.ts';

/** The request for AWS's own template; it takes places in S3 as ARNs. */
export function integrationRequest(
  { flowLogId, templateLocation, resultLocation, partitionLoad }: WantedIntegration,
  region: string,
): GetFlowLogsIntegrationTemplateRequest {
  return {
    FlowLogId: flowLogId,
    ConfigDeliveryS3DestinationArn: locationArn(templateLocation, region),
    IntegrateServices: {
      AthenaIntegrations: [
        {
          IntegrationResultS3DestinationArn: locationArn(resultLocation, region),
          PartitionLoadFrequency: partitionLoad,
        },
      ],
    },
  };
}
