import type { Backend } from '../../src/app/backend.ts';
import type { Engine, ResultPart, Run, Statement, TakePart } from '../../src/core/answer/engine.ts';
import { rememberedSources } from '../../src/core/lake/cloud-sources.ts';
import type { Scan, ScanMemory } from '../../src/core/lake/scan.ts';
import type { Sources } from '../../src/core/lake/sources.ts';
import type { Random } from '../../src/playground/aws/random.ts';

/** Questions whose runs last until they are stopped. */
export interface HeldQuestions {
  /** Lasts until its run begins. */
  hold(id: string): Promise<void>;
  /** Whether it is one; from then on it is none. */
  take(id: string): boolean;
}

export function createHeldQuestions(): HeldQuestions {
  const held = new Map<string, () => void>();
  return {
    hold: (id) => new Promise((begun) => held.set(id, begun)),
    take(id) {
      held.get(id)?.();
      return held.delete(id);
    },
  };
}

/**
 * The backend with answers that cost nothing but a moment: what was chosen and run once is repeated for all questions of the
 * same form, whatever their numbers are. It bills as Athena does, so that scans, runs and dollars are written down.
 */
export function repeatingBackend(
  real: Backend,
  scans: ScanMemory,
  { random, held }: { readonly random: Random; readonly held: HeldQuestions },
): Backend {
  return {
    ...real,
    sources: rememberedSources(repeatingSources(real.sources), scans),
    engine: repeatingEngine(real.engine, random, held),
    // Files are chosen once: none need land.
    jobs: [],
  };
}

/** Does the first of what is equal, and gives its result to all. What failed is done again. */
function once<T>(): (key: string, work: () => Promise<T>) => Promise<T> {
  const done = new Map<string, Promise<T>>();
  return (key, work) => {
    const known = done.get(key) ?? work();
    done.set(key, known);
    known.catch(() => done.delete(key));
    return known;
  };
}

function repeatingSources({ scanFor, prepare }: Sources): Sources {
  const chosenOnce = once<Scan>();
  return {
    prepare,
    scanFor(target, signal) {
      const { scope, addresses, eni, fields } = target;
      const key = JSON.stringify([scope, addresses.length, eni === undefined, fields]);
      return chosenOnce(key, () => scanFor(target, signal));
    },
  };
}

/** How often each row of an answer is repeated: most answers stay as they are, some become long ones with a file. */
const TIMES = [...Array.from({ length: 48 }, () => 1), 10, 40];
/** So many rows of a part are kept to be repeated. */
const MOST_ROWS = 40;

function repeatingEngine(real: Engine, random: Random, held: HeldQuestions): Engine {
  const ranOnce = once<{ readonly parts: readonly ResultPart[]; readonly run: Run }>();
  return {
    ...real,
    bills: true,
    async run(statement, take, signal, onStart) {
      const { identity = 'none' } = statement;
      const id = `run-${identity}`;
      await onStart?.(id);
      if (held.take(identity)) await stopped(signal);
      const key = statement.text.replaceAll(/\d+/g, '0');
      const { parts, run } = await ranOnce(key, () => recorded(real, statement, signal));
      const times = random.pick(TIMES);
      for (const part of parts) await take(repeated(part, times));
      return { ...run, id };
    },
  };
}

async function recorded(real: Engine, statement: Statement, signal: AbortSignal) {
  const parts: ResultPart[] = [];
  const take: TakePart = ({ columns, rows }) => void parts.push({ columns, rows: rows.slice(0, MOST_ROWS) });
  return { run: await real.run(statement, take, signal), parts };
}

/** The row of coverage, whose first cell is not null, stays one. */
function repeated({ columns, rows }: ResultPart, times: number): ResultPart {
  return {
    columns,
    rows: rows.flatMap((row) => Array.from({ length: row[0] === null ? times : 1 }, () => row)),
  };
}

function stopped(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    if (signal.aborted) reject(signal.reason);
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
}
