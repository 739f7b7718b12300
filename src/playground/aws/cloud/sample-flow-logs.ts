import { DEFAULT_FORMAT } from '../../../core/flow-log/fields.ts';
import { CloudError } from '../../../core/lake/cloud.ts';
import type {
  CreatedFlowLogs,
  FlowLog,
  FlowLogs,
  Unsuccessful,
  WantedFlowLog,
} from '../../../core/lake/flow-logs.ts';
import { SAMPLE_NETWORK } from '../network.ts';
import { SAMPLE_FORMAT } from '../traffic/flow-record.ts';
import { SAMPLE_BUCKET } from './sample-buckets.ts';
import type { SampleFlowLog, SampleState, StateFile } from './sample-state.ts';

export interface SampleFlowLogsParts {
  readonly state: StateFile;
  readonly now: () => Date;
  readonly newId: () => string;
}

const HEX_DIGITS = 17;

/** Flow logs of the sample network: the one on its VPC, and those that were set up. */
export function createSampleFlowLogs({ state, now, newId }: SampleFlowLogsParts): FlowLogs {
  return {
    async describe({ ids, resourceIds, tag }) {
      const { flowLogs } = await state.read();
      return [builtIn(), ...flowLogs.map(describedFlowLog)].filter(
        (each) =>
          (ids === undefined || ids.includes(each.id)) &&
          (resourceIds === undefined || resourceIds.includes(each.resourceId)) &&
          (tag === undefined || each.tags[tag.key] === tag.value),
      );
    },
    mayCreate: () => Promise.resolve(),
    async create(wanted, token) {
      let created: CreatedFlowLogs = { ids: [], unsuccessful: [] };
      // Read and changed in one step: of two calls with the same token at once the second finds what the first created.
      await state.change((current) => {
        const again = current.flowLogs.filter((each) => each.token === token);
        created = { ids: again.map(({ id }) => id), unsuccessful: [] };
        if (again.length > 0) return current;
        const refused = wanted.resourceIds.map((id) => refusal(id, wanted, current));
        const made = wanted.resourceIds
          .filter((_, index) => refused[index]?.length === 0)
          .map((resourceId) => flowLogFor(resourceId, { wanted, token, newId, now }));
        created = { ids: made.map(({ id }) => id), unsuccessful: refused.flat() };
        return { ...current, flowLogs: [...current.flowLogs, ...made] };
      });
      return created;
    },
    async delete(ids) {
      const { flowLogs } = await state.read();
      await state.change((current) => ({
        ...current,
        flowLogs: current.flowLogs.filter(({ id }) => !ids.includes(id)),
      }));
      const there = new Set(flowLogs.map(({ id }) => id));
      return ids
        .filter((id) => !there.has(id))
        .map((id) => ({
          id,
          code: 'InvalidFlowLogId.NotFound',
          message: `The flow log ${id} does not exist`,
        }));
    },
    integrationTemplate: () =>
      Promise.reject(
        new CloudError('refused', {
          call: 'ec2:GetFlowLogsIntegrationTemplate',
          fault: 'NotInTheSample',
          message: 'AWS makes this template itself, and the sample network is not in AWS',
        }),
      ),
  };
}

function flowLogFor(
  resourceId: string,
  {
    wanted,
    token,
    newId,
    now,
  }: Omit<SampleFlowLogsParts, 'state'> & { readonly wanted: WantedFlowLog; readonly token: string },
): SampleFlowLog {
  const digits = newId().replace(/[^0-9a-f]/g, '');
  return {
    id: `fl-${digits.padEnd(HEX_DIGITS, '0').slice(0, HEX_DIGITS)}`,
    token,
    resourceId,
    trafficType: wanted.trafficType,
    maxIntervalSeconds: wanted.maxIntervalSeconds,
    fields: [...(wanted.fields ?? DEFAULT_FORMAT)],
    destination: plainDestination(wanted),
    createdAt: now().toISOString(),
    tags: { ...wanted.tags },
  };
}

function plainDestination({ destination }: WantedFlowLog): SampleFlowLog['destination'] {
  return destination.kind === 's3' ? { ...destination, files: { ...destination.files } } : { ...destination };
}

/** The flow log that the sample network has from the beginning. */
function builtIn(): FlowLog {
  const { flowLogId, vpcId, aggregationSeconds } = SAMPLE_NETWORK;
  return {
    id: flowLogId,
    resourceId: vpcId,
    trafficType: 'ALL',
    fields: SAMPLE_FORMAT,
    destination: {
      kind: 's3',
      bucket: SAMPLE_BUCKET,
      prefix: '',
      files: { format: 'text', hive: false, hourly: false },
    },
    maxIntervalSeconds: aggregationSeconds,
    createdAt: new Date('2026-01-01T00:00:00Z'),
    delivery: { status: 'succeeding', error: '' },
    tags: { Name: 'sample' },
  };
}

function describedFlowLog({ token: _token, createdAt, ...rest }: SampleFlowLog): FlowLog {
  return { ...rest, createdAt: new Date(createdAt), delivery: { status: 'succeeding', error: '' } };
}

/** What AWS would refuse too, in its words. */
function refusal(
  id: string,
  { destination, trafficType }: WantedFlowLog,
  state: SampleState,
): readonly Unsuccessful[] {
  if (destination.kind !== 's3') return [];
  const { bucket } = destination;
  const stored = state.buckets[bucket];
  if (stored === undefined) return [{ id, code: '400', message: `LogDestination: ${bucket} does not exist` }];
  if (!stored.policy?.includes('delivery.logs.amazonaws.com')) {
    const message = `Access Denied for LogDestination: ${bucket}. Please check LogDestination permission`;
    return [{ id, code: '400', message }];
  }
  const same = state.flowLogs.some(
    (each) =>
      each.resourceId === id &&
      each.trafficType === trafficType &&
      JSON.stringify(each.destination) === JSON.stringify(destination),
  );
  const message = 'There is an existing Flow Log with the same configuration and log destination';
  return same ? [{ id, code: 'FlowLogAlreadyExists', message }] : [];
}
