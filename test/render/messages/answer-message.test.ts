import { expect, it } from 'vitest';
import { catalog } from '../../../src/catalog/index.ts';
import { answerText } from '../../../src/render/answer-text.ts';
import { chartBlock } from '../../../src/render/blocks/chart-block.ts';
import { entryHelpText, helpText } from '../../../src/render/help-text.ts';
import { answerForms } from '../../../src/render/messages/answer-message.ts';
import { failureMessage, helpMessage } from '../../../src/render/messages/notes.ts';
import { answeredParent, failedParent, workingParent } from '../../../src/render/messages/parent-message.ts';
import { askFixture } from '../../support/ask-fixture.ts';
import { overLimits } from '../../support/slack-limits.ts';

it('rendering orders an answer: headline, question, chart, table, receipt, coverage, SQL, next steps', async () => {
  const forms = answerForms(await askFixture('timeline'));
  expect(forms.map(({ blocks }) => blocks.map(({ type }) => type))).toEqual([
    [
      'rich_text',
      'context',
      'data_visualization',
      'data_table',
      'context',
      'context',
      'container',
      'actions',
    ],
    ['rich_text', 'context', 'table', 'context', 'context', 'container', 'actions'],
    ['rich_text', 'context', 'rich_text', 'context', 'context', 'actions'],
    [],
  ]);
  expect(forms[0]?.leavesRowsOut).toBe(false);
});

it('rendering has no table where there is no row', async () => {
  const forms = answerForms(await askFixture('to 10.9.9.9'));
  expect(forms.map(({ blocks }) => blocks.some(({ type }) => /table/.test(type)))).toEqual([false, false]);
});

it('rendering shows numbers that a double cannot hold as text, and the others as numbers that sort', async () => {
  const [form] = answerForms(await askFixture('top-talkers top=2'));
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

it('rendering leaves rows out of a plain text form only where it says so', async () => {
  const answer = await askFixture('records');
  const forms = answerForms(answer);
  const [rich, , fenced] = forms.map(({ blocks }) => JSON.stringify(blocks));
  expect(forms[0]?.leavesRowsOut).toBe(false);
  expect(rich).not.toContain('The table shows');
  expect(fenced).toMatch(/The table shows \d+ of 58 rows; all are in the CSV/);
  expect(forms[2]?.leavesRowsOut).toBe(true);
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
  const text = answerText(await askFixture('rejected', { zone: 'Europe/Berlin' }), 'flowlog ');
  expect(text.split('\n').slice(0, 3)).toEqual([
    'At least 2 addresses were rejected; most often from 192.0.2.66 to 10.0.1.10 on 4 ports (at least 5 records).',
    'rejected since 2026-11-22T10:00Z until 2026-11-22T10:40Z · 2026-11-22 11:00–11:40 CET (10:00–10:40 UTC)',
    '',
  ]);
  expect(text).toMatch(/^192\.0\.2\.66 {2}10\.0\.1\.10 {2}tcp {11}22 ssh {6}4 {2}240 B /m);
  expect(text).toContain(
    '  Over time: flowlog timeline 10.0.1.10 since 2026-11-22T10:00Z until 2026-11-22T10:40Z',
  );
});
