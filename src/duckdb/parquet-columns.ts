import { columnName, FIELDS, isField } from '../core/flow-log/fields.ts';
import { fieldName, namedTwice } from './lake/field-name.ts';
import { refuseFields } from './lake/refuse-fields.ts';
import type { StoredColumn } from './lake/shape.ts';

/** Fewer known names than this and a file is another table. */
const FEWEST_KNOWN = 3;

const WHOLE_NUMBER = /^U?(?:TINY|SMALL|BIG|HUGE)?INT(?:EGER)?$/;
const TEXT = /^(?:VARCHAR|BLOB|JSON|UUID)$/;
/** A column that holds nothing at all, of which some writers know no type. */
const NOTHING = '"NULL"';

/**
 * The names of a Parquet file's columns themselves, out of its schema: the root, and behind each column those that are
 * in it, each with how many it has.
 */
export function topLevel(schema: readonly (readonly [string, number])[]): readonly string[] {
  const names: string[] = [];
  // Columns of columns that are still to be passed over.
  let inside = 0;
  for (const [name, children] of schema.slice(1)) {
    if (inside === 0) names.push(name);
    else inside -= 1;
    inside += children;
  }
  return names;
}

/** Why a file with these columns is not read, in words for people; undefined when it is. */
export function refuseColumns(columns: readonly StoredColumn[]): string | undefined {
  const names = columns.map(({ name }) => name);
  const fields = names.map(fieldName);
  const known = fields.filter((field) => isField(field) || field.startsWith('tgw-'));
  if (known.length < FEWEST_KNOWN) return 'is not a flow log: its columns are not those of one';
  const refused = refuseFields(fields);
  if (refused !== undefined) return refused;
  const twice = namedTwice(names);
  if (twice !== undefined) return `names the column \`${fieldName(twice)}\` twice`;
  if (fields.some((field) => !/[a-z0-9]/.test(field))) return 'has a column without a name';
  return columns.map((column) => refuseType(column)).find((reason) => reason !== undefined);
}

/** What flowlog does not know is kept as text, whatever it is. */
function refuseType({ name, type }: StoredColumn): string | undefined {
  const field = fieldName(name);
  if (!isField(field) || type === NOTHING) return undefined;
  const column = columnName(field);
  if (FIELDS[field].type === 'text') {
    return TEXT.test(type) ? undefined : `holds \`${column}\` as ${type}, not as text`;
  }
  if (WHOLE_NUMBER.test(type)) return undefined;
  return `holds \`${column}\` as ${TEXT.test(type) ? 'text' : type}, not as a number`;
}
