import { parse } from 'csv-parse/browser/esm/sync';
import { useState } from 'preact/hooks';
import type { PlaygroundFile } from '../protocol.ts';
import { formatBytes } from './format.ts';
import { Icon } from './icon.tsx';
import { Pre } from './mrkdwn.tsx';
import { TableScroll } from './table.tsx';

/** Files larger than this are downloaded, not previewed. */
const PREVIEW_BYTES = 2_000_000;
const PREVIEW_ROWS = 20;
const PREVIEW_CHARACTERS = 10_000;

/** A shared file: its name and size, a way to have it, and a look inside if it is a table or text. */
export function FileCard({ file }: { readonly file: PlaygroundFile }) {
  const [isOpen, setOpen] = useState(false);
  const [text, setText] = useState<string>();
  const href = `/playground/files/${encodeURIComponent(file.id)}`;
  const canPreview = /\.(csv|txt|sql|json)$/i.test(file.name) && file.sizeBytes <= PREVIEW_BYTES;
  const toggle = async () => {
    setOpen(!isOpen);
    if (text === undefined) setText(await load(href));
  };
  return (
    <div class="file">
      <div class="file-card">
        <Icon name="file" />
        <span class="file-words">
          <strong>{file.title || file.name}</strong>
          <span class="quiet">
            {file.title && file.title !== file.name ? `${file.name} · ` : ''}
            {formatBytes(file.sizeBytes)}
          </span>
        </span>
        {canPreview && (
          <button type="button" class="button button-quiet" aria-expanded={isOpen} onClick={toggle}>
            Preview
          </button>
        )}
        <a class="button button-icon" href={href} download={file.name} aria-label={`Download ${file.name}`}>
          <Icon name="download" />
        </a>
      </div>
      {isOpen && text !== undefined && (
        <div class="file-preview">
          <Preview name={file.name} text={text} />
        </div>
      )}
    </div>
  );
}

async function load(href: string): Promise<string> {
  try {
    const response = await fetch(href);
    return response.ok ? await response.text() : 'The file is gone.';
  } catch {
    return 'The playground is not running.';
  }
}

interface PreviewProps {
  readonly name: string;
  readonly text: string;
}

function Preview({ name, text }: PreviewProps) {
  const table = name.toLowerCase().endsWith('.csv') ? parsedCsv(text) : undefined;
  if (!table) return <Pre>{text.slice(0, PREVIEW_CHARACTERS)}</Pre>;
  const [header = [], ...rows] = table;
  return (
    <>
      <TableScroll label={`Preview of ${name}`}>
        <table>
          <thead>
            <tr>
              {header.map((cell, column) => (
                <th scope="col" key={column}>
                  {cell}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.slice(0, PREVIEW_ROWS).map((row, index) => (
              <tr key={index}>
                {row.map((cell, column) => (
                  <td key={column}>{cell}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </TableScroll>
      {rows.length > PREVIEW_ROWS && <p class="quiet">{rows.length - PREVIEW_ROWS} more rows in the file</p>}
    </>
  );
}

/** The cells of a CSV file; undefined for what is none, which is shown as text. */
function parsedCsv(text: string): readonly (readonly string[])[] | undefined {
  try {
    return parse(text, {
      bom: true,
      relax_column_count: true,
      skip_empty_lines: true,
      record_delimiter: ['\r\n', '\n'],
    });
  } catch {
    return undefined;
  }
}
