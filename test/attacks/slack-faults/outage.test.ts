import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { type GivenSlack, gate } from '../../slack/given-slack.ts';
import { ALWAYS, expectShown, givenHurried, INCIDENT, INCIDENT_ID, shown } from './fault-table.ts';

/** Two minutes, in a hurry. */
const TWO_MINUTES_MS = 120_000 / 50;

const THREADS = ['one', 'two', 'three'] as const;
const BREAKS = { kind: 'drop', when: 'before' } as const;

/** Three threads, in each of which two questions are asked, and none can be posted. */
async function givenSixQuestions() {
  const given = await givenHurried();
  const { playground, script } = given;
  const { opened, open } = gate();
  for (const text of THREADS) await playground.type({ person: 'ana', channel: INCIDENT, text });
  const threads = playground.messages(INCIDENT).map(({ ts }) => ts);
  playground.faults.next('chat.postMessage', BREAKS, ALWAYS);
  for (const [index, threadTs] of [...threads, ...threads].entries()) {
    script.next({ until: opened });
    const text = `@flowlog to 10.0.1.${index + 1} last 1h`;
    await playground.type({ person: 'ana', channel: INCIDENT, text, threadTs });
  }
  await expect.poll(() => given.store.inFlight()).toHaveLength(6);
  return { ...given, threads, open };
}

/** The addresses that were answered in a thread, in the order in which people read them. */
function answered({ playground }: GivenSlack, threadTs: string): readonly string[] {
  return playground
    .messages(INCIDENT, { threadTs })
    .filter(({ author }) => author.kind === 'bot')
    .map(({ text }) => /10\.0\.1\.\d got traffic from/.exec(text)?.[0].slice(0, 8) ?? text);
}

async function expectAllInOrder(given: GivenSlack, threads: readonly string[]): Promise<void> {
  await expect.poll(() => given.store.inFlight(), { timeout: 20_000 }).toEqual([]);
  expect(threads.map((ts) => answered(given, ts))).toEqual([
    ['10.0.1.1', '10.0.1.4'],
    ['10.0.1.2', '10.0.1.5'],
    ['10.0.1.3', '10.0.1.6'],
  ]);
}

describe('Slack gone for two minutes', () => {
  it('loses none of six questions in three threads, and shows each once and in its order', async () => {
    const given = await givenSixQuestions();
    const { playground, threads, open, log } = given;
    playground.faults.goAway();
    open();
    await sleep(TWO_MINUTES_MS);
    playground.faults.clear();
    playground.faults.comeBack();
    await expectAllInOrder(given, threads);
    await playground.until(() => (playground.sockets() === 2 ? true : undefined), 20_000);
    const gone = log.filter(({ message }) => /^Slack is (gone|back)/.test(message));
    expect(gone.map(({ level }) => level)).toEqual(['error', 'info']);
    const details = log
      .filter(({ level }) => level !== 'info')
      .map(({ fields, message }) => `${message} ${fields.detail}`);
    expect(details).toEqual([...new Set(details)]);
  }, 60_000);

  it('with a restart in the middle loses none, and shows each once and in its order', async () => {
    const given = await givenSixQuestions();
    const { playground, app, again, threads, open, script } = given;
    playground.faults.goAway();
    await app.stop(500);
    open();
    await sleep(TWO_MINUTES_MS / 2);
    playground.faults.comeBack();
    const restarted = await again();
    expect(await restarted.resume()).toBe(6);
    await sleep(TWO_MINUTES_MS / 2);
    playground.faults.clear();
    await expectAllInOrder(given, threads);
    expect(script.asked.length).toBeLessThanOrEqual(12);
  }, 60_000);

  it('keeps an answer by response_url until Slack is back', async () => {
    const given = await givenHurried();
    const { playground, script } = given;
    const { opened, open } = gate();
    script.next({ until: opened });
    await playground.type({ person: 'ana', channel: '#general', text: '/flowlog to 10.0.1.5 last 1h' });
    await playground.until(() => script.asked[0]);
    playground.faults.goAway();
    open();
    await sleep(TWO_MINUTES_MS);
    playground.faults.comeBack();
    await expectShown(given, ['private answer'], '#general');
  }, 30_000);
});

describe('a limit of Slack on posting into one channel', () => {
  it('holds neither its updates nor another channel', async () => {
    const given = await givenHurried();
    const { playground, script, store } = given;
    const { opened, open } = gate();
    script.next({ until: opened });
    await playground.type({ person: 'ana', channel: INCIDENT, text: '/flowlog to 10.0.1.5 last 1h' });
    await playground.until(() => script.asked[0]);
    const limit = { kind: 'rate_limited', retryAfterSeconds: 150 } as const;
    playground.faults.next('chat.postMessage', limit, 1, INCIDENT_ID);
    open();
    await expect.poll(() => shown(given)).toEqual(['headline']);
    await playground.type({ person: 'ben', channel: '@ben', text: 'to 10.0.1.6 last 1h' });
    await expect.poll(() => shown(given, '@ben')).toEqual(['answer']);
    expect(shown(given)).toEqual(['headline']);
    await expect.poll(() => store.inFlight()).toHaveLength(1);
    await expectShown(given, ['headline', 'answer']);
  }, 30_000);

  it('holds, after a restart, no question of another thread', async () => {
    const given = await givenHurried();
    const { playground, script, app, again } = given;
    const { opened, open } = gate();
    for (const channel of [INCIDENT, '@ben']) {
      script.next({ until: opened });
      await playground.type({
        person: 'ben',
        channel,
        text: channel === INCIDENT ? '@flowlog to 10.0.1.5' : 'to 10.0.1.6',
      });
    }
    await playground.until(() => script.asked[1]);
    await app.stop(500);
    open();
    const limit = { kind: 'rate_limited', retryAfterSeconds: 150 } as const;
    playground.faults.next('chat.update', limit, 1, INCIDENT_ID);
    playground.faults.next('chat.update', limit, 1, INCIDENT_ID);
    await (await again()).resume();
    await expect.poll(() => shown(given, '@ben')).toEqual(['answer']);
    expect(shown(given)).not.toEqual(['answer']);
    await expectShown(given, ['answer']);
  }, 30_000);
});
