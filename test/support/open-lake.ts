import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openLocal } from '../../src/app/open-local.ts';
import { catalog } from '../../src/catalog/index.ts';
import type { Answer } from '../../src/core/answer/answer.ts';
import { type AskOptions, createAsk } from '../../src/core/answer/ask.ts';
import { DEFAULT_PRICES } from '../../src/core/answer/cost.ts';
import type { Entry } from '../../src/core/line/entry.ts';
import { readRequest } from '../../src/core/operation/request.ts';
import type { Question } from '../../src/core/query/question.ts';
import { sharedFolder } from './shared-folder.ts';

/** A lake that can be asked. */
export interface OpenLake {
  readonly ask: (line: string, options?: Partial<AskOptions> & { readonly zone?: string }) => Promise<Answer>;
  readonly question: (line: string, zone?: string) => Question;
  readonly close: () => Promise<void>;
}

const WEEK_SECONDS = 7 * 86_400;

/**
 * Opens the real engine over a folder, with a fixed clock. Over the small lakes of most tests one thread
 * answers faster than two.
 */
export async function openLake(
  folder: string,
  now: Date,
  entries: readonly Entry[] = catalog,
  threads = 1,
): Promise<OpenLake> {
  const spillFolder = await sharedFolder();
  const local = await openLocal({
    lakeFolder: folder,
    name: 'the fixture',
    spillFolder,
    memoryLimitMb: 256,
    threads,
    now: () => now,
    elapsedMs: () => 0,
    newId: () => 'run-1',
  });
  const { sources, engine } = local;
  const ask = createAsk({
    sources,
    engine,
    prices: DEFAULT_PRICES,
    longestWindowSeconds: WEEK_SECONDS,
    now: () => now,
  });
  const question = (line: string, zone = 'UTC') => {
    const understood = readRequest(line, { catalog: entries, now, zone, longestWindowSeconds: WEEK_SECONDS });
    if (!('query' in understood)) throw new RangeError(`${line} is no question`);
    return understood;
  };
  const signal = new AbortController().signal;
  return {
    question,
    ask: (line, { zone, ...options } = {}) => ask(question(line, zone), { signal, ...options }),
    close: async () => {
      local.close();
      await rm(spillFolder, { recursive: true, force: true });
    },
  };
}

/** A folder that is empty, and the way to take it away. */
export async function emptyFolder(): Promise<{
  readonly folder: string;
  readonly remove: () => Promise<void>;
}> {
  const folder = await mkdtemp(join(tmpdir(), 'flowlog-test-'));
  return { folder, remove: () => rm(folder, { recursive: true, force: true }) };
}
