import { Ajv } from 'ajv';
import { beforeAll, describe, expect, it } from 'vitest';
import { catalog } from '../../src/catalog/index.ts';
import type { Answer } from '../../src/core/answer/answer.ts';
import type { Column, Row, Value } from '../../src/core/query/columns.ts';
import { phraseText } from '../../src/core/query/finding.ts';
import { withValues } from '../../src/core/sql/literals.ts';
import type { Message } from '../../src/render/blocks/block-types.ts';
import { answerForms } from '../../src/render/messages/answer-message.ts';
import { answeredParent } from '../../src/render/messages/parent-message.ts';
import { askFixture } from '../support/ask-fixture.ts';
import { officialSchema } from '../support/official-schema.ts';
import { overLimits } from '../support/slack-limits.ts';
import { STORY_LINES } from './story-lines.ts';

/** What a log, a folder or a person may write to break a message. */
const HOSTILE = [
  '<!channel> <@U1>',
  '``` code',
  'x'.repeat(5_000),
  '\u202egnp.exe\u200f',
  '🔥'.repeat(2_500),
  '',
  '=1+1',
  '&amp;',
];

const isOfficial = new Ajv({ strict: false }).compile(await officialSchema('KnownBlock'));

function valueFor({ kind, numeric }: Column, index: number): Value {
  if (kind === 'moment') return new Date(Date.UTC(2026, 10, 22, 10, index));
  if (numeric || kind === 'protocol') return kind === 'bytes' ? 2n ** 60n + BigInt(index) : index % 60_000;
  return HOSTILE[index % HOSTILE.length] ?? '';
}

/** The answer with other rows, and the sentence and the next steps that its query makes of them. */
function withRows(answer: Answer, amount: number): Answer {
  const { query, args } = answer.question;
  const rows: readonly Row[] = Array.from({ length: amount }, (_, index) =>
    Object.fromEntries(
      Object.entries(query.columns).map(([name, column], place) => [name, valueFor(column, index + place)]),
    ),
  );
  const totals = Object.fromEntries(Object.keys(query.totals).map((name) => [name, amount]));
  const { coverage, names, question } = answer;
  const context = {
    ...question,
    coverage,
    otherWindows: {},
    names,
    totals,
    shown: amount,
    more: true,
    subjects: [],
  } as const;
  const { sentence } = query.judge(rows, args, { ...context, least: 'at least ' }).finding;
  const finding = amount === 0 ? answer.finding : { ...answer.finding, sentence };
  const headline = phraseText(finding.sentence, { zone: question.zone, names });
  const followUps = query.followUps?.(rows, args) ?? [];
  return { ...answer, rows, rowCount: amount, finding, headline, followUps, truncated: true };
}

/** An answer about which everything that can be long is. */
function withWorstCoverage(answer: Answer): Answer {
  const slot = { fromSeconds: 0, toSeconds: 300 };
  const coverage = {
    ...answer.coverage,
    sourceName: 'y'.repeat(5_000),
    skipData: 3,
    unreadableLines: 9,
    filesFailed: HOSTILE.map((key) => ({ key, slot, reason: key })),
    notes: [...HOSTILE, ...HOSTILE, 'the last note of all'],
  };
  return { ...answer, coverage };
}

function everyMessage(answer: Answer): readonly Message[] {
  const places = (['reply', 'thread', 'private'] as const).map((kind) => ({
    kind,
    person: 'U1',
    call: 'U1',
  }));
  return [...places.flatMap((place) => answerForms(answer, place)), answeredParent(answer, 'U1')];
}

function refusals(answer: Answer): readonly string[] {
  return everyMessage(answer).flatMap((message) => {
    const known = message.blocks.filter(({ type }) => type !== 'data_visualization');
    const official = known.flatMap((block) =>
      isOfficial(block) ? [] : [JSON.stringify(isOfficial.errors?.slice(0, 3))],
    );
    return [...overLimits(message), ...official];
  });
}

describe.each(catalog.map(({ name }) => name))('the messages of %s', (name) => {
  let answer: Answer;

  it('show the whole SQL with its values, in as many blocks as it needs', () => {
    const texts = JSON.stringify(answerForms(answer, { kind: 'reply' })[0]?.blocks).matchAll(
      /"rich_text_preformatted","elements":\[\{"type":"text","text":("(?:[^"\\]|\\.)*")/g,
    );
    const shown = [...texts].map(([, text]) => JSON.parse(text ?? '""'));
    expect(shown.join('\n')).toBe(withValues(answer.statement));
  });
  beforeAll(async () => {
    answer = await askFixture(STORY_LINES[name] ?? '');
  });

  it('fit as they are', () => {
    expect(refusals(answer)).toEqual([]);
  });

  it.each([0, 1, 8, 100, 1_000])('fit with %i rows of hostile text', (amount) => {
    expect(refusals(withRows(answer, amount))).toEqual([]);
    expect(refusals(withWorstCoverage(withRows(answer, amount)))).toEqual([]);
  });

  it('say when rows are left out, in every form that has a table, and offer them', () => {
    const cut = withRows(answer, 1_000);
    for (const [truncated, words, label] of [
      [false, /\d+ of 1,000 rows/, 'All 1,000 rows (CSV)'],
      [true, /\d+ of more than 1,000 rows/, 'All rows (CSV)'],
    ] as const) {
      const forms = answerForms({ ...cut, truncated }, { kind: 'reply' });
      const [textOnly] = forms.filter(({ blocks }) => blocks.length === 0);
      expect(textOnly?.needsFile).toBe(true);
      for (const { blocks, needsFile } of forms.filter((form) => form !== textOnly)) {
        expect(needsFile).toBe(false);
        expect(JSON.stringify(blocks)).toMatch(words);
        expect(JSON.stringify(blocks)).toContain(label);
      }
    }
  });

  it('never lose the last doubt to a limit', () => {
    const notes = [...Array.from({ length: 14 }, (_, index) => `note ${index}`), 'the last note of all'];
    const [form] = answerForms({ ...answer, coverage: { ...answer.coverage, notes } }, { kind: 'reply' });
    expect(JSON.stringify(form?.blocks)).toMatch(/he last note of all/);
  });
});
