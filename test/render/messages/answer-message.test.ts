import { expect, it } from 'vitest';
import { catalog } from '../../../src/catalog/index.ts';
import { answerText } from '../../../src/render/answer-text.ts';
import type { Message } from '../../../src/render/blocks/block-types.ts';
import { chartBlock } from '../../../src/render/blocks/chart-block.ts';
import { entryHelpText, helpText } from '../../../src/render/help-text.ts';
import { answerForms } from '../../../src/render/messages/answer-message.ts';
import { failureMessage, helpMessage } from '../../../src/render/messages/notes.ts';
import { answeredParent, failedParent, workingParent } from '../../../src/render/messages/parent-message.ts';
import { askFixture } from '../../support/ask-fixture.ts';
import { overLimits } from '../../support/slack-limits.ts';

const REPLY = { kind: 'reply' } as const;

it('a reply begins at its table: chart or table, coverage, next steps, and the rest in folds', async () => {
  const types = (forms: readonly Message[]) => forms.map(({ blocks }) => blocks.map(({ type }) => type));
  expect(types(answerForms(await askFixture('timeline'), REPLY))).toEqual([
    ['data_visualization', 'context', 'actions', 'container', 'container'],
    ['context', 'table', 'context', 'actions', 'container'],
    ['context', 'rich_text', 'context', 'actions', 'context'],
    [],
  ]);
  expect(types(answerForms(await askFixture('to 10.0.1.10'), REPLY))[0]).toEqual([
    'data_table',
    'context',
    'actions',
    'container',
  ]);
});

it('an answer that stands alone begins with what was found, and with who asked what', async () => {
  const [form] = answerForms(await askFixture('to 10.0.1.10'), { kind: 'thread', person: 'U1' });
  expect(form?.blocks.map(({ type }) => type).slice(0, 3)).toEqual(['rich_text', 'context', 'data_table']);
  expect(JSON.stringify(form?.blocks[1])).toContain('<@U1> · `to 10.0.1.10');
});

it('a slow reply calls the person who asked, and no other reply calls anyone', async () => {
  const answer = await askFixture('to 10.0.1.10');
  const [called] = answerForms(answer, { ...REPLY, call: 'U1' });
  expect(JSON.stringify(called?.blocks[0])).toContain('"user_id":"U1"');
  expect(JSON.stringify(answerForms(answer, REPLY)[0])).not.toContain('user_id');
});

it('the parent of an answer has the finding as its text, the state as a sign with a word, and dates for each reader', async () => {
  const answer = await askFixture('why 10.0.1.10 10.0.2.20');
  const { text, blocks } = answeredParent(answer, 'U1');
  expect(text).toMatch(/^✕ Rejected: 10\.0\.2\.20 has rejected 10\.0\.1\.10 .* since 10:20:05 UTC/);
  expect(JSON.stringify(blocks[0])).toContain('"text":"✕ Rejected · ","style":{"bold":true}');
  expect(blocks[0]).toMatchObject({
    elements: [
      {
        elements: expect.arrayContaining([expect.objectContaining({ type: 'date', format: '{time_secs}' })]),
      },
    ],
  });
  expect(JSON.stringify(blocks[1])).toMatch(
    /<!date\^\d+\^\{date_short_pretty\} \{time\}\|22 Nov 2026 10:00 UTC>/,
  );
});

it('what people typed cannot be markup in the small print of an answer', async () => {
  const answer = await askFixture('to 10.0.1.10');
  const question = { ...answer.question, line: 'to <!channel> `*x*` & more' };
  const [, asked] = answeredParent({ ...answer, question }, 'U1').blocks;
  expect(JSON.stringify(asked)).toContain("`to &lt;!channel&gt; '*x*' &amp; more`");
});

it('a table leaves out what is the same in all its rows, and says it once above them', async () => {
  const answer = await askFixture('to 10.0.2.20 port=5432');
  const [form] = answerForms(answer, REPLY);
  const table = form?.blocks.find((block) => block.type === 'data_table');
  expect(table?.caption).toMatch(/^\d+ rows · .*5432 postgres · tcp/);
  expect(table?.rows[0]?.map(({ text }) => text)).not.toContain('Port');
  expect(table?.rows[0]?.length).toBeLessThanOrEqual(6);
});

