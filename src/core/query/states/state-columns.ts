import type { FieldName } from '../../flow-log/fields.ts';
import { identifier } from '../../sql/literals.ts';
import { sql } from '../../sql/sql.ts';
import type { Integer } from '../../wording.ts';
import {
  addressColumn,
  bytesColumn,
  countColumn,
  fieldColumn,
  momentColumn,
  optionalCountColumn,
  portColumn,
  protocolColumn,
  type RowOf,
  textColumn,
} from '../columns.ts';
import type { Columns } from '../selection.ts';

/** Fields that show more of what became of a conversation, and that a flow log may lack. */
export const FIELDS_OF_STATES = ['flow-direction', 'reject-reason'] as const satisfies FieldName[];

/** What became of a conversation, and since when: nothing where it was so from the begin of the window on. */
export const STATE_COLUMNS = {
  state: textColumn('State'),
  since: momentColumn('Since'),
};

/** Why AWS rejected it, where the field is recorded. */
export const REASON_COLUMN = { reason: fieldColumn('Reason', 'reject-reason') };

/** What the finding is made of, and is not shown. */
export const JUDGED_COLUMNS = {
  weight: countColumn('Weight'),
  client: addressColumn('Client'),
  server: addressColumn('Server'),
  side: textColumn('Side'),
  last_answer: momentColumn('Last answer'),
  openings: countColumn('Connections'),
  flagless: countColumn('Records without flags'),
  tried: optionalCountColumn('Tried'),
  tried_from: momentColumn('Tried from'),
  tried_to: momentColumn('Tried to'),
  target: addressColumn('Target'),
  back: bytesColumn('Back'),
};

/** The names of those columns. */
const JUDGED_NAMES: readonly string[] = [...Object.keys(JUDGED_COLUMNS), 'reason'];

/**
 * The same over groups that are of one conversation: they agree in all but how many connections were opened, and how many
 * records have no flags.
 */
export const JUDGED_OF_GROUP: Columns = Object.fromEntries(
  [...Object.keys(STATE_COLUMNS), ...JUDGED_NAMES].map((name) => [name, sql`max(${identifier(name)})`]),
);

const OF_A_ROW = {
  ...STATE_COLUMNS,
  ...JUDGED_COLUMNS,
  port: portColumn(),
  protocol: protocolColumn(),
  bytes: bytesColumn(),
  first_seen: momentColumn('First seen'),
  last_seen: momentColumn('Last seen'),
};

/** A row with all that a finding about states is made of. */
export interface JudgedRow extends RowOf<typeof OF_A_ROW> {
  /** How many clients a row is of, where it is of several. */
  readonly many?: Integer;
  /** How many clients are in the state of the one that a row names, that one included, where it is of several. */
  readonly faring_alike?: Integer;
}
