import { expect, it } from 'vitest';
import { askFixture } from '../support/ask-fixture.ts';
import { givenSlack } from './given-slack.ts';

const INCIDENT = '#incident-42';
const REPORT = { headline: 'The plan is done', sections: [], next: [] };

/** An app that answered a question, and the place of the answer. */
async function givenAnswered() {
  const slack = await givenSlack();
  const { playground, store } = slack;
  await playground.type({ person: 'ana', channel: INCIDENT, text: '/flowlog to 10.0.1.5 last 1h' });
  const parent = await playground.until(() =>
    playground
      .messages(INCIDENT)
      .find(({ text, threadTs }) => threadTs === undefined && text.includes('got traffic from')),
  );
  await expect.poll(() => store.inFlight()).toEqual([]);
  const [asked] = await store.recent(1);
  return { ...slack, ts: parent.ts, place: asked?.place ?? '' };
}

it('the app posts a report, and an answer, into the thread of a place', async () => {
  const { playground, app, ts, place } = await givenAnswered();
  expect(await app.tell(place, { report: REPORT, line: 'confirm op-1' })).toBe('posted');
  const answer = await askFixture('records 192.0.2.66');
  expect(await app.tell(place, { answer })).toBe('posted');
  const posted = playground.messages(INCIDENT).filter(({ threadTs }) => threadTs === ts);
  expect(posted.map(({ text }) => text.split('\n')[0])).toEqual(
    expect.arrayContaining(['The plan is done', answer.headline]),
  );
});

it('the app offers the rows of an answer that are not shown, and attaches none unasked', async () => {
  const { playground, app, ts, place } = await givenAnswered();
  const one = await askFixture('records 192.0.2.66');
  const rows = Array.from({ length: 150 }, () => one.rows[0] ?? {});
  await app.tell(place, { answer: { ...one, rows, rowCount: rows.length } });
  const told = await playground.until(() =>
    playground.messages(INCIDENT).find(({ blocks }) => JSON.stringify(blocks).includes('All 150 rows (CSV)')),
  );
  expect([told.threadTs, told.files]).toEqual([ts, []]);
});

it('the app says that a place is not in Slack, and posts nothing', async () => {
  const { playground, app } = await givenSlack();
  expect(await app.tell('{"door":"terminal"}', { report: REPORT, line: 'status' })).toBe('nowhere');
  expect(playground.messages(INCIDENT)).toEqual([]);
});
