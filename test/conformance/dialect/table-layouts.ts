import { DEFAULT_FORMAT, FIELD_NAMES } from '../../../src/core/flow-log/fields.ts';
import type { LogTable } from '../../../src/core/lake/scan.ts';
import { OCSF_TABLE, renamedTable } from '../../support/adopted-tables.ts';

const HOUR = {
  grain: 'hour',
  fixed: { p_account: '123456789012', p_region: 'eu-central-1' },
  time: [{ column: 'p_hour', pattern: 'yyyy/MM/dd/HH', type: 'string' }],
} as const;

const HIVE = {
  grain: 'hour',
  fixed: { aws_account_id: '123456789012' },
  time: [
    { column: 'year', pattern: 'yyyy', type: 'string' },
    { column: 'month', pattern: 'MM', type: 'integer' },
    { column: 'day', pattern: 'dd', type: 'string' },
    { column: 'hour', pattern: 'HH', type: 'string' },
  ],
} as const;

const DAY = {
  grain: 'day',
  fixed: {},
  time: [{ column: 'date', pattern: 'yyyy-MM-dd', type: 'date' }],
} as const;

const fields = FIELD_NAMES;
const hourly: LogTable = { database: 'flowlog', name: 'fl_1', fields, partitioning: HOUR };

/** The tables of a scan, as they may be in an account. */
export const TABLE_LAYOUTS: Readonly<Record<string, readonly LogTable[]>> = {
  'files alone': [{ name: 'flow_records', fields }],
  'hours under one key': [hourly],
  'keys of Hive': [{ database: 'flowlog', name: 'fl_2', fields, partitioning: HIVE }],
  'days as dates, of another owner': [
    renamedTable(
      DEFAULT_FORMAT,
      { srcaddr: 'sourceaddress', start: 'starttime', end: 'endtime', action: 'verdict' },
      DAY,
    ),
  ],
  'columns of OCSF in a table bucket': [OCSF_TABLE],
  'a prefix that several flow logs share': [
    { ...hourly, flowLogs: ['fl-1', 'fl-2'].map((id) => `123456789012_vpcflowlogs_eu-central-1_${id}`) },
  ],
  'several tables, some with fewer fields': [
    hourly,
    { database: 'flowlog', name: 'fl_3', fields: DEFAULT_FORMAT, partitioning: HIVE },
    { database: 'other', name: 'fl_4', fields: [...DEFAULT_FORMAT, 'instance-tag'], partitioning: DAY },
  ],
};
