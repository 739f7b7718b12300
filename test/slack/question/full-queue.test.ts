import { describe, expect, it } from 'vitest';
import { gate, givenSlack } from '../given-slack.ts';

const INCIDENT = '#incident-42';
const FEW = { questions: 4, commands: 2 } as const;

describe('a question that finds all places taken', () => {
  it('is refused at once in one sentence that its person alone sees, and nothing is written down or posted', async () => {
    const queue = () => ({ running: 2, waiting: 14 });
    const { playground, script, store } = await givenSlack({ most: FEW, queue });
    const { opened, open } = gate();
    const ask = (port: number) =>
      playground.type({
        person: 'ana',
        channel: INCIDENT,
        text: `/flowlog to 10.0.1.5 port=${port} last 1h`,
      });
    script.next({ until: opened });
    await ask(1);
    await playground.until(() => (script.asked.length === 1 ? true : undefined));
    await ask(2);
    const replies = playground.messages(INCIDENT).filter(({ onlyFor }) => onlyFor === 'U0ANA');
    expect(replies.map(({ text }) => text)).toEqual([
      'flowlog is answering 2 questions and 14 wait, as many as it takes: ask again in a minute.',
    ]);
    expect(await store.inFlight()).toHaveLength(1);
    const shown = playground
      .messages(INCIDENT)
      .filter(({ author, onlyFor }) => author.kind === 'bot' && !onlyFor);
    expect(shown).toHaveLength(1);
    open();
    await expect.poll(() => store.inFlight(), { timeout: 10_000 }).toEqual([]);
    await ask(2);
    await playground.until(() => (script.asked.length === 2 ? true : undefined));
  });

  it('does not keep another person from theirs, nor a command', async () => {
    const { playground, script } = await givenSlack({ most: FEW });
    const { opened, open } = gate();
    script.next({ until: opened });
    script.next({ until: opened });
    await playground.type({ person: 'ana', channel: INCIDENT, text: '/flowlog to 10.0.1.5 last 1h' });
    await playground.until(() => (script.asked.length === 1 ? true : undefined));
    await playground.type({ person: 'ben', channel: INCIDENT, text: '/flowlog to 10.0.1.5 last 1h' });
    await playground.until(() => (script.asked.length === 2 ? true : undefined));
    const refused = playground.messages(INCIDENT).filter(({ onlyFor }) => onlyFor !== undefined);
    expect(refused).toEqual([]);
    const report = playground.until(() =>
      playground
        .messages(INCIDENT)
        .find(({ author, text }) => author.kind === 'bot' && !/10\.0\.1\.5/.test(text)),
    );
    await playground.type({ person: 'ana', channel: INCIDENT, text: '/flowlog status' });
    expect((await report).onlyFor).toBeUndefined();
    open();
  });
});

it('a question that waits says from its first message on how many come first', async () => {
  const { playground, script } = await givenSlack({ queue: () => ({ running: 2, waiting: 3 }) });
  const { opened, open } = gate();
  script.next({ until: opened });
  await playground.type({ person: 'ana', channel: INCIDENT, text: '/flowlog to 10.0.1.5 last 1h' });
  const first = await playground.until(() =>
    playground.messages(INCIDENT).find(({ text }) => text.includes('questions come first')),
  );
  expect(first.text).toContain('Waiting: 3 questions come first');
  open();
});
