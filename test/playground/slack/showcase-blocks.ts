import type { KnownBlock } from '@slack/types';

/** Plain text of an element. */
export const plain = (text: string) => ({ type: 'plain_text' as const, text });
const cell = (text: string) => ({ type: 'raw_text' as const, text });

/** Twenty-three rows whose text order and number order differ. */
const rows = Array.from({ length: 23 }, (_, index) => {
  const value = (index * 7919) % 1000;
  return [
    cell(`10.0.${index}.${(index * 37) % 250}`),
    cell(index % 3 === 0 ? 'ssh' : 'https'),
    cell(index % 4 === 0 ? 'REJECT' : 'ACCEPT'),
    { type: 'raw_number' as const, value, text: `${value} B` },
  ];
});

const categories = ['10:00', '10:10', '10:20', '10:30', '10:40', '10:50'];
const series = (name: string, factor: number) => ({
  name,
  data: categories.map((label, index) => ({ label, value: factor * (40 + ((index * 53) % 97)) })),
});

/** One of each block that an answer uses; the data looks like markup and must not be read as such. */
export const answerBlocks = [
  {
    type: 'rich_text',
    elements: [
      {
        type: 'rich_text_section',
        elements: [
          { type: 'text', text: '23 addresses talked to 10.0.1.5, asked by ' },
          { type: 'user', user_id: 'U0ANA' },
        ],
      },
    ],
  },
  {
    type: 'context',
    elements: [
      {
        type: 'mrkdwn',
        text: '*5.9 kB* in the last hour; `10.0.18.166` sent the most. 3 &lt; 4, <https://example.com|the runbook>, snake_case_stays.',
      },
      plain('17 addresses were accepted, 6 rejected'),
    ],
  },
  {
    type: 'data_table',
    caption: 'Who talked to 10.0.1.5',
    page_size: 10,
    rows: [[cell('source'), cell('service'), cell('action'), cell('bytes')], ...rows],
  },
  {
    type: 'rich_text',
    elements: [
      {
        type: 'rich_text_section',
        elements: [{ type: 'text', text: 'Name tag: <!channel> <b>not bold</b> & *not bold either*' }],
      },
    ],
  },
  {
    type: 'container',
    title: plain('SQL and cost'),
    is_collapsible: true,
    default_collapsed: true,
    child_blocks: [
      {
        type: 'rich_text',
        elements: [
          {
            type: 'rich_text_preformatted',
            elements: [
              { type: 'text', text: 'SELECT srcaddr,   SUM(bytes)\n  FROM flows\n  GROUP BY srcaddr' },
            ],
          },
        ],
      },
    ],
  },
  {
    type: 'actions',
    block_id: 'follow-ups',
    elements: [
      { type: 'button', action_id: 'form', text: plain('Change …'), style: 'primary' },
      { type: 'button', action_id: 'wider', value: 'last 6h', text: plain('Widen to 6 h') },
      {
        type: 'button',
        action_id: 'danger',
        text: plain('Delete'),
        style: 'danger',
        confirm: {
          title: plain('Delete the answer?'),
          text: plain('It cannot be undone.'),
          confirm: plain('Delete'),
          deny: plain('Keep'),
        },
      },
    ],
  },
  {
    type: 'context',
    elements: [{ type: 'mrkdwn', text: 'receipt: 23 rows · 0.4 s · scanned 12 MB · $0.00006 · DuckDB' }],
  },
] satisfies KnownBlock[];

/** A chart; Slack's types do not know it yet. */
export const chartBlocks = [
  {
    type: 'data_visualization',
    title: 'Bytes to 10.0.1.5',
    chart: {
      type: 'bar',
      series: [series('ACCEPT', 12_000), series('REJECT', 3_100)],
      axis_config: { categories, x_label: 'UTC', y_label: 'bytes' },
    },
  },
  {
    type: 'data_visualization',
    title: 'By service',
    chart: {
      type: 'bar',
      series: [
        {
          name: 'records',
          data: [
            { label: 'https', value: 61 },
            { label: 'ssh', value: 24 },
            { label: 'dns', value: 15 },
          ],
        },
      ],
      axis_config: { categories: ['https', 'ssh', 'dns'] },
    },
  },
] as const;
