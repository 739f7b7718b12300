import { describe, expect, it } from 'vitest';
import { createInterfacesByName } from '../../../src/core/lake/interfaces-by-name.ts';
import { createNameResolver, type ResolveNames } from '../../../src/core/operation/resolve-names.ts';
import type { SlackPlayground } from '../../../src/playground/slack/slack-playground.ts';
import { givenSample } from '../../support/given-sample.ts';
import { gate, givenSlack } from '../given-slack.ts';

const INCIDENT = '#incident-42';

/** Slack over the names of the sample network. */
async function givenNames(around: (resolve: ResolveNames) => ResolveNames = (resolve) => resolve) {
  const { cloud } = await givenSample();
  const sites = (signal: AbortSignal) => cloud.sites(signal);
  const interfaces = createInterfacesByName({ sites, now: () => new Date() });
  return givenSlack({ resolveNames: around(createNameResolver(interfaces)) });
}

function bots(playground: SlackPlayground, words: string) {
  return playground
    .messages(INCIDENT)
    .filter(({ author, text }) => author.kind === 'bot' && text.includes(words));
}

describe('a name in a line', () => {
  it('is answered for its address, which the answer says', async () => {
    const { playground, script } = await givenNames();
    await playground.type({ person: 'ana', channel: INCIDENT, text: '/flowlog to db-1 last 1h' });
    await playground.until(() => bots(playground, 'got traffic from')[0]);
    expect(script.asked.map(({ line, notes }) => [line, notes])).toEqual([
      ['to 10.0.21.31 last 1h', ['The name db-1 was read as 10.0.21.31']],
    ]);
  });

  it('of several interfaces is asked back with a button for each, and pressing one asks that', async () => {
    const { playground, script, store } = await givenNames();
    await playground.type({ person: 'ana', channel: INCIDENT, text: '/flowlog to shop port=443 last 1h' });
    const question = await playground.until(() => bots(playground, 'are called')[0]);
    expect(question.text).toContain('2 network interfaces are called `shop`: which one?');
    expect(JSON.stringify(question.blocks)).toContain('shop 10.0.1.200 in vpc-');
    expect(script.asked).toEqual([]);
    await expect.poll(() => store.recent(1)).toMatchObject([{ outcome: 'mistaken', dollars: 0 }]);
    await playground.click({ person: 'ben', channel: INCIDENT, ts: question.ts, actionId: 'ask:1' });
    await playground.until(() => bots(playground, 'got traffic from')[0]);
    expect(script.asked.map(({ line }) => line)).toEqual(['to 10.0.2.200 port=443 last 1h']);
  });

  it('that nothing carries offers the nearest one as a button', async () => {
    const { playground, script } = await givenNames();
    await playground.type({ person: 'ana', channel: INCIDENT, text: '/flowlog to db-9 last 1h' });
    const refusal = await playground.until(() => bots(playground, 'Did you mean')[0]);
    await playground.click({ person: 'ana', channel: INCIDENT, ts: refusal.ts, actionId: 'ask:0' });
    await playground.until(() => bots(playground, 'got traffic from')[0]);
    expect(script.asked.map(({ line }) => line)).toEqual(['to 10.0.21.31 last 1h']);
  });

  it('that was read as an address before a restart is that address after it', async () => {
    let times = 0;
    const { playground, script, app, again } = await givenNames((resolve) => (question, signal) => {
      times += 1;
      return resolve(question, signal);
    });
    script.next({ until: gate().opened });
    await playground.type({ person: 'ana', channel: INCIDENT, text: '/flowlog to db-1 last 1h' });
    await playground.until(() => script.asked[0]);
    await app.stop(2_000);
    const [paused] = bots(playground, 'Paused');
    expect(paused?.text).toContain('to 10.0.21.31 last 1h');
    expect(await (await again()).resume()).toBe(1);
    await playground.until(() => bots(playground, 'got traffic from')[0]);
    expect(times).toBe(2);
    const [before, after] = script.asked;
    expect(after?.args).toEqual(before?.args);
    expect(after?.window).toEqual(before?.window);
  });

  it('that is looked up when the app stops is looked up after the restart', async () => {
    const { opened, open } = gate();
    const { playground, script, store, app, again } = await givenNames(
      (resolve) => async (question, signal) => {
        await opened;
        return resolve(question, signal);
      },
    );
    await playground.type({ person: 'ana', channel: INCIDENT, text: '/flowlog to db-1 last 1h' });
    await playground.until(() => bots(playground, 'to db-1')[0]);
    const stopped = app.stop(2_000);
    open();
    await stopped;
    expect(script.asked).toEqual([]);
    expect(await store.inFlight()).toHaveLength(1);
    expect(await (await again()).resume()).toBe(1);
    await playground.until(() => bots(playground, 'got traffic from')[0]);
    expect(script.asked[0]?.args).toMatchObject({ addr: { text: '10.0.21.31' } });
  });
});
