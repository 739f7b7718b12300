import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import {
  DEBUG_AREAS,
  type DebugFields,
  debugFor,
  debuggedEngine,
  debuggedSources,
} from '../../src/app/debug.ts';
import { debugToLog, openLog } from '../../src/app/log.ts';
import type { Engine, Run, Statement } from '../../src/core/answer/engine.ts';
import { EngineError } from '../../src/core/errors.ts';
import type { Scan } from '../../src/core/lake/scan.ts';
import type { ScanTarget, Sources } from '../../src/core/lake/sources.ts';

const SCAN: Scan = {
  source: { name: 'the lake', region: 'eu-central-1', fields: [] },
  tables: [{ name: 'records', fields: [] }],
  objects: Array.from({ length: 30 }, (_, index) => ({ key: `file-${index}`, bytes: 10, slot: undefined })),
  unread: [],
  notes: [],
  storedRange: undefined,
  flowLogs: [{ name: 'fl-1', eni: undefined }],
};
const STATEMENT: Statement = { text: 'SELECT ?', bound: ['10.0.1.5'], scan: SCAN };
const RUN: Run = {
  ...{ scannedBytes: 300, filesRead: 30, elapsedMs: 5, reused: false, id: 'run-1' },
  ...{ unread: [], unreadableLines: 0 },
};

/** Debug lines as they are written, and a clock that goes on by 7 ms at each look. */
function givenDebug(listed: readonly string[] = ['*']) {
  const lines: (readonly [string, DebugFields, string])[] = [];
  let nowMs = 0;
  const elapsedMs = () => {
    nowMs += 7;
    return nowMs;
  };
  return { lines, elapsedMs, debug: debugFor(listed, (...line) => void lines.push(line)) };
}

describe('the areas of debug lines', () => {
  it('are on where they are listed', () => {
    const on = (listed: readonly string[]) =>
      DEBUG_AREAS.filter((area) => givenDebug(listed).debug(area) !== undefined);
    expect(on([])).toEqual([]);
    expect(on(['athena', 'slack'])).toEqual(['athena', 'slack']);
    expect(on(['*'])).toEqual(DEBUG_AREAS);
  });

  it('reach the log, whatever its level is, with secrets masked', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'flowlog-debug-'));
    onTestFinished(() => rm(folder, { recursive: true, force: true }));
    const file = join(folder, 'flowlog.log');
    const log = openLog({ level: 'warn', file });
    const debug = debugToLog(['slack'], () => log);
    debug('slack')?.({ method: ['xoxb', '1-2-abc'].join('-') }, 'called Slack');
    debug('aws')?.({}, 'off');
    log.info('below the level');
    const [line = '', ...others] = (await readFile(file, 'utf8')).trim().split('\n');
    expect(others).toEqual([]);
    expect(JSON.parse(line)).toMatchObject({
      ...{ level: 20, area: 'slack', msg: 'called Slack', method: 'x…' },
    });
  });
});

describe('the sources', () => {
  const sources: Sources = { scanFor: async () => SCAN, prepare: async () => {} };
  const wanted: ScanTarget = {
    window: { from: new Date(0), to: new Date(1) },
    ...{ scope: {}, addresses: [], eni: undefined },
  };

  it('write down which flow logs and files were chosen, the first twenty by name', async () => {
    const { lines, elapsedMs, debug } = givenDebug();
    const scan = await debuggedSources(sources, debug('sources'), elapsedMs).scanFor(
      wanted,
      AbortSignal.timeout(1_000),
    );
    expect(scan).toBe(SCAN);
    expect(lines).toEqual([
      [
        'sources',
        {
          ...{ elapsedMs: 7, source: 'the lake', flowLogs: 'fl-1', tables: 'records' },
          ...{ files: 30, bytes: 300, unread: 0 },
          keys: SCAN.objects.slice(0, 20).map(({ key }) => key),
        },
        'chose what to read',
      ],
    ]);
  });

  it('are not wrapped where the area is off', () => {
    const { elapsedMs, debug } = givenDebug(['athena']);
    expect(debuggedSources(sources, debug('sources'), elapsedMs)).toBe(sources);
  });
});

describe('the engine', () => {
  const engineOf = (run: Engine['run']): Engine => ({ name: 'duckdb', bills: false, run });
  const signal = new AbortController().signal;

  it('writes down its statement without the bound values, and how the run ended', async () => {
    const { lines, elapsedMs, debug } = givenDebug();
    const engine = debuggedEngine(
      engineOf(async () => RUN),
      debug,
      elapsedMs,
    );
    expect(await engine.run(STATEMENT, () => {}, signal)).toBe(RUN);
    expect(lines).toEqual([
      ['duckdb', { bound: 1, statement: 'SELECT ?' }, 'runs a statement'],
      [
        'duckdb',
        { elapsedMs: 7, id: 'run-1', scannedBytes: 300, filesRead: 30, reused: false },
        'the run ended',
      ],
    ]);
    expect(JSON.stringify(lines)).not.toContain('10.0.1.5');
  });

  it('writes down by which code it failed, and passes the failure on', async () => {
    const { lines, elapsedMs, debug } = givenDebug(['duckdb']);
    const engine = debuggedEngine(
      engineOf(async () => {
        throw new EngineError('cancelled', 'stopped');
      }),
      debug,
      elapsedMs,
    );
    await expect(engine.run(STATEMENT, () => {}, signal)).rejects.toThrow('stopped');
    expect(lines.at(-1)).toEqual(['duckdb', { elapsedMs: 7, code: 'cancelled' }, 'the run failed']);
  });
});
