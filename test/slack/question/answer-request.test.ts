import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it, vi } from 'vitest';
import { TooCostly } from '../../../src/core/answer/budget.ts';
import { gate, givenSlack } from '../given-slack.ts';

const INCIDENT = '#incident-42';
const LINE = 'to 10.0.1.5 last 7d';
const TOO_COSTLY = new TooCostly({
  line: LINE,
  estimate: { bytes: 400_000_000_000, dollars: 2, exact: true },
  whose: 'question',
  limitDollars: 0.5,
  allow: { label: 'Spend up to $2.00', line: 'to 10.0.1.5 spend=2.00 last 7d' },
  cheaper: [{ label: 'Only the last 1d: about $0.30', line: 'to 10.0.1.5 last 1d' }],
});

it('a question that would cost too much waits for a yes, with the price and cheaper lines', async () => {
  const { playground, script, store } = await givenSlack();
  script.next({ fails: TOO_COSTLY });
  await playground.type({ person: 'ana', channel: INCIDENT, text: `/flowlog ${LINE}` });
  const asked = await playground.until(() =>
    playground.messages(INCIDENT).find(({ text }) => text.includes('would scan 400 GB, about $2.00')),
  );
  expect(asked.text).toContain('a question may cost $0.50');
  expect(asked.text).toContain('Nothing was run');
  expect(JSON.stringify(asked.blocks)).toContain('Only the last 1d: about $0.30');
  await expect.poll(() => store.recent(1)).toMatchObject([{ outcome: 'mistaken', dollars: 0 }]);

  await playground.click({ person: 'ben', channel: INCIDENT, ts: asked.ts, actionId: 'ask:0' });
  await playground.until(() =>
    playground.messages(INCIDENT).find(({ text }) => text.includes('got traffic from')),
  );
  expect(script.asked.at(-1)?.args).toMatchObject({ spend: 2 });
});

it('a question that waits for its turn says how many come first', async () => {
  const { playground, script } = await givenSlack();
  const { opened, open } = gate();
  script.next({ before: 2, until: opened });
  await playground.type({ person: 'ana', channel: INCIDENT, text: '/flowlog to 10.0.1.5 last 1h' });
  await playground.until(() =>
    playground.messages(INCIDENT).find(({ text }) => text.includes('Waiting: 2 questions come first')),
  );
  open();
  await playground.until(() =>
    playground.messages(INCIDENT).find(({ text }) => text.includes('got traffic from')),
  );
});

it.each([`/flowlog ${LINE}`, `@flowlog ${LINE}`])(
  'no progress that a slow store held up is written over the answer: %s',
  async (text) => {
    const { playground, script, store } = await givenSlack();
    const [answered, looked, worked] = [gate(), gate(), gate()];
    // The progress asks first whether the question is still this process's own.
    vi.spyOn(store, 'holds').mockImplementationOnce(async () => {
      looked.open();
      await answered.opened;
      return true;
    });
    script.next({ until: worked.opened });
    await playground.type({ person: 'ana', channel: INCIDENT, text });
    await looked.opened;
    worked.open();
    const shown = () => playground.messages(INCIDENT).filter(({ author }) => author.kind === 'bot');
    await playground.until(() => shown().find(({ text }) => text.includes('got traffic from')));
    answered.open();
    // So long an update takes at most here.
    await sleep(200);
    expect(shown().filter(({ text }) => !text.includes('got traffic from'))).toEqual([]);
  },
);

it('a process that stands still while it shows an answer posts none once another one has taken the question over', async () => {
  let passedMs = 0;
  const now = () => new Date(Date.now() + passedMs);
  const { playground, store, log } = await givenSlack({ now });
  // It learns that the question is its own, and goes on half a minute later.
  vi.spyOn(store, 'holds')
    .mockImplementationOnce(async () => {
      passedMs = 32_000;
      return true;
    })
    .mockResolvedValue(false);
  await playground.type({ person: 'ana', channel: INCIDENT, text: '/flowlog to 10.0.1.5 last 1h' });
  await expect
    .poll(() => log.map(({ message }) => message))
    .toContain('another process took this over, because this one stood still for too long');
  expect(playground.messages(INCIDENT).filter(({ threadTs }) => threadTs !== undefined)).toEqual([]);
  // How it ends is for the other one to write down.
  expect(await store.recent(1)).toEqual([]);
});
