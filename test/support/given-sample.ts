import { onTestFinished } from 'vitest';
import { catalog } from '../../src/catalog/index.ts';
import { DEFAULT_PRICES } from '../../src/core/answer/cost.ts';
import type { Store } from '../../src/core/answer/store.ts';
import type { QueueAmounts } from '../../src/core/answer/turns.ts';
import { UserError } from '../../src/core/errors.ts';
import type { Cloud } from '../../src/core/lake/cloud.ts';
import type { StoredRangeOf } from '../../src/core/lake/cloud-sources.ts';
import type { Lake } from '../../src/core/lake/lake.ts';
import type { S3Source } from '../../src/core/lake/log-source.ts';
import { createSourceBook, type SourceBook } from '../../src/core/lake/source-book.ts';
import { type Act, createAct } from '../../src/core/operation/act.ts';
import type { JournalEntry } from '../../src/core/operation/journal.ts';
import type { Command, OperationSettings } from '../../src/core/operation/operation.ts';
import type { Report } from '../../src/core/operation/report.ts';
import { isCommand, type RequestOrHelp, readRequest } from '../../src/core/operation/request.ts';
import type { Stores } from '../../src/core/operation/stores.ts';
import { nextAfter, operations, STEP_KINDS } from '../../src/operations/index.ts';
import { deliver } from '../../src/playground/aws/cloud/deliver.ts';
import { inFolder, lakeOfSource } from '../../src/playground/aws/cloud/read-folders.ts';
import { createSampleCloud } from '../../src/playground/aws/cloud/sample-cloud.ts';
import { createStateFile, type SampleState } from '../../src/playground/aws/cloud/sample-state.ts';
import { openStores } from '../../src/store/open-stores.ts';
import { STARTED, sampleFolder } from './sample-template.ts';

/** The store as the app opens it. */
type SampleStore = Store & Pick<Stores, 'journal' | 'endings'>;

export const VPC = 'vpc-0f10f10f10f100001';
export const SUBNET = 'subnet-0f10f10f10f100011';
export const ENI = 'eni-0f10f10f10f10f001';
export const BUILT_IN = 'fl-0f10f10f10f100001';

/** All that a line can begin with. */
export const ENTRIES = [...catalog, ...operations];

export const SETTINGS: OperationSettings = {
  database: 'flowlog',
  workgroup: 'flowlog',
  resultLocation: undefined,
  scanLimitBytes: 100_000_000_000,
  prices: DEFAULT_PRICES,
  limits: { question: 1, thread: 5, day: 50 },
};

/** How a sample differs from the usual one. */
export interface SampleOptions {
  /** What is put around the cloud: faults, another region. */
  readonly around?: (cloud: Cloud) => Cloud;
  /** Who may confirm; everybody when left out. */
  readonly queue?: QueueAmounts;
  readonly operators?: readonly string[];
  readonly configured?: readonly S3Source[];
  readonly settings?: Partial<OperationSettings>;
  /** The store of another sample, as after a restart; one in memory when left out. */
  readonly store?: SampleStore;
  readonly folder?: string;
  /** The files of a source; those of the folder when left out. */
  readonly lakeOf?: (source: S3Source) => Lake;
  readonly storedRangeOf?: StoredRangeOf;
}

/** Who says a line, and how it can be stopped. */
interface Saying {
  readonly person?: string;
  readonly request?: string;
  readonly signal?: AbortSignal;
  readonly thread?: string;
  readonly onProgress?: (report: Report) => void;
}

/** The sample network with everything that can be done to it, all parts real, and a clock that the test moves. */
export interface GivenSample {
  readonly folder: string;
  readonly cloud: Cloud;
  readonly act: Act;
  readonly book: SourceBook;
  readonly store: SampleStore;
  /** Says a line; what it comes to. */
  say(line: string, how?: Saying): Promise<Report>;
  /** Says a line, and confirms what was planned. */
  done(line: string, how?: Saying): Promise<Report>;
  /** The plan that a line comes to, as it was written down. */
  planned(line: string, how?: Saying): Promise<JournalEntry>;
  /** What is wrong with a line, as people read it. */
  refused(line: string, how?: Saying): Promise<Refusal>;
  /** All that was set up. */
  state(): Promise<SampleState>;
  /** Lets time pass; flow logs deliver meanwhile. */
  pass(minutes: number): Promise<void>;
  readonly now: () => Date;
}

/** What people read of a line that was not done. */
interface Refusal {
  readonly problem: string;
  readonly next: string;
}

let ids = 0;

/** Short text that is never the same twice, of the digits that ids of AWS have. */
export function newId(): string {
  ids += 1;
  return ids.toString(16).padStart(8, '0');
}

