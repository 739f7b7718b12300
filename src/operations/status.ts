import type { QueueAmounts } from '../core/answer/turns.ts';
import { type CloudSource, isOnS3 } from '../core/lake/log-source.ts';
import { optional } from '../core/line/argument.ts';
import { defineOperation } from '../core/operation/operation.ts';
import type { Report } from '../core/operation/report.ts';
import { plural } from '../core/wording.ts';
import { sourceName } from './arguments/names.ts';
import { coveringSources, namesResource } from './plan/find-source.ts';
import { missingWords, type SourceStatus, statusOf } from './plan/source-status.ts';
import { unfinishedOperations } from './plan/unfinished.ts';

export const status = defineOperation({
  name: 'status',
  summary: 'How a flow log is: delivery, newest file, table, partitions, and what it cannot answer',
  about:
    'Of one flow log, or of those that record a VPC, a subnet, an interface or an instance, or of all. The lag is the ' +
    'time since the newest file: up to fifteen minutes is usual. Of all, it says too how many questions run and wait, and ' +
    'which operations are half done.',
  args: { of: optional(sourceName('vpc', 'subnet', 'eni', 'i')) },

  async act({ of }, context): Promise<Report> {
    const { sources, others, problems } = await coveringSources(of, context);
    const statuses = await Promise.all(sources.map((source) => statusOf(source, context)));
    const halfDone = of === undefined ? await unfinishedOperations(context) : { sections: [] };
    return {
      headline: headlineOf(of, statuses, problems.length > 0),
      sections: [
        ...(statuses.length === 0 ? [] : [{ table: { columns: COLUMNS, rows: statuses.map(rowOf) } }]),
        ...statuses
          .map(({ source, doubts }) => ({ lines: [...doubts, ...missingWords(source, context.catalog)] }))
          .filter(({ lines }) => lines.length > 0),
        ...halfDone.sections,
        ...(others.length === 0 ? [] : [{ title: 'Not asked', lines: others }]),
        ...(problems.length === 0
          ? []
          : [{ title: 'Did not answer, so there may be more', lines: problems }]),
        ...(of === undefined ? [{ lines: [queueLine(context.queue())] }] : []),
      ],
      next: nextOf(of, statuses),
      ...(halfDone.people && { people: halfDone.people }),
    };
  },
});

/** `2 questions run, and 14 wait.` */
function queueLine({ running, waiting }: QueueAmounts): string {
  if (running + waiting === 0) return 'No question runs or waits.';
  return `${plural(running, 'question runs', 'questions run')}, and ${waiting} ${waiting === 1 ? 'waits' : 'wait'}.`;
}

const COLUMNS = ['Flow log', 'Records', 'Traffic', 'Delivery', 'Newest file', 'Table', 'Partitions'];

function headlineOf(of: string | undefined, statuses: readonly SourceStatus[], more: boolean): string {
  const isByName = of !== undefined && !namesResource(of);
  const verb = statuses.length === 1 ? 'records' : 'record';
  const about = of === undefined ? '' : isByName ? ` ${of}` : ` that ${verb} ${of}`;
  if (statuses.length === 0)
    return more
      ? `No flow logs${about} were found, but not every region answered`
      : `There are no flow logs${about}`;
  const failing = statuses.filter(({ healthy }) => !healthy).length;
  const isOneByName = isByName && statuses.length === 1;
  const amount = `${isOneByName ? 'Flow log' : plural(statuses.length, 'flow log')}${about}`;
  if (failing === 0) return `${amount} ${statuses.length === 1 ? 'is' : 'are'} delivering`;
  return `${failing === statuses.length ? '' : `${failing} of `}${amount} ${failing === 1 ? 'needs' : 'need'} a look`;
}

function rowOf({ source, delivery, newest, table, partitions }: SourceStatus): readonly string[] {
  return [source.name, recorded(source), source.trafficType ?? 'ALL', delivery, newest, table, partitions];
}

function recorded({ resource }: CloudSource): string {
  if (resource === undefined) return 'something that is gone';
  return `${resource.id}${resource.name === '' ? '' : ` ${resource.name}`}`;
}

function nextOf(of: string | undefined, statuses: readonly SourceStatus[]): Report['next'] {
  const [only] = statuses;
  if (statuses.length === 0)
    return of === undefined || !namesResource(of) || of.startsWith('i-')
      ? [{ label: 'All sources', line: 'sources', press: 'ask' }]
      : [{ label: 'Set one up', line: `setup ${of}`, press: 'ask' }];
  if (only === undefined || statuses.length > 1) return [];
  const ofFiles = isOnS3(only.source);
  return [
    ...(only.hasTable || !ofFiles
      ? []
      : [{ label: 'Make its table', line: `table ${only.source.name}`, press: 'ask' as const }]),
    ...(ofFiles ? [{ label: 'Its files', line: `files ${only.source.name}`, press: 'ask' as const }] : []),
    ...(only.ours
      ? [{ label: 'Tear down…', line: `teardown ${only.source.name}`, press: 'ask' as const }]
      : []),
  ];
}
