import { PassThrough } from 'node:stream';
import { expect, it } from 'vitest';
import { catalog } from '../../src/catalog/index.ts';
import { TooCostly } from '../../src/core/answer/budget.ts';
import { EngineError, StoreError } from '../../src/core/errors.ts';
import { createInterfacesByName } from '../../src/core/lake/interfaces-by-name.ts';
import { type AnswerOptions, createAnswerRequests } from '../../src/core/operation/answer-requests.ts';
import { readRequest } from '../../src/core/operation/request.ts';
import { createNameResolver, type ResolveNames } from '../../src/core/operation/resolve-names.ts';
import { helpFor } from '../../src/render/help-text.ts';
import {
  answerInTerminal,
  recordedTerminalAsk,
  type TerminalParts,
} from '../../src/terminal/answer-in-terminal.ts';
import type { OutputForm } from '../../src/terminal/command-line.ts';
import { promptForLines } from '../../src/terminal/prompt.ts';
import { askFixture, NOW, STORY_WINDOW, storyLake } from '../support/ask-fixture.ts';
import { givenSample } from '../support/given-sample.ts';

/** A terminal over the story, and what it printed. */
async function terminal(change: Partial<TerminalParts> = {}) {
  const lake = await storyLake();
  const printed = { out: '', aside: '' };
  const parts: TerminalParts = {
    ask: async ({ line }, options) => ({ answer: await lake.ask(line, options) }),
    understand: (line, zone) => readRequest(line, { catalog, now: NOW, zone, longestWindowSeconds: 86_400 }),
    help: helpFor(catalog, 'flowlog '),
    zone: 'UTC',
    prompt: 'flowlog ',
    newId: () => 'ref-1',
    print: (text) => {
      printed.out += text;
    },
    drained: async () => {},
    printAside: (text) => {
      printed.aside += text;
    },
    ...change,
  };
  const request = (line: string, form: OutputForm = 'text', rowLimit?: number) => ({
    line,
    form,
    rowLimit,
    signal: new AbortController().signal,
  });
  return {
    parts,
    printed,
    answer: (line: string, form?: OutputForm, rowLimit?: number) =>
      answerInTerminal(parts, request(line, form, rowLimit)),
  };
}

