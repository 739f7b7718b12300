import { useId, useState } from 'preact/hooks';
import type { SlackRichTextElement } from '../blocks/rich-text.ts';
import type { SlackDataTableBlock, SlackTableCell } from '../blocks/tables.ts';
import { Icon } from './icon.tsx';
import { CellView, TableScroll } from './table.tsx';

type TableRow = readonly SlackTableCell[];
type SortOrder = { readonly column: number; readonly direction: 'ascending' | 'descending' } | undefined;

/** Slack's page size when a table names none. */
const DEFAULT_PAGE_SIZE = 5;

/** A table that people sort by its headings and turn page by page. */
export function DataTable({ block }: { readonly block: SlackDataTableBlock }) {
  const [order, setOrder] = useState<SortOrder>();
  const [wanted, setWanted] = useState(0);
  const captionId = useId();
  const [header = [], ...rows] = block.rows;
  const pageSize = block.page_size ?? DEFAULT_PAGE_SIZE;
  // A table that became shorter has no such page any more.
  const from = wanted < rows.length ? wanted : 0;
  const classOf = (column: number) => (isNumeric(rows, column) ? 'numeric' : undefined);
  const sortBy = (column: number) => {
    setOrder(nextOrder(order, column));
    setWanted(0);
  };
  return (
    <figure class="block-table data-table">
      {/* Outside the table, where it does not scroll away sideways with the columns. */}
      <figcaption id={captionId}>{block.caption}</figcaption>
      <TableScroll label={block.caption}>
        <table aria-labelledby={captionId}>
          <thead>
            <tr>
              {header.map((cell, column) => (
                <th
                  key={column}
                  scope="col"
                  class={classOf(column)}
                  aria-sort={order?.column === column ? order.direction : 'none'}
                >
                  <button type="button" class="sort" onClick={() => sortBy(column)}>
                    <CellView cell={cell} />
                    <Icon name="down" />
                  </button>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {sortRows(rows, order)
              .slice(from, from + pageSize)
              .map((row, index) => (
                <tr key={index}>
                  {row.map((cell, column) => {
                    const Tag = column === (block.row_header_column_index ?? 0) ? 'th' : 'td';
                    return (
                      <Tag key={column} scope={Tag === 'th' ? 'row' : undefined} class={classOf(column)}>
                        <CellView cell={cell} />
                      </Tag>
                    );
                  })}
                </tr>
              ))}
          </tbody>
        </table>
      </TableScroll>
      {rows.length > pageSize && (
        <Pager
          caption={block.caption}
          from={from}
          pageSize={pageSize}
          count={rows.length}
          onTurn={setWanted}
        />
      )}
    </figure>
  );
}

interface PagerProps {
  readonly caption: string;
  readonly from: number;
  readonly pageSize: number;
  readonly count: number;
  readonly onTurn: (from: number) => void;
}

function Pager({ caption, from, pageSize, count, onTurn }: PagerProps) {
  const end = Math.min(from + pageSize, count);
  const turner = (label: string, to: number) => (
    <button type="button" aria-label={label} disabled={to < 0 || to >= count} onClick={() => onTurn(to)}>
      <Icon name="chevron" />
    </button>
  );
  return (
    <fieldset class="pager" aria-label={`Pages of ${caption}`}>
      <span class="pager-status" aria-live="polite">
        {`${from + 1}–${end} of ${count}`}
      </span>
      {turner('Previous page', from - pageSize)}
      {turner('Next page', from + pageSize)}
    </fieldset>
  );
}

/** First up, then down, then as the app sent it. */
function nextOrder(order: SortOrder, column: number): SortOrder {
  if (order?.column !== column) return { column, direction: 'ascending' };
  return order.direction === 'ascending' ? { column, direction: 'descending' } : undefined;
}

function sortRows(rows: readonly TableRow[], order: SortOrder): readonly TableRow[] {
  if (!order) return rows;
  const sign = order.direction === 'ascending' ? 1 : -1;
  return rows.toSorted((a, b) => sign * compareCells(a[order.column], b[order.column]));
}

/** True when every cell of the column is a number: then it is sorted by value and aligned to the right. */
function isNumeric(rows: readonly TableRow[], column: number): boolean {
  return rows.length > 0 && rows.every((row) => row[column]?.type === 'raw_number');
}

function compareCells(a: SlackTableCell | undefined, b: SlackTableCell | undefined): number {
  if (a?.type === 'raw_number' && b?.type === 'raw_number') return a.value - b.value;
  return textOf(a).localeCompare(textOf(b), 'en');
}

function textOf(cell: SlackTableCell | undefined): string {
  if (cell?.type !== 'rich_text') return cell?.text ?? '';
  const leaves = cell.elements.flatMap((part): readonly SlackRichTextElement[] => part.elements);
  return leaves.map(textOfLeaf).join('');
}

function textOfLeaf(leaf: SlackRichTextElement): string {
  if (leaf.type === 'user') return leaf.user_id;
  return leaf.type === 'date' ? String(leaf.timestamp) : (leaf.text ?? '');
}
