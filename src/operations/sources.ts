import { tableWords } from '../core/lake/adopted-table.ts';
import { type CloudSource, isListed, isOnS3 } from '../core/lake/log-source.ts';
import { defineOperation } from '../core/operation/operation.ts';
import type { Report } from '../core/operation/report.ts';
import { showMoment } from '../core/time/show-time.ts';
import { plural } from '../core/wording.ts';

export const sources = defineOperation({
  name: 'sources',
  summary: 'List the flow logs that can be asked, in every account and region that is configured',
  about:
    'What AWS says now: it is asked anew. A question names one with `in=`, or several with `account=`, `region=` or ' +
    '`vpc=`; otherwise those are read that can have recorded what is asked.',
  args: {},

  async act(_, { book, signal, zone }): Promise<Report> {
    const found = await book.found(signal, { fresh: true });
    const sources = [...found.sources, ...found.logGroups];
    const amount = sources.length;
    const { others } = found;
    return {
      headline: `${plural(amount, 'flow log')} can be asked`,
      sections: [
        ...(amount === 0 ? [] : [{ table: { columns: COLUMNS, rows: sources.map(rowOf) } }]),
        ...(others.length === 0 ? [] : [{ title: 'Not asked', lines: others }]),
        ...(found.problems.length === 0
          ? []
          : [{ title: 'Did not answer, so there may be more', lines: found.problems }]),
        { lines: [`Looked up ${showMoment(found.foundAt, zone)}.`] },
      ],
      next:
        amount === 0
          ? [{ label: 'How to set one up', line: 'help setup', press: 'ask' }]
          : [{ label: 'Status of all', line: 'status', press: 'ask' }],
    };
  },
});

const COLUMNS = ['Source', 'Account', 'Region', 'Records', 'Traffic', 'Files', 'Fields', 'Where'];

function rowOf(source: CloudSource): readonly string[] {
  const { name, account, region, resource, trafficType, fields, adopted } = source;
  if (adopted !== undefined && !isListed(source))
    return [
      name,
      account,
      region,
      'not known',
      trafficType ?? 'ALL',
      'a table',
      'its own',
      tableWords(adopted),
    ];
  return [
    name,
    account,
    region,
    resource === undefined ? 'gone' : `${resource.id}${resource.name === '' ? '' : ` ${resource.name}`}`,
    trafficType ?? 'ALL',
    filesOf(source),
    fields.length === 0 ? 'its own' : String(fields.length),
    whereIs(source),
  ];
}

function filesOf(source: CloudSource): string {
  if (!isOnS3(source)) return 'events';
  const { format, hive, hourly } = source.place.files;
  return `${format}, by the ${hourly ? 'hour' : 'day'}${hive ? ', Hive' : ''}`;
}

function whereIs(source: CloudSource): string {
  if (!isOnS3(source)) return `log group ${source.place.logGroup}`;
  const { bucket, prefix } = source.place;
  return prefix === '' ? bucket : `${bucket}/${prefix}`;
}
