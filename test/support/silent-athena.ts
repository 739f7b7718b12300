import { catalog } from '../../src/catalog/index.ts';
import type { Answer } from '../../src/core/answer/answer.ts';
import { createAsk } from '../../src/core/answer/ask.ts';
import { createBudget } from '../../src/core/answer/budget.ts';
import type { Expected, Prices } from '../../src/core/answer/cost.ts';
import { totalNames } from '../../src/core/answer/statement.ts';
import type { Sources } from '../../src/core/lake/sources.ts';
import { readRequest } from '../../src/core/operation/request.ts';
import { COVERAGE_COLUMNS } from '../../src/core/query/coverage-columns.ts';
import type { Question } from '../../src/core/query/question.ts';

/** A price at which the ten megabytes that Athena bills at least cost five dollars. */
const DEAR = { dollarsPerTb: 500_000, regions: {} };

/** Asks flow logs through an Athena that finds nothing in them, within limits of a dollar a question. */
export interface SilentAthena {
  ask(line: string, onExpected?: (expected: Expected) => void): Promise<Answer>;
  /** Lines that reached the engine. */
  readonly ran: readonly string[];
}

/** Builds the use case over real sources; at a price that makes every scan dear, unless another one is given. */
export function silentAthena(sources: Sources, now: () => Date, prices: Prices = DEAR): SilentAthena {
  const ran: string[] = [];
  const questionOf = (line: string): Question => {
    const understood = readRequest(line, {
      catalog,
      now: now(),
      zone: 'UTC',
      longestWindowSeconds: 7 * 86_400,
    });
    if (!('query' in understood)) throw new RangeError(`${line} is no question`);
    return understood;
  };
  return {
    ran,
    ask(line, onExpected) {
      const question = questionOf(line);
      const ask = createAsk({
        sources,
        prices,
        longestWindowSeconds: 7 * 86_400,
        now,
        budget: createBudget({
          reserving: { setAside: async () => 'set-aside' },
          limits: { question: 1, thread: 500, day: 500 },
          mayRaise: () => true,
          whoMayRaise: '',
          now,
        }),
        engine: {
          name: 'athena',
          bills: true,
          async run(_, take) {
            ran.push(line);
            const columns = [
              ...COVERAGE_COLUMNS,
              ...totalNames(question.query),
              ...Object.keys(question.query.columns),
            ];
            const row = columns.map((name) =>
              ['matched', 'skip_data', 'no_data', 'other_status'].includes(name) ? 0 : null,
            );
            await take({ columns, rows: [row] });
            return NOTHING;
          },
        },
      });
      const { signal } = new AbortController();
      return ask(question, { signal, onScan: (_scan, expected) => onExpected?.(expected) });
    },
  };
}

const NOTHING = {
  scannedBytes: 1,
  filesRead: 1,
  elapsedMs: 1,
  reused: false,
  id: 'x-1',
  unread: [],
  unreadableLines: 0,
};