it.each<readonly [OutputForm, RegExp, RegExp]>([
  [
    'text',
    /^✕ Rejected · 10\.0\.2\.20 has rejected 10\.0\.1\.10.*Go on with/s,
    /^Reading 10 files \(3\.1 KB\), free on the embedded engine\n$/,
  ],
  ['json', /^\{\n {2}"question"/, /^$/],
  ['csv', /^source,sources,destination.*\r\n$/s, /^10\.0\.2\.20 has rejected 10\.0\.1\.10/],
])('the terminal prints an answer as %s', async (form, out, aside) => {
  const { answer, printed } = await terminal();
  expect(await answer(`rejected ${STORY_WINDOW}`, form)).toBe(0);
  expect(printed.out).toMatch(out);
  expect(printed.aside).toMatch(aside);
});

it('the terminal prints a CSV of more rows than are held as they arrive, with one header', async () => {
  const taken: string[] = [];
  const { answer, printed } = await terminal({
    drained: async () => void taken.push('a part'),
    ask: async (_, { file }) => {
      const answered = await askFixture('rejected');
      for (const _part of [1, 2, 3]) await file?.write(answered.columns, answered.rows);
      return { answer: { ...answered, rowCount: 3 * answered.rows.length } };
    },
  });
  expect(await answer('rejected', 'csv')).toBe(0);
  const { rows } = await askFixture('rejected');
  expect(printed.out.match(/source,sources,destination/g)).toHaveLength(1);
  expect(printed.out.split('\r\n')).toHaveLength(1 + 3 * rows.length + 1);
  expect(taken).toHaveLength(3);
});

it.each([
  ['rejected', 1_000],
  // What judges rows must have all of them.
  ['gaps', 5_000],
])('the terminal holds of `%s --csv --limit 5000` %d rows at most', async (line, held) => {
  const wanted: AnswerOptions[] = [];
  const parts = await terminal({
    ask: async (_, options) => {
      wanted.push(options);
      throw new EngineError('cancelled', '');
    },
  });
  await parts.answer(line, 'csv', 5_000);
  expect(wanted.map(({ rowLimit }) => rowLimit)).toEqual([held]);
});

it.each([
  ['help', /^Is it reachable\?\n/],
  ['', /^Is it reachable\?\n/],
  ['help ports', /^On which ports an address was called.*\n\nflowlog ports <address>/],
])('the terminal prints help for %j', async (line, expected) => {
  const { answer, printed } = await terminal();
  expect(await answer(line)).toBe(0);
  expect(printed.out).toMatch(expected);
});

it('the terminal says what is wrong with a line, and a line that can be pasted', async () => {
  const { answer, printed } = await terminal();
  expect(await answer('rejectd last 1h')).toBe(2);
  expect(printed).toEqual({
    out: '',
    aside: 'There is no query `rejectd`.\nTry: flowlog rejected last 1h\n',
  });
});

it.each<readonly [OutputForm, string]>([
  ['text', 'Waiting: 2 questions come first\nWaiting: 1 question comes first\n'],
  ['json', ''],
  ['csv', ''],
])('the terminal says in %s how many questions come first, as often as that changes', async (form, aside) => {
  const { answer, printed } = await terminal({
    ask: async (_question, { onTurn }) => {
      for (const before of [2, 2, 1, 0]) onTurn?.(before);
      throw new EngineError('cancelled', '');
    },
  });
  await answer('rejected', form);
  expect(printed.aside.split('The question was stopped')[0]).toBe(aside);
});

it('the terminal says what comes from log groups at once, and then every ten megabytes', async () => {
  const { answer, printed } = await terminal({
    ask: async (_question, { onEvents }) => {
      for (const megabytes of [1, 2, 10, 12])
        onEvents?.({ calls: megabytes, events: megabytes * 1_000, bytes: megabytes * 1_000_000 });
      throw new EngineError('cancelled', '');
    },
  });
  await answer('rejected', 'text');
  expect(printed.aside.split('The question was stopped')[0]).toBe(
    'Fetching from CloudWatch Logs: 1,000 records (1.0 MB) so far\nFetching from CloudWatch Logs: 12,000 records (12.0 MB) so far\n',
  );
});

it('the terminal says what the engine said, and what to do', async () => {
  const { answer, printed } = await terminal({
    ask: () => Promise.reject(new EngineError('exhausted', 'out of memory')),
  });
  expect(await answer('rejected')).toBe(1);
  expect(printed.aside).toMatch(
    /^The question needs more memory than it may use \(out of memory\)\.\nAsk for a shorter window/,
  );
});

it('the terminal says what a question would cost, and lines that allow it or cost less', async () => {
  const refusal = new TooCostly({
    line: 'rejected',
    estimate: { bytes: 400_000_000_000, dollars: 2, exact: true },
    whose: 'question' as const,
    limitDollars: 0.5,
    sameForOneInterface: true,
    allow: { label: 'Spend up to $2.00', line: 'rejected spend=2.00' },
    cheaper: [{ label: 'Only the last 10m: about $0.03', line: 'rejected last 10m' }],
  });
  const { answer, printed } = await terminal({ ask: () => Promise.reject(refusal) });
  expect(await answer('rejected')).toBe(2);
  expect(printed.aside.split('\n')).toEqual([
    '`rejected` would scan 400 GB, about $2.00, and a question may cost $0.50.',
    'Nothing was run. Say that it may cost that much, or ask for less; one interface alone would cost the same: Athena reads whole files.',
    '  Spend up to $2.00',
    '    flowlog rejected spend=2.00',
    '  Only the last 10m: about $0.03',
    '    flowlog rejected last 10m',
    '',
  ]);
});

it('the terminal shows an unexpected error with a reference and its stack trace', async () => {
  const { answer, printed } = await terminal({ ask: () => Promise.reject(new TypeError('x is undefined')) });
  expect(await answer('rejected', 'json')).toBe(1);
  expect(JSON.parse(printed.out).error.next).toContain('ref-1');
  expect(printed.aside).toMatch(/^ref-1: TypeError: x is undefined\n/);
});

it('the terminal says what is wrong with the store, without a stack trace', async () => {
  const refusal = new StoreError('locked', 'Another process holds the file.', 'Close it.');
  const { answer, printed } = await terminal({ ask: () => Promise.reject(refusal) });
  expect(await answer('rejected')).toBe(1);
  expect(printed.aside).toBe('Another process holds the file.\nClose it.\n');
});

it('the terminal asks for lines until a person leaves', async () => {
  const { parts, printed } = await terminal({ prompt: '' });
  const input = new PassThrough();
  input.end(`rejected ${STORY_WINDOW}\nnonsense\nexit\nrejected\n`);
  expect(await promptForLines(parts, input, new PassThrough())).toBe(0);
  expect(printed.out.match(/has rejected 10\.0\.1\.10/g)).toHaveLength(1);
  expect(printed.aside).toMatch(/There is no query `nonsense`/);
});

/** A terminal over the story, with names from the sample network or from nowhere. */
async function terminalWithNames(where: 'sample' | 'folder') {
  const [lake, sample] = [await storyLake(), await givenSample()];
  const sites = (signal: AbortSignal) => sample.cloud.sites(signal);
  const interfaces = where === 'sample' ? createInterfacesByName({ sites, now: () => NOW }) : undefined;
  const resolveNames: ResolveNames = createNameResolver(interfaces);
  const asking = createAnswerRequests({
    ask: ({ line }, options) => lake.ask(line, options),
    resolveNames,
    act: sample.act,
    store: sample.store,
    now: () => NOW,
    understand: (line, zone) => lake.question(line, zone),
    timeoutMs: 20_000,
  });
  return terminal({ ask: recordedTerminalAsk(asking, { newId: () => 'id-1', now: () => NOW }) });
}

it('a name is answered for its address, which JSON shows', async () => {
  const { answer, printed } = await terminalWithNames('sample');
  expect(await answer(`to bastion ${STORY_WINDOW}`, 'json')).toBe(0);
  const { question } = JSON.parse(printed.out) as { question: { line: string; args: object } };
  expect(question).toMatchObject({ args: { addr: '10.0.1.10' }, line: `to 10.0.1.10 ${STORY_WINDOW}` });
});

it('a name of several interfaces is asked back with a line for each, and exits with 2', async () => {
  const { answer, printed } = await terminalWithNames('sample');
  expect(await answer('to shop last 1h')).toBe(2);
  expect(printed.out).toBe('');
  expect(printed.aside).toBe(
    [
      '2 network interfaces are called `shop`: which one?',
      'Nothing was run. Choose one of them, or type its address.',
      '  shop 10.0.1.200 in vpc-0f10f10f10f100001',
      '    flowlog to 10.0.1.200 last 1h',
      '  shop 10.0.2.200 in vpc-0f10f10f10f100001',
      '    flowlog to 10.0.2.200 last 1h',
      '',
    ].join('\n'),
  );
});

it('a name that nothing carries is put right with a line that can be pasted', async () => {
  const { answer, printed } = await terminalWithNames('sample');
  expect(await answer('to db-9 last 1h')).toBe(2);
  expect(printed.aside).toContain('Did you mean `db-1`?\nTry: flowlog to db-1 last 1h\n');
});

it('over a folder a name is refused, which knows none', async () => {
  const { answer, printed } = await terminalWithNames('folder');
  expect(await answer('to db-1')).toBe(2);
  expect(printed.aside).toBe(
    '`db-1` is a name, and a folder of flow logs knows no names.\nType its address.\n',
  );
});
