import { expect, it } from 'vitest';
import { gate, givenSlack } from '../given-slack.ts';

const INCIDENT = '#incident-42';

it('each person has a limited number of questions in flight, and is refused one more in one sentence', async () => {
  const { playground, script, store } = await givenSlack({ questionsAPerson: 2 });
  const { opened, open } = gate();
  const ask = (person: string, port: number) =>
    playground.type({ person, channel: INCIDENT, text: `/flowlog to 10.0.1.5 port=${port} last 1h` });
  for (const port of [1, 2, 3]) {
    script.next({ until: opened });
    await ask('ana', port);
  }
  await playground.until(() => (script.asked.length === 2 ? true : undefined));
  const replies = playground.messages(INCIDENT).filter(({ onlyFor }) => onlyFor === 'U0ANA');
  expect(replies.map(({ text }) => text)).toEqual([
    expect.stringContaining('You have 2 questions waiting or running, as many as a person may have.'),
  ]);
  await ask('ben', 1);
  await playground.until(() => (script.asked.length === 3 ? true : undefined));
  // What is not a question is no load on the engine.
  await playground.type({ person: 'ana', channel: INCIDENT, text: '/flowlog help' });
  open();
  await expect.poll(() => store.inFlight(), { timeout: 10_000 }).toEqual([]);
  await ask('ana', 4);
  await playground.until(() => (script.asked.length === 4 ? true : undefined));
});
