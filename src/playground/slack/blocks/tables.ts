import { z } from 'zod';
import { PLAYGROUND_LIMITS } from '../limits.ts';
import { blockId } from './elements.ts';
import { richText, richTextText } from './rich-text.ts';

const rawText = z.strictObject({ type: z.literal('raw_text'), text: z.string().min(1) });
const rawNumber = z.strictObject({
  type: z.literal('raw_number'),
  value: z.number(),
  text: z.string().min(1),
});
const cell = z.discriminatedUnion('type', [rawText, rawNumber, richText]);

/** One cell of a table. */
export type SlackTableCell = z.infer<typeof cell>;

const row = z.array(cell).min(1).max(PLAYGROUND_LIMITS.tableColumns);
/** The header comes on top of the rows that count. */
const rowsWithHeader = PLAYGROUND_LIMITS.tableRows + 1;

function areEquallyLong(rows: readonly (readonly unknown[])[]): boolean {
  return rows.every((one) => one.length === rows[0]?.length);
}
const equallyLong = { error: 'all rows must have the same number of cells' };

function hasRawHeader(rows: readonly (readonly { readonly type: string }[])[]): boolean {
  return (rows[0] ?? []).every((one) => one.type !== 'rich_text');
}
const rawHeader = { error: 'header cells must not be rich_text' };

/** A still table. Slack counts its header among the rows. */
export const tableBlock = z.strictObject({
  type: z.literal('table'),
  block_id: blockId,
  rows: z.array(row).min(1).max(PLAYGROUND_LIMITS.tableRows).refine(areEquallyLong, equallyLong),
  column_settings: z
    .array(
      z
        .strictObject({
          align: z.enum(['left', 'center', 'right']).optional(),
          is_wrapped: z.boolean().optional(),
        })
        .nullable(),
    )
    .max(PLAYGROUND_LIMITS.tableColumns)
    .optional(),
});

/** A still table. */
export type SlackTableBlock = z.infer<typeof tableBlock>;

/** A table that people sort and page through. */
export const dataTableBlock = z.strictObject({
  type: z.literal('data_table'),
  block_id: blockId,
  caption: z.string().min(1),
  rows: z
    .array(row)
    .min(PLAYGROUND_LIMITS.dataTableMinRows + 1)
    .max(rowsWithHeader)
    .refine(areEquallyLong, equallyLong)
    .refine(hasRawHeader, rawHeader),
  page_size: z.number().int().min(1).max(PLAYGROUND_LIMITS.tablePageSize).optional(),
  row_header_column_index: z
    .number()
    .int()
    .min(0)
    .max(PLAYGROUND_LIMITS.tableColumns - 1)
    .optional(),
});

/** A table that people sort and page through. */
export type SlackDataTableBlock = z.infer<typeof dataTableBlock>;

/** The text of a cell, as Slack counts it. */
export function cellText(one: SlackTableCell): string {
  return one.type === 'rich_text' ? richTextText(one) : one.text;
}
