import type { RichTextBlock } from './rich-text.ts';

/** One cell of a table. */
export type Cell =
  | { readonly type: 'raw_text'; readonly text: string }
  | { readonly type: 'raw_number'; readonly value: number; readonly text: string }
  | RichTextBlock;

/** A table that people sort and page through. */
export interface DataTableBlock {
  readonly type: 'data_table';
  readonly block_id?: string;
  readonly caption: string;
  readonly rows: readonly (readonly Cell[])[];
  readonly page_size?: number;
  readonly row_header_column_index?: number;
}

/** A still table. */
export interface TableBlock {
  readonly type: 'table';
  readonly block_id?: string;
  readonly rows: readonly (readonly Cell[])[];
  readonly column_settings?: readonly {
    readonly align?: 'left' | 'center' | 'right';
    readonly is_wrapped?: boolean;
  }[];
}
