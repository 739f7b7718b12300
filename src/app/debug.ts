import type { Engine } from '../core/answer/engine.ts';
import { EngineError } from '../core/errors.ts';
import type { Sources } from '../core/lake/sources.ts';

/** The parts that write debug lines, as `FLOWLOG_DEBUG` names them. */
export const DEBUG_AREAS = ['sources', 'athena', 'duckdb', 'aws', 'slack'] as const;

type DebugArea = (typeof DEBUG_AREAS)[number];

/** Facts of a debug line. Never a token, a bound value or the body of a message. */
export type DebugFields = Readonly<Record<string, string | number | boolean | readonly string[] | undefined>>;

/** Writes a debug line. */
export type Debug = (fields: DebugFields, message: string) => void;

/** Gives the debug lines of an area; undefined where they are off, so that callers need not collect facts. */
export type DebugFor = (area: DebugArea) => Debug | undefined;

/** No debug lines at all. */
export const NO_DEBUG: DebugFor = () => undefined;

/** Turns on the areas that are listed; `*` is all of them. */
export function debugFor(
  listed: readonly string[],
  write: (area: DebugArea, fields: DebugFields, message: string) => void,
): DebugFor {
  return (area) =>
    listed.includes('*') || listed.includes(area)
      ? (fields, message) => write(area, fields, message)
      : undefined;
}

/** Further files of a scan are counted only. */
const MOST_FILES_NAMED = 20;

/** Sources that write down what was chosen for each question: flow logs, tables and files. */
export function debuggedSources(
  sources: Sources,
  debug: Debug | undefined,
  elapsedMs: () => number,
): Sources {
  if (debug === undefined) return sources;
  return {
    ...sources,
    async scanFor(wanted, signal) {
      const startedMs = elapsedMs();
      const scan = await sources.scanFor(wanted, signal);
      const { source, flowLogs = [], tables, objects, unread } = scan;
      debug(
        {
          elapsedMs: Math.round(elapsedMs() - startedMs),
          source: source.name,
          flowLogs: flowLogs.map(({ name }) => name).join(' '),
          tables: tables.map(({ name }) => name).join(' '),
          files: objects.length,
          bytes: objects.reduce((sum, { bytes }) => sum + bytes, 0),
          unread: unread.length,
          keys: objects.slice(0, MOST_FILES_NAMED).map(({ key }) => key),
        },
        'chose what to read',
      );
      return scan;
    },
  };
}

/** An engine that writes down each statement, without the values bound to it, and how its run ended. */
export function debuggedEngine(engine: Engine, debugOf: DebugFor, elapsedMs: () => number): Engine {
  const debug = debugOf(engine.name);
  if (debug === undefined) return engine;
  return {
    ...engine,
    async run(statement, take, signal, onStart) {
      const startedMs = elapsedMs();
      const tookMs = () => Math.round(elapsedMs() - startedMs);
      debug({ bound: statement.bound.length, statement: statement.text }, 'runs a statement');
      try {
        const run = await engine.run(statement, take, signal, onStart);
        const { id, scannedBytes, filesRead, reused } = run;
        debug({ elapsedMs: tookMs(), id, scannedBytes, filesRead, reused }, 'the run ended');
        return run;
      } catch (error) {
        const code = error instanceof EngineError ? error.code : 'unknown';
        debug({ elapsedMs: tookMs(), code }, 'the run failed');
        throw error;
      }
    },
  };
}

/** The backend, with debug lines about what it chooses and runs. */
export function debuggedBackend<B extends { readonly sources: Sources; readonly engine: Engine }>(
  backend: B,
  debug: DebugFor,
  elapsedMs: () => number,
): B {
  return {
    ...backend,
    sources: debuggedSources(backend.sources, debug('sources'), elapsedMs),
    engine: debuggedEngine(backend.engine, debug, elapsedMs),
  };
}
