import { Interrupted } from '../answer/turns.ts';
import { StoreError } from '../errors.ts';
import type { Cloud } from '../lake/cloud.ts';
import { errorWords } from './error-words.ts';
import type { Journal, JournalEntry, StepRecord } from './journal.ts';
import type { ActOptions } from './operation.ts';
import type { Facts, StepDone, StepKind } from './plan.ts';
import { progressReport } from './plan-report.ts';
import type { NextLine, Report } from './report.ts';

export interface StepRunner {
  readonly cloud: Cloud;
  readonly journal: Journal;
  readonly stepKinds: readonly StepKind[];
  readonly now: () => Date;
  /** Waits. @throws the signal's reason when it is aborted. */
  readonly pause: (milliseconds: number, signal: AbortSignal) => Promise<void>;
  /** Lines to go on with once an operation is done, from what its steps found out. */
  readonly nextAfter: (facts: Facts) => readonly NextLine[];
}

/**
 * Does the steps of an operation that was claimed, one after the other, and writes down how far it is before and after
 * each. Steps that were done before a restart are not done again; one that was cut off is begun again under the same
 * token. One that fails, or is stopped, ends the operation for now: it can be gone on with. Returns the operation as it is
 * then, which may not be written down yet.
 */
export async function runSteps(
  runner: StepRunner,
  entry: JournalEntry,
  { signal, onProgress = () => {} }: ActOptions,
): Promise<JournalEntry> {
  const records = new Map(entry.steps.map((record) => [record.index, record]));
  const { steps } = entry.plan;
  const shown = (state: JournalEntry['state']) => ({ ...entry, state, steps: [...records.values()] });
  const show = (record: StepRecord) => {
    records.set(record.index, record);
    onProgress(progressReport(shown('running'), entry.plan.headline));
  };
  const doing = { runner, entry, signal, show };

  for (const [index] of steps.entries()) {
    if (records.get(index)?.state === 'done') continue;
    if (await doStep(index, factsOf([...records.values()]), doing)) continue;
    await runner.journal.end(entry.id, 'failed');
    return shown('failed');
  }
  await runner.journal.end(entry.id, 'done');
  return shown('done');
}

/** What an operation that has ended came to; `why` it is not written down yet, where it is not. */
export function endedReport(
  { nextAfter }: Pick<StepRunner, 'nextAfter'>,
  entry: JournalEntry,
  why?: StoreError,
): Report {
  const report = reportOf(entry, nextAfter);
  if (why === undefined) return report;
  const lines = [notWritten(entry, why)];
  return { ...report, sections: [...report.sections, { lines }] };
}

function notWritten({ id, state }: JournalEntry, { message, hint }: StoreError): string {
  const then = state === 'failed' ? `, and \`confirm ${id}\` is refused` : '';
  return `This could not be written down yet, and is tried again until it is: until then \`status\` says that \`${id}\` goes on${then}. ${message} ${hint}`;
}

function reportOf(entry: JournalEntry, nextAfter: StepRunner['nextAfter']): Report {
  const { plan, steps, state } = entry;
  if (state === 'done') return progressReport(entry, `Done: ${plan.headline}`, nextAfter(factsOf(steps)));
  const failed = steps.find((record) => record.state === 'failed');
  const where =
    failed === undefined ? '' : ` at step ${failed.index + 1} of ${plan.steps.length}: ${failed.words}`;
  return progressReport(entry, `Stopped${where}`);
}

interface Doing {
  readonly runner: StepRunner;
  readonly entry: JournalEntry;
  readonly signal: AbortSignal;
  readonly show: (record: StepRecord) => void;
}

/** Does one step and writes down how it went; false when it failed. @throws any unexpected error. */
async function doStep(index: number, facts: Facts, doing: Doing): Promise<boolean> {
  const { runner, entry, signal, show } = doing;
  const note = async (state: StepRecord['state'], words: string, found: Facts = {}) => {
    const record = { index, state, words, facts: found };
    await runner.journal.step(entry.id, record);
    show(record);
  };
  try {
    await note('running', '');
  } catch (error) {
    if (signal.reason instanceof Interrupted || !(error instanceof StoreError)) throw error;
    await note('failed', `${NOT_BEGUN} ${error.message} ${error.hint}`);
    return false;
  }
  try {
    const done = await attempt(index, facts, doing);
    await note('done', done.words, done.facts);
    return true;
  } catch (error) {
    if (signal.reason instanceof Interrupted) throw error;
    const words = signal.aborted ? STOPPED : errorWords(error);
    await note('failed', words ?? UNEXPECTED);
    if (words !== undefined) return false;
    await runner.journal.end(entry.id, 'failed');
    throw error;
  }
}

const NOT_BEGUN = 'it was not begun, and changed nothing, because that could not be written down before.';
const STOPPED = 'it was stopped; what was done before stays done.';
const UNEXPECTED = 'failed with an unexpected error';

function attempt(index: number, facts: Facts, { runner, entry, signal, show }: Doing): Promise<StepDone> {
  const step = entry.plan.steps[index];
  const kind = runner.stepKinds.find(({ name }) => name === step?.kind);
  if (step === undefined || kind === undefined)
    throw new RangeError(`there is no step of the kind ${step?.kind ?? index}`);
  signal.throwIfAborted();
  return kind.do(step.input, {
    cloud: runner.cloud,
    now: runner.now,
    signal,
    facts,
    token: `${entry.id}-${index}`,
    showProgress: (words) => show({ index, state: 'running', words, facts: {} }),
    pause: (milliseconds) => runner.pause(milliseconds, signal),
  });
}

function factsOf(records: readonly StepRecord[]): Facts {
  return Object.assign({}, ...records.map(({ facts }) => facts));
}
