import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Report } from '../../../src/core/operation/report.ts';
import { reportText } from '../../../src/render/answer-text.ts';
import { reportForms } from '../../../src/render/messages/report-message.ts';
import { givenSample, SUBNET } from '../../support/given-sample.ts';
import { overLimits } from '../../support/slack-limits.ts';

const text = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 60 }),
  fc.constantFrom('<!channel>', '', 'a `b` c', '\u0000', 'é'.repeat(300)),
);
const long = fc.tuple(text, fc.integer({ min: 1, max: 400 })).map(([each, times]) => each.repeat(times));
const table = fc
  .tuple(fc.integer({ min: 1, max: 24 }), fc.integer({ min: 0, max: 150 }), text)
  .map(([columns, rows, cell]) => {
    const row = Array.from({ length: columns }, (_, index) => `${cell}${index}`);
    return { columns: row, rows: Array.from({ length: rows }, () => row) };
  });
const section = fc.record(
  {
    title: text,
    lines: fc.array(fc.oneof(text, long), { maxLength: 40 }),
    table,
    code: fc.oneof(
      long,
      fc.array(text, { maxLength: 80 }).map((lines) => lines.join('\n')),
    ),
    folded: fc.boolean(),
  },
  { requiredKeys: [] },
);
const next = fc.record({
  label: fc.oneof(text, long).map((each) => `Go ${each}`),
  line: text.map((each) => `status ${each}`),
  press: fc.constantFrom('ask' as const, 'form' as const),
});
const report: fc.Arbitrary<Report> = fc.record({
  headline: fc.oneof(text, long).map((each) => `Found ${each}`),
  sections: fc.array(section, { maxLength: 60 }),
  next: fc.array(next, { maxLength: 40 }),
});

describe('any report', () => {
  it('fits into what Slack takes, in every form, going on or ended', () => {
    fc.assert(
      fc.property(report, text, fc.boolean(), (each, line, going) => {
        for (const form of reportForms(each, line, going ? 'q-1' : undefined))
          expect(overLimits(form)).toEqual([]);
      }),
      {
        numRuns: 150,
        examples: [
          [{ headline: 'Found', sections: [{ title: ' ', code: '', folded: true }], next: [] }, '', false],
        ],
      },
    );
  });
});

it('the message of a report writes all that a report has: headline, sections, tables, code, and what comes next', () => {
  const words = reportText(
    {
      headline: 'It is done',
      sections: [
        { title: 'Plan', lines: ['1. a', '2. b'] },
        { table: { columns: ['A', 'B'], rows: [['1', '22']] } },
        { title: 'DDL', code: 'CREATE' },
      ],
      next: [{ label: 'Status', line: 'status', press: 'ask' }],
    },
    '/flowlog ',
  );
  expect(words.split('\n')).toEqual([
    ...['It is done', '', 'Plan:', '1. a', '2. b', ''],
    ...[expect.stringMatching(/^A +B/), expect.stringMatching(/^1 +22/), ''],
    ...['DDL:', 'CREATE', '', 'Go on with', '  Status: /flowlog status'],
  ]);
});

it('the message of a report says what to type for each next line, with the word that a button does not carry', () => {
  const report: Report = {
    headline: 'A plan',
    sections: [],
    next: [
      { label: 'Do it…', line: 'confirm op-1', press: 'form', style: 'danger', typed: 'fl-1' },
      { label: 'Cancel', line: 'cancel op-1', press: 'ask' },
    ],
  };
  expect(reportText(report, 'flowlog ').split('\n').slice(-2)).toEqual([
    '  Do it…: flowlog confirm op-1 fl-1',
    '  Cancel: flowlog cancel op-1',
  ]);
  const [rich] = reportForms(report, 'teardown fl-1');
  const [first] = rich?.blocks.flatMap((block) => (block.type === 'actions' ? block.elements : [])) ?? [];
  expect(first?.action_id).toBe('confirm:0');
  // The word goes along for the form to show; that it was typed is judged by the plan.
  expect(JSON.parse(first?.value ?? '')).toMatchObject({ line: 'confirm op-1', word: 'fl-1' });
});

it('the message of a plan has its steps and its buttons first, and policy and calls behind folds', async () => {
  const { say } = await givenSample();
  const [rich, plain] = reportForms(await say(`setup ${SUBNET}`), `setup ${SUBNET}`);
  expect(overLimits(rich ?? { text: '', blocks: [] })).toEqual([]);
  expect(JSON.stringify(plain)).toContain('ec2:CreateFlowLogs');
  const types = rich?.blocks.map(({ type }) => type) ?? [];
  expect(types.indexOf('actions')).toBeLessThan(types.indexOf('container'));
  expect(JSON.stringify(rich?.blocks[2])).toContain('1. Create the bucket');
  const unfolded = JSON.stringify(rich?.blocks.filter(({ type }) => type !== 'container'));
  expect(unfolded).not.toContain('ec2:CreateFlowLogs');
  const buttons = rich?.blocks.find(({ type }) => type === 'actions');
  expect(JSON.stringify(buttons)).toContain('"action_id":"ask:0"');
});
