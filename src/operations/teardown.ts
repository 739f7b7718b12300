import { isOnS3, type LogGroupSource, type S3Source } from '../core/lake/log-source.ts';
import { tableNameFor } from '../core/lake/table-for.ts';
import { option, required } from '../core/line/argument.ts';
import { oneOf } from '../core/line/plain-arguments.ts';
import { resourceId } from '../core/line/resource-id.ts';
import { defineOperation, type OperationContext } from '../core/operation/operation.ts';
import type { Plan, PlannedStep } from '../core/operation/plan.ts';
import { plural } from '../core/wording.ts';
import { findTornDown } from './plan/find-torn-down.ts';
import {
  countFiles,
  deletingFiles,
  deletingFlowLog,
  type FoundFiles,
  filesWords,
} from './plan/plan-deletion.ts';
import { droppingTable } from './plan/plan-table.ts';
import { isOurTable, writtenDown } from './steps/ownership.ts';

export const teardown = defineOperation({
  name: 'teardown',
  summary: 'Delete a flow log that flowlog created, and if wanted its table and its files',
  about:
    'Only what carries the tag of flowlog is deleted, and where it is not written down that flowlog made it, its id must ' +
    'be typed. Files stay unless `files=delete` says otherwise, and then a word must be typed; only files whose name ' +
    'carries the id of this flow log are deleted, in every version. What is locked stays and is reported. It can be stopped.',
  args: {
    flowlog: required(resourceId('fl')),
    table: option(oneOf('keep', 'drop'), 'keep'),
    files: option(oneOf('keep', 'delete'), 'keep'),
  },

  async act({ flowlog, table, files }, context): Promise<Plan> {
    const { source, active } = await findTornDown(flowlog, context);
    if (!isOnS3(source)) return ofEvents(source, flowlog, context);
    const stored = await context.cloud.tables.table(
      context.settings.database,
      tableNameFor(source.name),
      context.signal,
    );
    const ourTable = stored !== undefined && isOurTable(stored) ? stored : undefined;
    const found = await countFiles(source, context);
    const steps: PlannedStep[] = [
      ...(active ? [deletingFlowLog(source, flowlog)] : []),
      ...(table === 'drop' && ourTable !== undefined ? [droppingTable(ourTable)] : []),
      ...(files === 'delete' && found.count > 0 ? [deletingFiles(source, flowlog, found)] : []),
    ];
    const deletes = files === 'delete' && found.count > 0;
    const isWritten = !active || (await writtenDown(flowlog, context.journal)) !== undefined;
    const there = whatThereIs(source, found, ourTable !== undefined, active);
    const findable = ourTable !== undefined && table === 'keep';
    return {
      headline: headlineOf(flowlog, {
        flowLog: active,
        table: table === 'drop' && ourTable !== undefined,
        files: deletes ? found.count : 0,
      }),
      sections: [
        { lines: [...there, ...(isWritten ? [] : [TAG_ALONE])] },
        ...whatStays({ active, found: found.count > 0, deletes, findable }),
      ],
      steps,
      ...(deletes || !isWritten ? { typed: flowlog } : {}),
      instead: more(flowlog, {
        table: ourTable !== undefined && table === 'keep',
        files: found.count > 0 && files === 'keep',
      }),
    };
  },
});

/** A log group is not flowlog's: its events are deleted by how long it keeps them. */
async function ofEvents(
  source: LogGroupSource,
  id: string,
  { journal }: Pick<OperationContext, 'journal'>,
): Promise<Plan> {
  const isWritten = (await writtenDown(id, journal)) !== undefined;
  return {
    headline: `Delete ${id}`,
    sections: [
      {
        lines: [
          `${source.name} records ${source.resource?.id ?? 'something that is gone'}.`,
          `The log group ${source.place.logGroup} and its events stay, for as long as it keeps them.`,
          ...(isWritten ? [] : [TAG_ALONE]),
        ],
      },
    ],
    steps: [deletingFlowLog(source, id)],
    ...(isWritten ? {} : { typed: id }),
    instead: [],
  };
}

const TAG_ALONE =
  'Only its tag says that flowlog made it: that is not written down here, so its id must be typed to delete it.';

interface Deleted {
  readonly flowLog: boolean;
  readonly table: boolean;
  readonly files: number;
}

/** What will be deleted, as the form for the typed word says it: `Delete fl-…, its table and 12 files for good`. */
function headlineOf(id: string, { flowLog, table, files }: Deleted): string {
  const amount = plural(files, 'file');
  const parts = flowLog
    ? [id, table && 'its table', files > 0 && amount]
    : [table && `the table of ${id}`, files > 0 && (table ? amount : `${amount} of ${id}`)];
  const deleted = parts.filter((part) => part !== false);
  if (deleted.length === 0) return `The flow log ${id} is gone already; nothing else was asked for`;
  const [last, ...others] = deleted.toReversed();
  const what = [others.toReversed().join(', '), last].filter((part) => part !== '').join(' and ');
  return `Delete ${what}${files > 0 ? ' for good' : ''}`;
}

function whatThereIs(
  source: S3Source,
  found: FoundFiles,
  table: boolean,
  active: boolean,
): readonly string[] {
  return [
    active
      ? `${source.name} records ${source.resource?.id ?? 'something that is gone'}.`
      : `${source.name} is deleted already.`,
    filesWords(found, source),
    table ? 'It has a table.' : 'It has no table that flowlog made.',
    'The bucket with its policy, the workgroup, the database and the results of questions stay in any case.',
  ];
}

interface Left {
  readonly active: boolean;
  readonly found: boolean;
  readonly deletes: boolean;
  readonly findable: boolean;
}

/** Warnings that people would otherwise find out too late. */
function whatStays({ active, found, deletes, findable }: Left): Plan['sections'] {
  if (deletes && active)
    return [
      {
        lines: [
          'AWS goes on delivering for some minutes: files that arrive after the last step stay in the bucket.',
        ],
      },
    ];
  if (!found || deletes || findable) return [];
  return [
    {
      lines: [
        'The files stay. Without a flow log and a table flowlog does not know of them any more: delete them now, or in the bucket.',
      ],
    },
  ];
}

function more(id: string, offer: { readonly table: boolean; readonly files: boolean }): Plan['instead'] {
  return [
    ...(offer.table ? [{ label: 'Also the table', line: `teardown ${id} table=drop` }] : []),
    ...(offer.files ? [{ label: 'Also all files', line: `teardown ${id} table=drop files=delete` }] : []),
  ];
}
