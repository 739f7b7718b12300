import { describe, expect, it } from 'vitest';
import type { Desk } from '../../src/playground/slack/desk.ts';
import { type GivenSample, givenSample, type SampleOptions, SUBNET } from '../support/given-sample.ts';
import { withFault } from '../support/with-fault.ts';
import { gate, givenSlack } from './given-slack.ts';

const INCIDENT = '#incident-42';

function saidByBot(desk: Desk, words: string) {
  const found = desk
    .messages(INCIDENT)
    .find(({ text, author }) => author.kind === 'bot' && text.includes(words));
  return found;
}

/** The desk over the sample network, for real but for questions. */
async function givenDesk(options: SampleOptions = {}) {
  const sample = await givenSample(options);
  const slack = await givenSlack({ act: sample.act });
  return { sample, ...slack };
}

/** Types a line and waits for its plan. */
async function planOf(desk: Desk, line: string) {
  await desk.type({ person: 'ana', channel: INCIDENT, text: `/flowlog ${line}` });
  return desk.until(() => saidByBot(desk, 'Nothing has been changed.'));
}

/** The message of a plan once its buttons are gone, with the id that the plan had. */
async function settled(desk: Desk, ts: string, fate: string) {
  const find = () => desk.messages(INCIDENT).find((message) => message.ts === ts);
  const message = await desk.until(() => {
    const found = find();
    return found?.text.includes(fate) ? found : undefined;
  });
  expect(message.blocks.filter(({ type }) => type === 'actions')).toEqual([]);
  const id = /confirm (op-[a-z0-9]+)/.exec(JSON.stringify(desk.calls))?.[1];
  return { message, id };
}

/** A sample whose bucket is made only when the test says so. */
function held(): { readonly options: SampleOptions; readonly open: () => void; readonly calls: string[] } {
  const { opened, open } = gate();
  const calls: string[] = [];
  const around: SampleOptions['around'] = (cloud) =>
    withFault(cloud, {
      buckets: (real) => ({
        async putPolicy(bucket, policy, signal) {
          calls.push(bucket);
          signal.throwIfAborted();
          await Promise.race([
            opened,
            new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason))),
          ]);
          await real.putPolicy(bucket, policy, signal);
        },
      }),
    });
  return { options: { around }, open, calls };
}

async function flowLogs({ state }: GivenSample): Promise<readonly string[]> {
  return (await state()).flowLogs.map(({ id }) => id);
}

