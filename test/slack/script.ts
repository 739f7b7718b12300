import type { Answer } from '../../src/core/answer/answer.ts';
import { withNames } from '../../src/core/answer/answer-of.ts';
import type { Ask } from '../../src/core/answer/ask.ts';
import type { RowFile } from '../../src/core/answer/rows.ts';
import { EngineError } from '../../src/core/errors.ts';
import { type Names, NO_NAMES } from '../../src/core/lake/names.ts';
import type { Scan } from '../../src/core/lake/scan.ts';
import type { Act } from '../../src/core/operation/act.ts';
import type { Row } from '../../src/core/query/columns.ts';
import type { Coverage } from '../../src/core/query/coverage.ts';
import { type Finding, phrase, phraseText } from '../../src/core/query/finding.ts';
import type { Question } from '../../src/core/query/question.ts';

/** What happens to the next question. */
interface Scene {
  readonly rows?: number;
  /** Text in place of what a log has of its own. */
  readonly text?: string;
  /** The answer waits for this, or for the question being stopped. */
  readonly until?: Promise<unknown>;
  /** The engine ignores its signal. */
  readonly deaf?: boolean;
  readonly fails?: Error;
  /** So many others come first. */
  readonly before?: number;
  /** Names that come later than the answer: when this is kept. */
  readonly lateNames?: Promise<Names>;
  /** The rows cannot be shown, as if a renderer had a fault. */
  readonly torn?: boolean;
}

/** Asking without an engine: the questions that came, and what happens to them. */
export interface Script {
  readonly ask: Ask;
  readonly act: Act;
  readonly asked: readonly Question[];
  /** When each of them was asked, as far as the engine knows. */
  readonly askedAt: readonly (Date | undefined)[];
  next(scene: Scene): void;
}

const SLOT = { fromSeconds: 1_790_000_000, toSeconds: 1_790_000_300 };

const SCAN: Scan = {
  source: { name: 'the script', region: 'eu-central-1', fields: [] },
  tables: [],
  objects: [{ key: 'a.log.gz', bytes: 12_000, slot: SLOT }],
  unread: [],
  notes: [],
  storedRange: SLOT,
};

const COVERAGE: Coverage = {
  matched: 7,
  skipData: 0,
  skippedAt: [],
  noData: 0,
  otherStatus: 0,
  flowLogs: [],
  filesWithoutTime: 0,
  doubts: [],
  sourceName: 'the script',
  filesRead: 1,
  slotsRead: SLOT,
  filesFailed: [],
  unreadableLines: 0,
  completeUpTo: undefined,
  newestEnd: undefined,
  complete: true,
  missingSlots: [],
  storedRange: SLOT,
  addressFields: ['srcaddr', 'dstaddr', 'pkt-srcaddr', 'pkt-dstaddr'],
  notes: [],
};

/** Creates a script in which every question is answered at once with two rows. */
export function createScript(): Script {
  const scenes: Scene[] = [];
  const asked: Question[] = [];
  const times: (Date | undefined)[] = [];
  return {
    asked,
    askedAt: times,
    next: (scene) => void scenes.push(scene),
    act: {
      perform: () => Promise.reject(new Error('the script has no operations')),
      refuse: () => {},
    },
    async ask(question, { signal, askedAt, onScan, onTurn, onLateNames, file }) {
      asked.push(question);
      times.push(askedAt);
      const {
        rows = 2,
        text = 'client',
        until,
        deaf = false,
        fails,
        torn = false,
        before,
        lateNames,
      } = scenes.shift() ?? {};
      if (before !== undefined) onTurn?.(before);
      onScan?.(SCAN, { bytes: 12_000, dollars: 0.00005, exact: true, billed: false });
      await (deaf ? until : Promise.race([until, stopped(signal, until !== undefined)]));
      if (signal.aborted) throw new EngineError('cancelled', 'the question was stopped');
      if (fails !== undefined) throw fails;
      const answer = await held(answerOf(question, rowsOf(question, rows, text)), file);
      void lateNames?.then((names) => onLateNames?.(withNames(answer, names)));
      return torn ? { ...answer, rows: [TORN] } : answer;
    },
  };
}

/** Holds as many rows as a query does; all of a longer answer go into its file. */
async function held(answer: Answer, file: RowFile | undefined): Promise<Answer> {
  const { columns, rows, question } = answer;
  if (file === undefined || rows.length <= question.query.limit) return answer;
  await file.write(columns, rows);
  return { ...answer, rows: rows.slice(0, question.query.limit) };
}

function stopped(signal: AbortSignal, waits: boolean): Promise<void> | undefined {
  if (!waits) return undefined;
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener('abort', () => resolve());
  });
}

const TORN: Row = new Proxy<Row>(
  {},
  {
    get() {
      throw new RangeError('a torn row');
    },
  },
);

const CELLS: Row = {
  destination: '10.0.1.5',
  port: 443,
  protocol: 6,
  action: 'ACCEPT',
  bytes: 48_123,
  packets: 60,
  records: 3,
  first_seen: new Date('2026-11-23T09:10:00Z'),
  last_seen: new Date('2026-11-23T09:50:00Z'),
  state: 'answered',
  since: null,
  weight: 0,
  last_answer: null,
  openings: 0,
  flagless: 0,
  tried: null,
  tried_from: null,
  tried_to: null,
  back: 0,
};

function rowsOf({ query }: Question, count: number, role: string): readonly Row[] {
  return Array.from({ length: count }, (_, index) => {
    const cells: Row = { ...CELLS, source: `10.0.9.${index + 1}`, role };
    return Object.fromEntries(
      Object.keys(query.columns).map((name) => [name, cells[name] === undefined ? '-' : cells[name]]),
    );
  });
}

/** Each total of a query is as many as there are rows. */
function totalsOf(query: Question['query'], amount: number): Readonly<Record<string, number>> {
  return Object.fromEntries(Object.keys(query.totals).map((name) => [name, amount]));
}

function findingOf(question: Question, rows: readonly Row[]): Finding {
  const { query, args } = question;
  const context = {
    ...question,
    coverage: COVERAGE,
    otherWindows: {},
    names: NO_NAMES,
    totals: totalsOf(query, rows.length),
    shown: rows.length,
    more: false,
    least: '',
    subjects: [],
  } as const;
  const sentence =
    rows.length === 0
      ? phrase`No ${query.subject(args)} seen.`
      : query.judge(rows, args, context).finding.sentence;
  return { sentence, certainty: 'proven', wouldTell: [] };
}

function answerOf(question: Question, rows: readonly Row[]): Answer {
  const { query, args } = question;
  const finding = findingOf(question, rows);
  return {
    question,
    finding,
    headline: phraseText(finding.sentence, { zone: question.zone, names: NO_NAMES }),
    names: NO_NAMES,
    columns: Object.entries(query.columns)
      .filter(([name]) => query.shown?.includes(name) ?? true)
      .map(([name, column]) => ({ name, column })),
    rows,
    rowCount: rows.length,
    truncated: false,
    engine: 'duckdb',
    billed: false,
    run: {
      id: 'run-1',
      scannedBytes: 12_000,
      filesRead: 1,
      elapsedMs: 80,
      reused: false,
      unread: [],
      unreadableLines: 0,
    },
    cost: { dollars: 0, athenaDollars: 0.00005 },
    estimatedBytes: 12_000,
    threadDollars: 0,
    coverage: COVERAGE,
    followUps:
      query.followUps?.(rows, args).map(({ label, line }) => ({ label, line: `${line} last 1h` })) ?? [],
    statement: { text: 'SELECT 1', bound: [], scan: SCAN },
  };
}
