import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import type { Store } from '../../../src/core/answer/store.ts';
import type { SlackPlayground } from '../../../src/playground/slack/slack-playground.ts';
import { openStores } from '../../../src/store/open-stores.ts';
import { gate, givenSlack } from '../given-slack.ts';

const INCIDENT = '#incident-42';
const LINE = 'to 10.0.1.5 last 1h';

/** How a person asks, and whether that is a press below an earlier answer. */
const WAYS: Readonly<Record<string, (playground: SlackPlayground, answerTs: string) => Promise<unknown>>> = {
  'a command': (playground) =>
    playground.type({ person: 'ana', channel: INCIDENT, text: `/flowlog ${LINE}` }),
  'a mention': (playground) =>
    playground.type({ person: 'ana', channel: INCIDENT, text: `@flowlog ${LINE}` }),
  'a direct message': (playground) => playground.type({ person: 'ana', channel: '@ana', text: LINE }),
  'a button': (playground, ts) =>
    playground.click({ person: 'ben', channel: INCIDENT, ts, actionId: 'ask:0' }),
};

/** An app that has answered once, on a store that begins nothing more before the gate opens. */
async function given(writing: ReturnType<typeof gate>) {
  const { store } = await openStores({ path: ':memory:' });
  let isSlow = false;
  const slow: Store = {
    ...store,
    async begin(...asked) {
      if (isSlow) await writing.opened;
      return store.begin(...asked);
    },
  };
  const { playground } = await givenSlack({ store: slow });
  await playground.type({ person: 'kenji', channel: INCIDENT, text: `/flowlog ${LINE}` });
  const answer = await playground.until(() =>
    playground.messages(INCIDENT).find(({ threadTs, text }) => threadTs && text.includes('got traffic from')),
  );
  await expect.poll(() => store.inFlight()).toEqual([]);
  isSlow = true;
  return { playground, store, answerTs: answer.ts };
}

describe('a question is acknowledged once it is written down, asked by', () => {
  it.each(Object.entries(WAYS))('%s', async (_, ask) => {
    const writing = gate();
    const { playground, store, answerTs } = await given(writing);
    const asked = ask(playground, answerTs);
    expect(await Promise.race([asked, sleep(300, 'not yet')])).toBe('not yet');
    expect(await store.inFlight()).toEqual([]);
    writing.open();
    expect(await asked).toEqual({ outcome: 'acked' });
    await expect.poll(async () => (await store.recent(9)).length).toBe(2);
  });
});