describe('a plan', () => {
  it('is posted in the channel with its steps, its calls and its buttons, and has changed nothing', async () => {
    const { desk, sample } = await givenDesk();
    const plan = await planOf(desk, `setup ${SUBNET}`);
    expect(plan.text).toContain('1. Create the bucket flowlog-123456789012-us-east-1');
    const blocks = JSON.stringify(plan.blocks);
    expect(blocks).toContain('"style":"primary"');
    expect(blocks).toMatch(/"value":"confirm op-[a-z0-9]+"/);
    expect(blocks).toMatch(/"value":"cancel op-[a-z0-9]+"/);
    expect(blocks).toContain('ec2:CreateFlowLogs');
    expect(await flowLogs(sample)).toEqual([]);
  });

  it('is done once, however often and by however many the button is pressed', async () => {
    const { desk, sample } = await givenDesk();
    const { ts } = await planOf(desk, `setup ${SUBNET}`);
    const press = { channel: INCIDENT, ts, actionId: 'ask:0' };
    await Promise.all(['ben', 'ben', 'ana'].map((person) => desk.click({ ...press, person })));
    await desk.until(() => saidByBot(desk, 'Done: Set up'));
    const { id } = await settled(desk, ts, 'Done. Confirmed by');
    await desk.type({ person: 'ben', channel: INCIDENT, text: `/flowlog confirm ${id}` });
    await desk.until(() => saidByBot(desk, 'was done already'));
    expect(await flowLogs(sample)).toHaveLength(1);
  });

  it('is called off by its other button', async () => {
    const { desk, sample } = await givenDesk();
    const { ts } = await planOf(desk, `setup ${SUBNET}`);
    await desk.click({ person: 'ben', channel: INCIDENT, ts, actionId: 'ask:1' });
    await desk.until(() => saidByBot(desk, 'Cancelled; nothing was changed'));
    const { id } = await settled(desk, ts, 'Cancelled by <@U0BEN>, ');
    await desk.type({ person: 'ben', channel: INCIDENT, text: `/flowlog confirm ${id}` });
    await desk.until(() => saidByBot(desk, 'was cancelled'));
    expect(await flowLogs(sample)).toEqual([]);
  });

  it('that deletes for good opens a form in which a word must be typed', async () => {
    const { desk, sample } = await givenDesk();
    await sample.done(`setup ${SUBNET}`);
    const [id = ''] = await flowLogs(sample);
    const { ts } = await planOf(desk, `teardown ${id} files=delete`);
    await desk.click({ person: 'ben', channel: INCIDENT, ts, actionId: 'change:0' });
    const view = await desk.until(() => desk.view('ben'));
    const line = /"initial_value":"(confirm op-[a-z0-9]+)"/.exec(JSON.stringify(view.blocks))?.[1];
    await desk.submit({ person: 'ben', values: { line: { line: `${line} ${id}` } } });
    await desk.until(() => saidByBot(desk, 'Done: Tear down'));
    await settled(desk, ts, 'Done. Confirmed by <@U0BEN>, ');
    expect(await flowLogs(sample)).toEqual([]);
  });

  it('that deletes for good is not done without the word', async () => {
    const { desk, sample } = await givenDesk();
    await sample.done(`setup ${SUBNET}`);
    const [id = ''] = await flowLogs(sample);
    const { ts } = await planOf(desk, `teardown ${id} files=delete`);
    await desk.click({ person: 'ben', channel: INCIDENT, ts, actionId: 'change:0' });
    const view = await desk.until(() => desk.view('ben'));
    const line = /"initial_value":"(confirm op-[a-z0-9]+)"/.exec(JSON.stringify(view.blocks))?.[1];
    await desk.submit({ person: 'ben', values: { line: { line: line ?? '' } } });
    const refused = await desk.until(() => saidByBot(desk, 'Nothing was typed to confirm'));
    expect(refused.text).toContain(`${line} ${id}`);
    expect(await flowLogs(sample)).toEqual([id]);
  });
});

describe('the message of a plan', () => {
  it('says who confirmed it and when as soon as it is done, keeps what was planned, and names people', async () => {
    const { options, open } = held();
    const { desk } = await givenDesk(options);
    const { ts } = await planOf(desk, `setup ${SUBNET}`);
    await desk.click({ person: 'ben', channel: INCIDENT, ts, actionId: 'ask:0' });
    const { message: going, id } = await settled(desk, ts, 'Confirmed by <@U0BEN>, 2026-11-24 ');
    expect(going.text).not.toContain('Done.');
    expect(going.text).toContain('1. Create the bucket flowlog-123456789012-us-east-1');
    expect(JSON.stringify(going.blocks)).toContain('{"type":"user","user_id":"U0BEN"}');
    expect(JSON.stringify(going.blocks)).toContain('ec2:CreateFlowLogs');

    await desk.type({ person: 'ana', channel: INCIDENT, text: `/flowlog confirm ${id}` });
    const late = await desk.until(() => saidByBot(desk, 'is being done already'));
    expect(late.text).toContain('confirmed by <@U0BEN>.');
    expect(JSON.stringify(late.blocks)).toContain('{"type":"user","user_id":"U0BEN"}');
    open();
    await settled(desk, ts, 'Done. Confirmed by <@U0BEN>, 2026-11-24 ');
  });

  it('is rewritten in its place, wherever it was confirmed', async () => {
    const { desk } = await givenDesk();
    const { ts, text } = await planOf(desk, `setup ${SUBNET}`);
    const id = /confirm (op-[a-z0-9]+)/.exec(text)?.[1];
    await desk.type({ person: 'ana', channel: '@ana', text: `confirm ${id}` });
    await settled(desk, ts, 'Done. Confirmed by <@U0ANA>, ');
  });

  it('whose message is not known is left, and the plan is done all the same', async () => {
    const { desk, sample, log } = await givenDesk();
    const { id } = await sample.planned(`setup ${SUBNET}`);
    await desk.type({ person: 'ben', channel: INCIDENT, text: `/flowlog confirm ${id}` });
    await desk.until(() => saidByBot(desk, 'Done: Set up'));
    expect(log.filter(({ level }) => level !== 'info')).toEqual([]);
  });

  it('that Slack does not let us rewrite is reported, and the plan is done all the same', async () => {
    const { desk, log, store } = await givenDesk();
    const { ts } = await planOf(desk, `setup ${SUBNET}`);
    desk.faults.next('chat.update', { kind: 'error', error: 'edit_window_closed' }, 40);
    await desk.click({ person: 'ben', channel: INCIDENT, ts, actionId: 'ask:1' });
    await desk.until(() => saidByBot(desk, 'Cancelled; nothing was changed'));
    await expect.poll(() => log.map(({ fields }) => fields.doing)).toContain('rewrite a plan');
    await expect.poll(() => store.inFlight()).toEqual([]);
  });
});