/** Opens the sample network in a folder of its own until the test ends. */
export async function givenSample(options: SampleOptions = {}): Promise<GivenSample> {
  const folder = options.folder ?? (await sampleFolder());
  let nowMs = STARTED.getTime();
  const now = () => new Date(nowMs);
  const state = createStateFile(folder);
  const sample = createSampleCloud({ folder, state, now, newId });
  const cloud = options.around?.(sample) ?? sample;
  const store = options.store ?? (await openStore());
  const pass = async (minutes: number) => {
    nowMs += minutes * 60_000;
    await deliver(folder, state, now());
  };
  const book = createSourceBook({ cloud, configured: options.configured ?? [], now });
  const act = createAct({
    cloud,
    book,
    lakeOf: options.lakeOf ?? ((source) => lakeOfSource(folder, source)),
    storedRangeOf:
      options.storedRangeOf ?? ((source, each) => lakeOfSource(folder, inFolder(source)).storedRange(each)),
    settings: { ...SETTINGS, ...options.settings },
    queue: () => options.queue ?? { running: 0, waiting: 0 },
    ...{ catalog, spending: store, journal: store.journal, stepKinds: STEP_KINDS, nextAfter, now, newId },
    mayChange: ({ person }) => options.operators?.includes(person) ?? true,
    whoMay: `Ask one of ${options.operators?.join(', ')}.`,
    async pause(milliseconds, signal) {
      signal.throwIfAborted();
      await pass(milliseconds / 60_000);
      signal.throwIfAborted();
    },
  });
  return {
    folder,
    cloud,
    act,
    book,
    store,
    pass,
    now,
    state: () => state.read(),
    ...saying(act, store, now),
  };
}

async function openStore(): Promise<SampleStore> {
  const { store, ...others } = await openStores({ path: ':memory:' });
  onTestFinished(() => others.close().catch(() => undefined));
  return { ...store, ...others };
}

/** What a line is. @throws UserError when it cannot be read. */
function understood(line: string, now: Date): RequestOrHelp {
  return readRequest(line, { catalog: ENTRIES, now, zone: 'UTC', longestWindowSeconds: 7 * 86_400 });
}

/** The command that a line is. */
export function commandOf(line: string, now: Date): Command {
  const command = understood(line, now);
  if (!isCommand(command)) throw new RangeError(`${line} is no command`);
  return command;
}

function saying(act: Act, { journal }: GivenSample['store'], now: () => Date) {
  const say: GivenSample['say'] = async (line, how = {}) => {
    const { person = 'U1', request = `r-${newId()}`, thread = '', onProgress } = how;
    const { signal = new AbortController().signal } = how;
    const options = onProgress === undefined ? { signal } : { signal, onProgress };
    const report = await act.perform(
      commandOf(line, now()),
      { id: request, person, channel: 'C1', thread },
      options,
    );
    // Whatever is offered, anywhere, can be pressed.
    for (const next of report.next) understood(next.line, now());
    return report;
  };
  const planned: GivenSample['planned'] = async (line, how) => {
    const entry = await journal.find(planIdOf(await say(line, how)));
    if (entry === undefined) throw new RangeError(`${line} was not written down`);
    return entry;
  };
  return {
    say,
    planned,
    async done(line: string, how?: Saying) {
      const { id, plan } = await planned(line, how);
      return say(['confirm', id, ...(plan.typed === undefined ? [] : [plan.typed])].join(' '), how);
    },
    async refused(line: string, how?: Saying) {
      const { problem, next, isLine } = await refusalOf(() => say(line, how));
      if (isLine) understood(next, now());
      return { problem, next };
    },
  };
}

/** The words of what goes wrong. */
async function refusalOf(work: () => Promise<unknown>): Promise<Refusal & { readonly isLine: boolean }> {
  try {
    await work();
  } catch (error) {
    if (error instanceof UserError)
      return {
        problem: error.message,
        next: error.correctedLine ?? error.hint ?? '',
        isLine: error.correctedLine !== undefined,
      };
    throw error;
  }
  throw new RangeError('nothing was refused');
}

/** The id under which a plan can be confirmed. */
function planIdOf({ next }: Report): string {
  const id = next.map(({ line }) => /^confirm (op-[a-z0-9]+)/.exec(line)?.[1]).find((found) => found);
  if (id === undefined) throw new RangeError('nothing was planned');
  return id;
}

/** All lines of a report that a person reads, without titles, tables and code. */
export function linesOf({ sections }: Pick<Report, 'sections'>): readonly string[] {
  return sections.flatMap(({ lines = [] }) => lines);
}