it('rendering has no table where there is no row', async () => {
  const forms = answerForms(await askFixture('to 10.9.9.9'), REPLY);
  expect(forms.map(({ blocks }) => blocks.some(({ type }) => /table/.test(type)))).toEqual([false, false]);
});

it('rendering shows numbers that a double cannot hold as text, and the others as numbers that sort', async () => {
  const [form] = answerForms(await askFixture('top-talkers top=2'), REPLY);
  const cells = JSON.stringify(form?.blocks.find(({ type }) => type === 'data_table'));
  expect(cells).toContain('{"type":"raw_text","text":"9.0 PB"}');
  expect(cells).toContain('{"type":"raw_number","value":90000,"text":"90.0 KB"}');
});

it('rendering draws one bar for each bucket and series', async () => {
  const chart = chartBlock(await askFixture('timeline', { zone: 'Asia/Tokyo' }));
  expect(chart?.chart.axis_config.categories.slice(0, 2)).toEqual(['19:00', '19:05']);
  expect(chart?.chart.series.map(({ name, data }) => [name, data[2]])).toEqual([
    ['Accepted', { label: '19:10', value: 8 }],
    ['Rejected', { label: '19:10', value: 5 }],
  ]);
  expect(chartBlock(await askFixture('records'))).toBeUndefined();
});

it('rendering distinguishes the two hours when clocks are set back', async () => {
  const answer = await askFixture('timeline', { zone: 'Europe/Berlin' });
  const rows = [0, 60].map((minutes) => ({
    bucket: new Date(Date.UTC(2026, 9, 25, 0, minutes)),
    accepted: 1,
    rejected: 0,
  }));
  // 02:00 comes twice in Berlin that night.
  expect(chartBlock({ ...answer, rows })?.chart.axis_config.categories).toEqual(['00:00Z', '01:00Z']);
});

it('a table holds 25 rows at most, and all are behind a button', async () => {
  const answer = await askFixture('records');
  const [rich] = answerForms(answer, REPLY);
  const table = rich?.blocks.find((block) => block.type === 'data_table');
  expect(table?.rows).toHaveLength(26);
  expect(table?.caption).toMatch(/^25 of 58 rows/);
  const button = rich?.blocks
    .flatMap((block) => (block.type === 'actions' ? block.elements : []))
    .find(({ action_id }) => action_id === 'rows');
  expect(button).toMatchObject({
    text: { text: 'All 58 rows (CSV)' },
    value: expect.stringMatching(/^records since/),
  });
  expect(button).not.toHaveProperty('confirm');
});

it('the button for all rows says what they cost where asking again is billed', async () => {
  const answer = await askFixture('records');
  const [rich] = answerForms(
    { ...answer, billed: true, cost: { dollars: 0.25, athenaDollars: 0.25 } },
    REPLY,
  );
  expect(JSON.stringify(rich?.blocks)).toContain('The same question runs again: about $0.25 on Athena.');
});

it("rendering fits every other message into Slack's limits, also with the longest words", async () => {
  const answer = await askFixture('to 10.0.1.10');
  const words = {
    problem: `<!channel> ${'p'.repeat(9_000)}`,
    next: 'n'.repeat(9_000),
    correctedLine: 'to 10.0.0.1',
  };
  const messages = [
    workingParent(answer.question, {}, 1_000),
    workingParent(answer.question, { scan: answer.statement.scan, before: 2 }, 1_000),
    answeredParent({ ...answer, headline: `<!here> ${'h'.repeat(9_000)}` }),
    failedParent(answer.question, words),
    failureMessage(words, '/flowlog '),
    helpMessage(helpText(catalog, '/flowlog ')),
    ...catalog.map((query) => helpMessage(entryHelpText(query, '/flowlog '))),
  ];
  for (const message of messages) expect(overLimits(message)).toEqual([]);
});

