import type { EC2, Filter, UnsuccessfulItem } from '@aws-sdk/client-ec2';
import { CloudError } from '../../../core/lake/cloud.ts';
import type { FlowLog, FlowLogFilter, FlowLogs, Unsuccessful } from '../../../core/lake/flow-logs.ts';
import { calling } from '../../fault/calling.ts';
import { type Conditions, filterBatches } from '../filter-batches.ts';
import { allPages } from '../pages.ts';
import { createRequest } from './create-request.ts';
import { integrationRequest } from './integration-request.ts';
import { readFlowLog } from './read-flow-log.ts';

/** Flow logs of one region, as one account. */
export function createAwsFlowLogs(ec2: () => Promise<EC2>, region: string): FlowLogs {
  return {
    async describe(filter, signal) {
      const batches = filterBatches(conditions(filter)).map((filters) => describe(ec2, filters, signal));
      const found = (await Promise.all(batches)).flat();
      return found.toSorted((a, b) => a.createdAt.getTime() - b.createdAt.getTime());
    },
    async create(wanted, token, signal) {
      // Elsewhere the SDK makes a token up; here it does not.
      const request = { ...createRequest(wanted, region), ClientToken: token };
      const created = await calling('ec2:CreateFlowLogs', signal, async () =>
        (await ec2()).createFlowLogs(request, { abortSignal: signal }),
      );
      return { ids: created.FlowLogIds ?? [], unsuccessful: readUnsuccessful(created.Unsuccessful) };
    },
    async mayCreate(wanted, signal) {
      const request = { ...createRequest(wanted, region), DryRun: true };
      const asked = calling('ec2:CreateFlowLogs', signal, async () =>
        (await ec2()).createFlowLogs(request, { abortSignal: signal }),
      );
      // A dry run never answers: its success is a fault of this name.
      await asked.catch((error: unknown) => {
        if (!(error instanceof CloudError && error.fault === 'DryRunOperation')) throw error;
      });
    },
    async delete(ids, signal) {
      const deleted = await calling('ec2:DeleteFlowLogs', signal, async () =>
        (await ec2()).deleteFlowLogs({ FlowLogIds: [...ids] }, { abortSignal: signal }),
      );
      return readUnsuccessful(deleted.Unsuccessful);
    },
    async integrationTemplate(wanted, signal) {
      const request = integrationRequest(wanted, region);
      const template = await calling('ec2:GetFlowLogsIntegrationTemplate', signal, async () =>
        (await ec2()).getFlowLogsIntegrationTemplate(request, { abortSignal: signal }),
      );
      return template.Result ?? '';
    },
  };
}

/** By filters also for ids: asked for by `FlowLogIds`, one that is gone would fail the whole call. */
function conditions({ ids, resourceIds, tag }: FlowLogFilter): Conditions {
  return {
    'flow-log-id': ids,
    'resource-id': resourceIds,
    ...(tag && { [`tag:${tag.key}`]: [tag.value] }),
  };
}

async function describe(
  ec2: () => Promise<EC2>,
  filters: readonly Filter[],
  signal: AbortSignal,
): Promise<readonly FlowLog[]> {
  const logs = await allPages((NextToken) =>
    calling('ec2:DescribeFlowLogs', signal, async () => {
      const request = { Filter: [...filters], ...(NextToken !== undefined && { NextToken }) };
      const page = await (await ec2()).describeFlowLogs(request, { abortSignal: signal });
      return { items: page.FlowLogs ?? [], next: page.NextToken };
    }),
  );
  return logs.map(readFlowLog);
}

function readUnsuccessful(items: readonly UnsuccessfulItem[] | undefined): readonly Unsuccessful[] {
  return (items ?? []).map(({ ResourceId = '', Error: fault }) => ({
    id: ResourceId,
    code: fault?.Code ?? '',
    message: fault?.Message ?? '',
  }));
}
