import { fromUnixTime } from 'date-fns';
import type { SlotRange } from '../core/flow-log/slots.ts';
import { option } from '../core/line/argument.ts';
import { interfaceId } from '../core/line/network-arguments.ts';
import { ABSENT, countColumn, interfaceColumn, momentColumn, textColumn } from '../core/query/columns.ts';
import type { Coverage } from '../core/query/coverage.ts';
import { passing } from '../core/query/filters.ts';
import { capitalised, phrase } from '../core/query/finding.ts';
import { flow, flowColumns } from '../core/query/flow-columns.ts';
import { defineQuery } from '../core/query/query.ts';
import { allOf, sql } from '../core/sql/sql.ts';
import { plural } from '../core/wording.ts';

const WORDS = { missing: 'no file', unreadable: 'unreadable', late: 'not delivered yet' } as const;
const STOPPED = 'stopped';

/** What a status of AWS means to those who ask what is missing. */
const STATUS_WORDS: Readonly<Record<string, string>> = {
  SKIPDATA: 'AWS lost flows',
  NODATA: 'no traffic',
};

export const gaps = defineQuery({
  name: 'gaps',
  summary: 'Where the logs say nothing: skipped records, silent interfaces, missing files',
  about:
    'AWS lost flows (SKIPDATA): one record may mean many. No traffic (NODATA): the interface had none, which is evidence. ' +
    'No file: five-minute slots without one; a quiet network may have none to write. Stopped: slots without a file and ' +
    'none after them. Not delivered yet: slots of the last half hour, which AWS may still deliver.',
  args: { eni: option(interfaceId()) },
  columns: {
    what: { ...textColumn('What'), show: (value: string) => STATUS_WORDS[value] ?? value },
    interface_id: interfaceColumn('Interface or flow log'),
    records: countColumn('Records'),
    first_seen: momentColumn('From'),
    last_seen: momentColumn('To'),
  },
  order: ['what desc', 'records desc', 'interface_id'],

  sql: (filters) => ({
    from: 'records',
    where: allOf(sql`coalesce(${flow.log_status}, '') <> 'OK'`, passing(filters)),
    groupBy: { ...flowColumns('interface_id'), what: sql`coalesce(${flow.log_status}, 'no status')` },
    select: {
      records: sql`count(*)`,
      first_seen: sql`min(${flow.start_seconds})`,
      last_seen: sql`max(${flow.end_seconds})`,
    },
  }),

  judge: (recorded, { eni }, { coverage, totals, least }) => {
    const rows = [
      ...(eni === undefined ? [...slotGaps(coverage), ...untimedGaps(coverage)] : []),
      ...recorded,
    ];
    const sentence = phrase`${least}${partsOf(rows, totals).join(', ')}.`;
    return { rows, finding: { sentence: capitalised(sentence) } };
  },

  totals: {
    skipped: { where: sql`what = 'SKIPDATA'` },
    silent: { where: sql`what = 'NODATA'` },
    others: { where: sql`what NOT IN ('SKIPDATA', 'NODATA')` },
  },
  asksFor: () => 'none',
  subject: () => ['missing data'],
  followUps: () => [{ label: 'Over time', line: 'timeline' }],
});

/** What was found, a clause each. */
function partsOf(
  rows: readonly { readonly what: string }[],
  totals: Readonly<Record<'skipped' | 'silent' | 'others', number>>,
): readonly string[] {
  const found = (words: string) => rows.filter(({ what }) => what === words).length;
  // What was not found is left out: where no file was read, that none lost flows would be a claim without proof.
  return [
    part(found(WORDS.missing), 'slot range without a file', 'slot ranges without a file'),
    part(found(STOPPED), 'flow log has stopped', 'flow logs have stopped'),
    part(
      found(WORDS.unreadable),
      'slot range or file could not be read',
      'slot ranges or files could not be read',
    ),
    part(found(WORDS.late), 'slot range is not delivered yet', 'slot ranges are not delivered yet'),
    part(totals.skipped, 'interface has flows that AWS lost', 'interfaces have flows that AWS lost'),
    part(
      totals.silent,
      'interface had intervals without traffic',
      'interfaces had intervals without traffic',
    ),
    part(
      totals.others,
      'interface has records of an unknown status',
      'interfaces have records of an unknown status',
    ),
  ].filter((each) => each !== false);
}

/** The gaps of each flow log. After the last file of one that has stopped there is no gap between files: it is listed as stopped. */
function slotGaps({ flowLogs }: Coverage): readonly Gap[] {
  return flowLogs.flatMap(({ flowLog, slots, stopped }) => {
    const last = slots.findLast(({ state }) => state === 'missing');
    return slots.flatMap((range) => {
      if (range.state === 'read') return [];
      const what = stopped && range === last ? STOPPED : WORDS[range.state];
      return [gapOf(what, flowLog, range)];
    });
  });
}

/** Files that could not be read, and whose names have no time. */
function untimedGaps({ filesFailed }: Coverage): readonly Gap[] {
  return filesFailed
    .filter(({ slot }) => slot === undefined)
    .map(({ key }) => gapOf(WORDS.unreadable, key.slice(key.lastIndexOf('/') + 1)));
}

type Gap = Readonly<Record<'what' | 'interface_id', string>> & {
  readonly records: number;
  readonly first_seen: Date | null;
  readonly last_seen: Date | null;
};

function gapOf(what: string, of: string, range?: SlotRange): Gap {
  return {
    what,
    interface_id: of === '' ? ABSENT : of,
    records: 0,
    first_seen: range === undefined ? null : fromUnixTime(range.fromSeconds),
    last_seen: range === undefined ? null : fromUnixTime(range.toSeconds),
  };
}

function part(amount: number, one: string, many: string): string | false {
  return amount > 0 && plural(amount, one, many);
}