it('rendering shows help whole, in Slack as in the terminal', () => {
  for (const text of [
    helpText(catalog, '/flowlog '),
    ...catalog.map((query) => entryHelpText(query, '/flowlog ')),
  ]) {
    expect(JSON.stringify(helpMessage(text).blocks)).toContain(JSON.stringify(text).slice(1, -1));
  }
});

it('rendering lists every query in help, with its usage, options and an example', () => {
  const all = helpText(catalog, 'flowlog ');
  for (const query of catalog) {
    expect(all).toContain(query.summary);
    const one = entryHelpText(query, 'flowlog ');
    for (const name of Object.keys(query.args)) expect(one).toMatch(new RegExp(`${name}=|<`));
    // Lines are short: a block of fixed width does not wrap them.
    expect(one.replaceAll('\n', ' ')).toContain(query.about);
    for (const line of one.split('\n')) expect(line.length).toBeLessThan(100);
    expect(one).toMatch(/For example: flowlog \S+/);
  }
});

it('rendering prints an answer for the terminal: aligned, with lines to go on with', async () => {
  const text = answerText(await askFixture('rejected', { zone: 'Europe/Berlin' }), { prompt: 'flowlog ' });
  expect(text.split('\n').slice(0, 3)).toEqual([
    '✕ Rejected · 10.0.2.20 has rejected 10.0.1.10 on 5432 postgres since 11:20:05 CET; before that it answered, until 11:15:55 CET. At least 1 outside address was rejected too on 4 ports. But some five-minute slots have no file.',
    'rejected since 2026-11-22T10:00Z until 2026-11-22T10:40Z · 22 Nov 2026 11:00–11:40 CET (10:00–10:40 UTC)',
    '',
  ]);
  expect(text).toMatch(
    /^192\.0\.2\.66 +1 {2}10\.0\.1\.10 +1 {2}rejected +11:12:00 +tcp +22 ssh +4 {2}240 B /m,
  );
  expect(text).toContain(
    '  Over time: flowlog timeline 10.0.2.20 since 2026-11-22T10:00Z until 2026-11-22T10:40Z',
  );
});

it('rendering fits a table into the width of a terminal, the deciding columns first', async () => {
  const answer = await askFixture('to 10.0.1.10');
  for (const width of [80, 120]) {
    const lines = answerText(answer, { prompt: '', width }).split('\n');
    const table = lines.slice(lines.indexOf('') + 1, lines.indexOf('', lines.indexOf('') + 1));
    for (const line of table.filter((each) => !each.startsWith('Not shown')))
      expect(line.length).toBeLessThanOrEqual(width);
    expect(table.join('\n')).toMatch(/From +State +Since/);
    expect(table.join(' ')).toMatch(/ Not shown: .*; --csv has +them all\.$/);
  }
});

it('what is known from elsewhere than the records comes before the table, a literal line each, within the limits', async () => {
  const answer = await askFixture('who 10.0.1.10');
  const facts = [
    { label: 'Owner', value: ['team=<!channel> *blue*'] },
    { label: 'Interface', value: ['attached since ', { at: new Date('2026-11-22T09:00:00Z') }] },
    { label: 'Long', value: ['x'.repeat(5_000)] },
  ];
  const known = { ...answer, finding: { ...answer.finding, facts } };
  const forms = answerForms(known, REPLY);
  expect(forms.flatMap(overLimits)).toEqual([]);
  const [first] = forms[0]?.blocks ?? [];
  expect(first?.type).toBe('rich_text');
  expect(JSON.stringify(first)).toContain(
    '{"type":"text","text":"Owner: ","style":{"bold":true}},{"type":"text","text":"team=<!channel> *blue*"}',
  );
  expect(JSON.stringify(first)).toContain('"type":"date"');
  const text = answerText(known, { prompt: '' });
  expect(text).toContain('\nOwner: team=<!channel> *blue*\nInterface: attached since 09:00 UTC\n');
});
