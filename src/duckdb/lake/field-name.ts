import { columnName, FIELD_NAMES } from '../../core/flow-log/fields.ts';

const BY_COLUMN: ReadonlyMap<string, string> = new Map(
  FIELD_NAMES.map((field) => [columnName(field), field]),
);

/**
 * The field that a header's word or a column stands for, in whatever case it is written, with hyphens or underscores: the
 * same name from text and from Parquet, also of a field that flowlog does not know.
 */
export function fieldName(word: string): string {
  const column = columnName(word);
  return BY_COLUMN.get(column) ?? column.replaceAll('_', '-');
}

/** The first of these names that is called alike by an earlier one, so that one column would have to hold both. */
export function namedTwice(names: readonly string[]): string | undefined {
  const fields = names.map(fieldName);
  return names.find((_, index) => fields.indexOf(fields[index] ?? '') !== index);
}
