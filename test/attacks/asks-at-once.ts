import { setTimeout } from 'node:timers/promises';
import { catalog } from '../../src/catalog/index.ts';
import { createAsk } from '../../src/core/answer/ask.ts';
import { createBudget, TooCostly } from '../../src/core/answer/budget.ts';
import { DEFAULT_FORMAT } from '../../src/core/flow-log/fields.ts';
import type { Scan } from '../../src/core/lake/scan.ts';
import { createAnswerRequests } from '../../src/core/operation/answer-requests.ts';
import { readRequest } from '../../src/core/operation/request.ts';
import { openStores } from '../../src/store/open-stores.ts';

/**
 * A process of the app with questions that come at once, each of $0.49: `<state file> <name> <how many>`. Those that may
 * be asked run until the process is killed. Prints `running <n>` and `refused <n>` once each question is one or the other.
 */
const [path = '', name = '', count = '0'] = process.argv.slice(2);
const now = () => new Date('2026-11-24T12:00:00Z');
const { store } = await openStores({ path });
const source = { name: 'flows', region: 'us-east-1', fields: DEFAULT_FORMAT };
const scan: Scan = {
  ...{
    source,
    tables: [{ name: 'flow_records', fields: DEFAULT_FORMAT }],
    unread: [],
    notes: [],
    storedRange: undefined,
  },
  objects: [{ key: 'x.log.gz', bytes: 98_000_000_000, slot: undefined }],
};
let running = 0;
let refused = 0;
const ask = createAsk({
  sources: { scanFor: async () => scan, prepare: async () => {} },
  engine: {
    name: 'athena',
    bills: true,
    async run() {
      running += 1;
      report();
      return new Promise(() => {});
    },
  },
  budget: createBudget({
    ...{ reserving: store, now, mayRaise: () => false, whoMayRaise: 'Ask U0OPS' },
    limits: { question: 0.5, thread: 5, day: 20 },
  }),
  ...{ prices: { dollarsPerTb: 5, regions: {} }, longestWindowSeconds: 86_400, now },
});
const act = {
  perform: () => Promise.reject(new Error('nothing is changed here')),
  refuse: () => {},
};
const understand = (line: string, zone: string) =>
  readRequest(line, { ...{ catalog, now: now(), zone, longestWindowSeconds: 86_400 } });
const recorded = createAnswerRequests({
  ask,
  understand,
  resolveNames: async (question) => question,
  act,
  store,
  now,
  timeoutMs: 600_000,
});

function report(): void {
  if (running + refused === Number(count)) process.stdout.write(`running ${running}\nrefused ${refused}\n`);
}

for (let index = 0; index < Number(count); index += 1) {
  const question = understand('to 10.0.1.5 last 1h', 'UTC');
  if (!('query' in question)) throw new Error('no question');
  const id = `${name}-${index}`;
  const where = { channel: 'C1', thread: `C1/${id}`, place: '{}' };
  // Together equal ones would be run once.
  const request = { id, person: 'U0ANA', ...where, askedAt: now(), question, isAlone: true };
  await recorded.begin(request);
  void recorded.answer(request, { signal: new AbortController().signal }, async (ended) => {
    if (!('error' in ended && ended.error instanceof TooCostly))
      throw new Error('it ended otherwise', { cause: ended });
    refused += 1;
    report();
  });
}
// Until it is killed.
await setTimeout(600_000);
