import type { ComponentChildren } from 'preact';
import type { SlackTableBlock, SlackTableCell } from '../blocks/tables.ts';
import { plainTextOf } from './mrkdwn.tsx';
import { RichText } from './rich-text.tsx';

/** What is in a cell of a table. */
export function CellView({ cell }: { readonly cell: SlackTableCell }) {
  return cell.type === 'rich_text' ? <RichText block={cell} /> : plainTextOf(cell.text);
}

/** The plain table, for where Slack refuses the one that can be sorted; its first row is the heading. */
export function Table({ block }: { readonly block: SlackTableBlock }) {
  const [header = [], ...rows] = block.rows;
  const classOf = (column: number) => `align-${block.column_settings?.[column]?.align ?? 'left'}`;
  return (
    <figure class="block-table">
      <TableScroll label="Table">
        <table>
          <thead>
            <tr>
              {header.map((cell, column) => (
                <th scope="col" key={column} class={classOf(column)}>
                  <CellView cell={cell} />
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row, index) => (
              <tr key={index}>
                {row.map((cell, column) => (
                  <td key={column} class={classOf(column)}>
                    <CellView cell={cell} />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </TableScroll>
    </figure>
  );
}

/** Where a wide or long table scrolls by itself. */
export function TableScroll({
  label,
  children,
}: {
  readonly label: string;
  readonly children: ComponentChildren;
}) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard
    <section class="table-scroll" tabIndex={0} aria-label={label}>
      {children}
    </section>
  );
}
