import { expect, it } from 'vitest';
import { deleteExpired } from '../../src/operations/expiry/delete-expired.ts';
import { type NotificationEnd, notifyEndings } from '../../src/operations/expiry/notify-endings.ts';
import { ENI, givenSample } from '../support/given-sample.ts';
import { givenSlack } from './given-slack.ts';

const INCIDENT = '#incident-42';
const { signal } = new AbortController();

/** The playground with a flow log that was set up there for two hours, and what looks after it. */
async function givenSetUp() {
  const sample = await givenSample();
  const slack = await givenSlack({ act: sample.act });
  const { playground, store } = slack;
  const saidByBot = (words: string) =>
    playground.messages(INCIDENT).filter(({ text, author }) => author.kind === 'bot' && text.includes(words));
  await playground.type({ person: 'ana', channel: INCIDENT, text: `/flowlog setup ${ENI} for=2h` });
  const { ts } = await playground.until(() => saidByBot('Nothing has been changed.')[0]);
  await playground.click({ person: 'ben', channel: INCIDENT, ts, actionId: 'ask:0' });
  await playground.until(() => saidByBot('Done: Set up')[0]);
  await expect.poll(() => store.inFlight()).toEqual([]);
  const ended: NotificationEnd[] = [];
  const look = async (app = slack.app) => {
    const { cloud, now } = sample;
    const { endings, journal } = sample.store;
    await deleteExpired({ cloud, endings, journal, now }, signal);
    const parts = { endings, journal, store, tables: cloud.tables, database: 'flowlog', now };
    await notifyEndings(
      {
        ...parts,
        notify: (place, report, line) => app.tell(place, { report, line }),
        ended: (_, how) => void ended.push(how),
      },
      signal,
    );
  };
  return { ...slack, sample, ts, look, ended, ends: () => saidByBot('is over: it is deleted') };
}

it('the notification of an expired flow log is posted in its thread once, after a restart too', async () => {
  const { sample, ts, look, ends, ended, again } = await givenSetUp();
  await look();
  expect(ends()).toEqual([]);
  await sample.pass(121);
  await look();
  const [news] = ends();
  expect(news?.threadTs).toBe(ts);
  expect(news?.text).toMatch(/Its files stay in s3:\/\/flowlog-123456789012-us-east-1\/.*`teardown fl-\w+`/);
  expect(JSON.stringify(news?.blocks)).toContain(`setup ${ENI} for=2h`);
  await look(await again());
  expect(ends()).toHaveLength(1);
  expect(ended).toEqual(['posted']);
});

it('the notification of an expired flow log is logged where Slack does not take it, and the others are posted', async () => {
  const { playground, sample, look, ends, ended, log } = await givenSetUp();
  await sample.pass(121);
  playground.faults.next('chat.postMessage', { kind: 'error', error: 'is_archived' });
  await look();
  expect(ended).toEqual(['nowhere']);
  expect(log.map(({ fields }) => fields.doing)).toContain('post news into a thread');
  await look();
  expect(ends()).toEqual([]);
});

it('the notification of an expired flow log is posted once Slack has nothing against it', async () => {
  const { playground, sample, look, ends, ended } = await givenSetUp();
  await sample.pass(121);
  playground.faults.next('chat.postMessage', { kind: 'rate_limited', retryAfterSeconds: 1 }, 2);
  await look();
  expect(ended).toEqual(['posted']);
  expect(ends()).toHaveLength(1);
}, 20_000);

it('the notification of an expired flow log that the app stopped before is posted by the next run', async () => {
  const { playground, app, again, sample, look, ends, ended } = await givenSetUp();
  await sample.pass(121);
  playground.faults.next('chat.postMessage', { kind: 'rate_limited', retryAfterSeconds: 60 });
  const looked = look();
  await expect.poll(() => playground.calls.some(({ result }) => result === 'rate_limited')).toBe(true);
  await app.stop(500);
  await looked;
  expect(ended).toEqual([]);
  await look(await again());
  expect(ends()).toHaveLength(1);
}, 20_000);
