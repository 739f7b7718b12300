import type { Athena } from '@aws-sdk/client-athena';
import type { CloudError } from '../../../core/lake/cloud.ts';
import type { WantedWorkgroup, Workgroup } from '../../../core/lake/tables.ts';
import { callingOrNothing } from '../../fault/calling.ts';

/** Athena has one fault for all that is wrong with a request, and tells them apart in its words. */
const isNotThere = ({ fault, message }: CloudError) =>
  fault === 'InvalidRequestException' && /not found/i.test(message);
const isThere = ({ fault, message }: CloudError) =>
  fault === 'InvalidRequestException' && /already (exists|created)/i.test(message);

/** A workgroup as it stands; undefined when there is none of that name. */
export async function findWorkgroup(
  athena: Athena,
  name: string,
  signal: AbortSignal,
): Promise<Workgroup | undefined> {
  const found = await callingOrNothing('athena:GetWorkGroup', isNotThere, signal, () =>
    athena.getWorkGroup({ WorkGroup: name }, { abortSignal: signal }),
  );
  if (!found?.WorkGroup) return undefined;
  const { Configuration } = found.WorkGroup;
  return {
    name,
    resultLocation: Configuration?.ResultConfiguration?.OutputLocation,
    scanLimitBytes: Configuration?.BytesScannedCutoffPerQuery,
    enforced: Configuration?.EnforceWorkGroupConfiguration ?? false,
  };
}

/** Makes a workgroup with encrypted results, a limit for each query and its numbers in CloudWatch. */
export async function createWorkgroup(
  athena: Athena,
  { name, resultLocation, scanLimitBytes }: WantedWorkgroup,
  signal: AbortSignal,
): Promise<void> {
  const request = {
    Name: name,
    Configuration: {
      ResultConfiguration: {
        OutputLocation: resultLocation,
        EncryptionConfiguration: { EncryptionOption: 'SSE_S3' as const },
      },
      EnforceWorkGroupConfiguration: true,
      PublishCloudWatchMetricsEnabled: true,
      BytesScannedCutoffPerQuery: scanLimitBytes,
    },
  };
  await callingOrNothing('athena:CreateWorkGroup', isThere, signal, () =>
    athena.createWorkGroup(request, { abortSignal: signal }),
  );
}
