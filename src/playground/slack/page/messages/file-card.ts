import type { PlaygroundFile } from '../../protocol.ts';
import { element } from '../dom/element.ts';
import { icon } from '../dom/icon.ts';
import { formatBytes } from '../format-time.ts';
import { parseCsv } from './parse-csv.ts';

/** Files larger than this are downloaded, not previewed. */
const previewBytes = 2_000_000;
const previewRows = 20;

/** Draws a shared file: its name and size, a way to have it, and a look inside if it is a table. */
export function renderFileCard(file: PlaygroundFile): HTMLElement {
  const href = `/playground/files/${encodeURIComponent(file.id)}`;
  const download = element(
    'a',
    { class: 'button button-icon', href, download: file.name, 'aria-label': `Download ${file.name}` },
    icon('download'),
  );
  const preview = element('div', { class: 'file-preview', hidden: true });
  const canPreview = /\.(csv|txt|sql|json)$/i.test(file.name) && file.sizeBytes <= previewBytes;
  const toggle = element(
    'button',
    { type: 'button', class: 'button button-quiet', 'aria-expanded': 'false' },
    'Preview',
  );
  toggle.addEventListener('click', async () => {
    preview.hidden = !preview.hidden;
    toggle.setAttribute('aria-expanded', String(!preview.hidden));
    if (!preview.hidden && preview.childElementCount === 0)
      preview.append(await loadPreview(href, file.name));
  });
  const words = element(
    'span',
    { class: 'file-words' },
    element('strong', {}, file.title || file.name),
    element('span', { class: 'quiet' }, `${file.name} · ${formatBytes(file.sizeBytes)}`),
  );
  return element(
    'div',
    { class: 'file' },
    element('div', { class: 'file-card' }, icon('file'), words, canPreview && toggle, download),
    preview,
  );
}

async function loadPreview(href: string, name: string): Promise<HTMLElement> {
  const response = await fetch(href);
  const text = await response.text();
  if (!name.toLowerCase().endsWith('.csv')) return element('pre', { tabindex: 0 }, text.slice(0, 10_000));
  const [header = [], ...rows] = parseCsv(text);
  const more =
    rows.length > previewRows &&
    element('p', { class: 'quiet' }, `${rows.length - previewRows} more rows in the file`);
  const table = element(
    'table',
    {},
    element('thead', {}, element('tr', {}, ...header.map((cell) => element('th', { scope: 'col' }, cell)))),
    element(
      'tbody',
      {},
      ...rows
        .slice(0, previewRows)
        .map((row) => element('tr', {}, ...row.map((cell) => element('td', {}, cell)))),
    ),
  );
  const scroll = element(
    'div',
    { class: 'table-scroll', tabindex: 0, role: 'region', 'aria-label': `Preview of ${name}` },
    table,
  );
  return element('div', {}, scroll, more);
}