describe('a person who may not confirm', () => {
  it('sees alone who may, and the others see nothing of it', async () => {
    const { desk, sample } = await givenDesk({ operators: ['U0ANA'] });
    const { ts } = await planOf(desk, `setup ${SUBNET}`);
    const before = desk.messages(INCIDENT).length;
    await desk.click({ person: 'ben', channel: INCIDENT, ts, actionId: 'ask:0' });
    const reply = await desk.until(() => desk.messages(INCIDENT).find(({ onlyFor }) => onlyFor));
    expect(reply).toMatchObject({ onlyFor: 'U0BEN' });
    expect(reply.text).toContain('You may not `confirm` what was planned. Ask one of U0ANA.');
    expect(desk.messages(INCIDENT)).toHaveLength(before + 1);
    expect(await flowLogs(sample)).toEqual([]);
    await desk.click({ person: 'ana', channel: INCIDENT, ts, actionId: 'ask:0' });
    await desk.until(() => saidByBot(desk, 'Done: Set up'));
  });

  it('sees it alone when typing it too', async () => {
    const { desk } = await givenDesk({ operators: ['U0ANA'] });
    const reply = await desk.type({ person: 'ben', channel: INCIDENT, text: '/flowlog confirm op-nothing0' });
    expect(reply.outcome).toBe('acked');
    const shown = await desk.until(() => desk.messages(INCIDENT).find(({ onlyFor }) => onlyFor));
    expect(shown.text).toContain('You may not `confirm`');
    expect(
      desk.messages(INCIDENT).filter(({ author, onlyFor }) => author.kind === 'bot' && !onlyFor),
    ).toEqual([]);
  });
});

describe('while it is done', () => {
  it('each step is shown with its mark, and it can be stopped and gone on with', async () => {
    const { options, open, calls } = held();
    const { desk, sample } = await givenDesk(options);
    const { ts } = await planOf(desk, `setup ${SUBNET}`);
    await desk.click({ person: 'ben', channel: INCIDENT, ts, actionId: 'ask:0' });
    const going = await desk.until(() => saidByBot(desk, '… Let AWS deliver flow logs'));
    expect(going.text).toContain('✓ Bucket flowlog-123456789012-us-east-1 is there');
    await expect.poll(() => calls).toHaveLength(1);
    expect(going.text).toContain('○ Create a flow log on');
    await desk.click({ person: 'ben', channel: INCIDENT, ts: going.ts, actionId: 'stop' });
    const stopped = await desk.until(() => saidByBot(desk, 'Stopped at step 2 of 4: it was stopped'));
    open();
    await desk.click({ person: 'ben', channel: INCIDENT, ts: stopped.ts, actionId: 'ask:0' });
    await desk.until(() => saidByBot(desk, 'Done: Set up'));
    expect(calls).toHaveLength(2);
    expect(await flowLogs(sample)).toHaveLength(1);
  });

  it('a restart in the middle is taken up in the same thread, and no step is done twice', async () => {
    const { options, open, calls } = held();
    const { desk, sample, app, again } = await givenDesk(options);
    const { ts } = await planOf(desk, `setup ${SUBNET}`);
    await desk.click({ person: 'ben', channel: INCIDENT, ts, actionId: 'ask:0' });
    const going = await desk.until(() => saidByBot(desk, '… Let AWS deliver flow logs'));
    await expect.poll(() => calls).toHaveLength(1);
    await app.stop(2_000);
    await desk.until(() => saidByBot(desk, 'Paused: flowlog is restarting'));
    open();
    const next = await again();
    expect(await next.resume()).toBe(1);
    const done = await desk.until(() => saidByBot(desk, 'Done: Set up'));
    expect(done.ts).toBe(going.ts);
    expect(calls).toHaveLength(2);
    expect(await flowLogs(sample)).toHaveLength(1);
    expect(await next.resume()).toBe(0);
  });
});
