import { join } from 'node:path';
import { catalog } from './catalog/index.ts';
import type { Config } from './config.ts';
import { type Ask, createAsk } from './core/answer/ask.ts';
import { createRecordedAsk, type RecordedAsk } from './core/answer/recorded-ask.ts';
import { parseLine } from './core/language/parse-line.ts';
import type { Understanding } from './core/question.ts';
import { refuseUnreadable } from './local/lake/refuse-unreadable.ts';
import { openLocal } from './local/open-local.ts';
import { createSampleLake, type SampleLake } from './local/sample/sample-lake.ts';
import { openSqliteStore } from './store/sqlite-store.ts';
import { recordedTerminalAsk } from './terminal/recorded-terminal-ask.ts';

/** Time and chance, which enter here and nowhere else. */
export interface World {
  readonly now: () => Date;
  readonly elapsedMs: () => number;
  readonly newId: () => string;
}

/** Lines in, answers out: what every door stands on. */
export interface Asking {
  /** Asks with a record of it, for doors that deliver answers by themselves. */
  readonly recorded: RecordedAsk;
  /** Asks with a record of it, for a terminal. */
  readonly ask: Ask;
  /** Parses a line. @throws UserError for a mistake. */
  understand(line: string, zone: string): Understanding;
  /** Present when no lake is configured. */
  readonly sample: SampleLake | undefined;
  close(): Promise<void>;
}

/** The same seed makes the same network for everybody who tries flowlog. */
const SAMPLE_SEED = 20_241_214;

/**
 * Builds the way from a line to an answer as configured: over a lake in a folder, or over the sample network.
 * @throws UserError when the lake cannot be read.
 */
export async function openAsking(config: Config, { now, elapsedMs, newId }: World): Promise<Asking> {
  const sampleFolder = join(config.stateFolder, 'sample');
  const sample =
    config.lake === undefined
      ? createSampleLake({ folder: sampleFolder, now, seed: SAMPLE_SEED })
      : undefined;
  await sample?.prepare();
  if (config.lake !== undefined) await refuseUnreadable(config.lake);
  const local = await openLocal({
    lakeFolder: config.lake ?? sampleFolder,
    name: config.lake ?? 'the sample network',
    spillFolder: join(config.stateFolder, 'spill'),
    memoryLimitMb: config.memoryMb,
    threads: config.threads,
    now,
    elapsedMs,
    newId,
  });
  const prices = { dollarsPerTb: config.dollarsPerTb, regions: config.prices };
  const longestWindowSeconds = config.longestWindow * 3_600;
  const store = openSqliteStore(join(config.stateFolder, 'state.db'));
  const ask = createAsk({ sources: local.sources, engine: local.engine, prices, longestWindowSeconds, now });
  const recorded = createRecordedAsk({ ask, store, now, timeoutMs: config.timeoutSeconds * 1000 });
  return {
    recorded,
    ask: recordedTerminalAsk(recorded, newId),
    understand: (line, zone) => parseLine(line, { catalog, now: now(), zone, longestWindowSeconds }),
    sample,
    async close() {
      await store.close();
      local.close();
    },
  };
}
