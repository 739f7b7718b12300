import { expect, it, onTestFinished } from 'vitest';
import { NO_MEASURES } from '../../../src/app/observe/measures.ts';
import { createWatch } from '../../../src/app/observe/watch.ts';
import { EngineError, UserError } from '../../../src/core/errors.ts';
import { createSlackApp } from '../../../src/slack/slack-app.ts';
import { openStores } from '../../../src/store/open-stores.ts';
import { type GivenOptions, givenPlayground, type LogLine, partsOf } from '../../slack/given-slack.ts';
import { createScript } from '../../slack/script.ts';

const INCIDENT = '#incident-42';

/** An app in Slack whose questions are watched, and all that it logs. */
async function givenWatchedApp(options: GivenOptions = {}) {
  const playground = await givenPlayground(options);
  const stores = await openStores({ path: ':memory:' });
  const script = createScript();
  const log: LogLine[] = [];
  const parts = partsOf(playground, stores.store, script, log, options);
  const watch = createWatch({
    measures: NO_MEASURES,
    log: () => parts.log,
    now: parts.now,
  });
  const app = createSlackApp({ ...parts, asking: watch.requests(parts.asking, 'athena') });
  onTestFinished(() => app.stop(500));
  await app.start();
  await playground.until(() => (playground.sockets() >= 2 ? true : undefined));
  const said = () => log.filter(({ level }) => level === 'info').map(({ fields }) => fields.outcome);
  const ask = (text: string, channel = INCIDENT) => playground.type({ person: 'ana', channel, text });
  return { playground, script, log, app, watch, said, ask };
}

it.each<readonly [string, Error, string]>([
  ['fails in the engine', new EngineError('denied', 'you may not'), 'denied'],
  ['fails by a fault of ours', new TypeError('unforeseen'), 'crashed'],
  ['turns out to be a mistake', new UserError('`db-1` is unknown.'), 'mistaken'],
])('a question that %s has one line at level info', async (_, fails, outcome) => {
  const { script, log, said, ask } = await givenWatchedApp();
  script.next({ fails });
  await ask('/flowlog to 10.0.1.5 last 1h');
  await expect.poll(said).toEqual([outcome]);
  expect(JSON.stringify(log)).not.toMatch(/10\.0\.1\.5|db-1/);
});

it('a question that is answered has one line with the engine of its answer, in a channel without the app too', async () => {
  const { log, said, ask } = await givenWatchedApp();
  await ask('/flowlog to 10.0.1.5 last 1h');
  await ask('/flowlog to 10.0.1.6 last 1h', '#general');
  await expect.poll(said).toEqual(['answered', 'answered']);
  // Athena is the engine here, and the script answers as if the files had been read without it.
  expect(log.map(({ fields }) => fields.engine)).toEqual(['duckdb', 'duckdb']);
  expect(JSON.stringify(log)).not.toMatch(/10\.0\.1\.|response|xoxb|xapp/);
});

it('a question that a person stops has one line', async () => {
  const { playground, script, said, ask } = await givenWatchedApp();
  script.next({ until: new Promise(() => {}) });
  await ask('/flowlog to 10.0.1.5 last 1h');
  await expect.poll(() => script.asked).toHaveLength(1);
  await playground.click({ person: 'ana', channel: INCIDENT, actionId: 'stop' });
  await expect.poll(said).toEqual(['cancelled']);
});

it('a question that is one too many for a person has one line, and those that the stop interrupts have one each', async () => {
  const { script, said, ask, app, watch } = await givenWatchedApp({ questionsAPerson: 1 });
  script.next({ until: new Promise(() => {}) });
  await ask('/flowlog to 10.0.1.5 last 1h');
  await expect.poll(() => script.asked).toHaveLength(1);
  await ask('/flowlog to 10.0.1.6 last 1h');
  expect(said()).toEqual(['refused']);
  await app.stop(2_000);
  watch.stop();
  expect(said()).toEqual(['refused', 'paused']);
});

it('a line that is no question has none', async () => {
  const { log, ask } = await givenWatchedApp();
  await ask('/flowlog help');
  await ask('/flowlog to 10.0.1.999');
  expect(log).toEqual([]);
});
