import { describe, expect, it } from 'vitest';
import type { SlackPlayground } from '../../../src/playground/slack/slack-playground.ts';
import { type GivenSample, givenSample, type SampleOptions, SUBNET } from '../../support/given-sample.ts';
import { withFault } from '../../support/with-fault.ts';
import { gate, givenSlack } from '../given-slack.ts';

const INCIDENT = '#incident-42';

function saidByBot(playground: SlackPlayground, words: string) {
  const found = playground
    .messages(INCIDENT)
    .find(({ text, author }) => author.kind === 'bot' && text.includes(words));
  return found;
}

/** The playground over the sample network, for real but for questions. */
async function givenPlayground(options: SampleOptions = {}) {
  const sample = await givenSample(options);
  const slack = await givenSlack({ act: sample.act });
  return { sample, ...slack };
}

/** Types a line and waits for its plan. */
async function planOf(playground: SlackPlayground, line: string) {
  await playground.type({ person: 'ana', channel: INCIDENT, text: `/flowlog ${line}` });
  return playground.until(() => saidByBot(playground, 'Nothing has been changed.'));
}

/** The message of a plan once its buttons are gone, with the id that the plan had. */
async function settled(playground: SlackPlayground, ts: string, fate: string) {
  const find = () => playground.messages(INCIDENT).find((message) => message.ts === ts);
  const message = await playground.until(() => {
    const found = find();
    return found?.text.includes(fate) ? found : undefined;
  });
  expect(message.blocks.filter(({ type }) => type === 'actions')).toEqual([]);
  const id = /confirm (op-[a-z0-9]+)/.exec(JSON.stringify(playground.calls))?.[1];
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
    const { playground, sample } = await givenPlayground();
    const plan = await planOf(playground, `setup ${SUBNET}`);
    expect(plan.text).toContain('1. Create the bucket flowlog-123456789012-us-east-1');
    const blocks = JSON.stringify(plan.blocks);
    expect(blocks).toContain('"style":"primary"');
    expect(blocks).toMatch(/"value":"confirm op-[a-z0-9]+"/);
    expect(blocks).toMatch(/"value":"cancel op-[a-z0-9]+"/);
    expect(blocks).toContain('ec2:CreateFlowLogs');
    expect(await flowLogs(sample)).toEqual([]);
  });

  it('is done once, however often and by however many the button is pressed', async () => {
    const { playground, sample } = await givenPlayground();
    const { ts } = await planOf(playground, `setup ${SUBNET}`);
    const press = { channel: INCIDENT, ts, actionId: 'ask:0' };
    await Promise.all(['ben', 'ben', 'ana'].map((person) => playground.click({ ...press, person })));
    await playground.until(() => saidByBot(playground, 'Done: Set up'));
    const { id } = await settled(playground, ts, 'Done. Confirmed by');
    await playground.type({ person: 'ben', channel: INCIDENT, text: `/flowlog confirm ${id}` });
    await playground.until(() => saidByBot(playground, 'was done already'));
    expect(await flowLogs(sample)).toHaveLength(1);
  });

  it('is called off by its other button', async () => {
    const { playground, sample } = await givenPlayground();
    const { ts } = await planOf(playground, `setup ${SUBNET}`);
    await playground.click({ person: 'ben', channel: INCIDENT, ts, actionId: 'ask:1' });
    await playground.until(() => saidByBot(playground, 'Cancelled; nothing was changed'));
    const { id } = await settled(playground, ts, 'Cancelled by <@U0BEN>, ');
    await playground.type({ person: 'ben', channel: INCIDENT, text: `/flowlog confirm ${id}` });
    await playground.until(() => saidByBot(playground, 'was cancelled'));
    expect(await flowLogs(sample)).toEqual([]);
  });

  it('that deletes for good opens a form in which a word must be typed', async () => {
    const { playground, sample } = await givenPlayground();
    await sample.done(`setup ${SUBNET}`);
    const [id = ''] = await flowLogs(sample);
    const { ts } = await planOf(playground, `teardown ${id} files=delete`);
    await playground.click({ person: 'ben', channel: INCIDENT, ts, actionId: 'confirm:0' });
    const view = JSON.stringify((await playground.until(() => playground.view('ben'))).blocks);
    expect(view).toContain(`Delete ${id}`);
    expect(view).toContain(`Type ${id} to confirm`);
    expect(view).not.toContain('initial_value');
    await playground.submit({ person: 'ben', values: { line: { line: id } } });
    await playground.until(() => saidByBot(playground, 'Done: Delete'));
    await settled(playground, ts, 'Done. Confirmed by <@U0BEN>, ');
    expect(await flowLogs(sample)).toEqual([]);
  });

  it('that deletes for good is not done with another word', async () => {
    const { playground, sample } = await givenPlayground();
    await sample.done(`setup ${SUBNET}`);
    const [id = ''] = await flowLogs(sample);
    const { ts } = await planOf(playground, `teardown ${id} files=delete`);
    await playground.click({ person: 'ben', channel: INCIDENT, ts, actionId: 'confirm:0' });
    await playground.until(() => playground.view('ben'));
    await playground.submit({ person: 'ben', values: { line: { line: 'yes' } } });
    const refused = await playground.until(() => saidByBot(playground, 'confirm'));
    expect(refused.text).toContain(id);
    expect(await flowLogs(sample)).toEqual([id]);
  });
});

describe('the message of a plan', () => {
  it('says who confirmed it and when as soon as it is done, keeps what was planned, and names people', async () => {
    const { options, open } = held();
    const { playground } = await givenPlayground(options);
    const { ts } = await planOf(playground, `setup ${SUBNET}`);
    await playground.click({ person: 'ben', channel: INCIDENT, ts, actionId: 'ask:0' });
    const { message: going, id } = await settled(playground, ts, 'Confirmed by <@U0BEN>, 24 Nov 2026 ');
    expect(going.text).not.toContain('Done.');
    expect(going.text).toContain('1. Create the bucket flowlog-123456789012-us-east-1');
    expect(JSON.stringify(going.blocks)).toContain('{"type":"user","user_id":"U0BEN"}');
    expect(JSON.stringify(going.blocks)).toContain('ec2:CreateFlowLogs');

    await playground.type({ person: 'ana', channel: INCIDENT, text: `/flowlog confirm ${id}` });
    const late = await playground.until(() => saidByBot(playground, 'is being done already'));
    expect(late.text).toContain('confirmed by <@U0BEN>.');
    expect(JSON.stringify(late.blocks)).toContain('{"type":"user","user_id":"U0BEN"}');
    open();
    await settled(playground, ts, 'Done. Confirmed by <@U0BEN>, 24 Nov 2026 ');
  });

  it('is rewritten in its place, wherever it was confirmed', async () => {
    const { playground } = await givenPlayground();
    const { ts, text } = await planOf(playground, `setup ${SUBNET}`);
    const id = /confirm (op-[a-z0-9]+)/.exec(text)?.[1];
    await playground.type({ person: 'ana', channel: '@ana', text: `confirm ${id}` });
    await settled(playground, ts, 'Done. Confirmed by <@U0ANA>, ');
  });

  it('whose message is not known is left, and the plan is done all the same', async () => {
    const { playground, sample, log } = await givenPlayground();
    const { id } = await sample.planned(`setup ${SUBNET}`);
    await playground.type({ person: 'ben', channel: INCIDENT, text: `/flowlog confirm ${id}` });
    await playground.until(() => saidByBot(playground, 'Done: Set up'));
    expect(log.filter(({ level }) => level !== 'info')).toEqual([]);
  });

  it('that Slack does not let us rewrite is reported, and the plan is done all the same', async () => {
    const { playground, log, store } = await givenPlayground();
    const { ts } = await planOf(playground, `setup ${SUBNET}`);
    playground.faults.next('chat.update', { kind: 'error', error: 'edit_window_closed' }, 40);
    await playground.click({ person: 'ben', channel: INCIDENT, ts, actionId: 'ask:1' });
    await playground.until(() => saidByBot(playground, 'Cancelled; nothing was changed'));
    await expect.poll(() => log.map(({ fields }) => fields.doing)).toContain('rewrite a plan');
    await expect.poll(() => store.inFlight()).toEqual([]);
  });
});

describe('a person who may not confirm', () => {
  it('sees alone who may, and the others see nothing of it', async () => {
    const { playground, sample } = await givenPlayground({ operators: ['U0ANA'] });
    const { ts } = await planOf(playground, `setup ${SUBNET}`);
    const before = playground.messages(INCIDENT).length;
    await playground.click({ person: 'ben', channel: INCIDENT, ts, actionId: 'ask:0' });
    const reply = await playground.until(() => playground.messages(INCIDENT).find(({ onlyFor }) => onlyFor));
    expect(reply).toMatchObject({ onlyFor: 'U0BEN' });
    expect(reply.text).toContain('You may not `confirm` what was planned. Ask one of U0ANA.');
    expect(playground.messages(INCIDENT)).toHaveLength(before + 1);
    expect(await flowLogs(sample)).toEqual([]);
    await playground.click({ person: 'ana', channel: INCIDENT, ts, actionId: 'ask:0' });
    await playground.until(() => saidByBot(playground, 'Done: Set up'));
  });

  it('sees it alone when typing it too', async () => {
    const { playground } = await givenPlayground({ operators: ['U0ANA'] });
    const reply = await playground.type({
      person: 'ben',
      channel: INCIDENT,
      text: '/flowlog confirm op-nothing0',
    });
    expect(reply.outcome).toBe('acked');
    const shown = await playground.until(() => playground.messages(INCIDENT).find(({ onlyFor }) => onlyFor));
    expect(shown.text).toContain('You may not `confirm`');
    expect(
      playground.messages(INCIDENT).filter(({ author, onlyFor }) => author.kind === 'bot' && !onlyFor),
    ).toEqual([]);
  });
});

describe('while it is done', () => {
  it('each step is shown with its mark, and it can be stopped and gone on with', async () => {
    const { options, open, calls } = held();
    const { playground, sample } = await givenPlayground(options);
    const { ts } = await planOf(playground, `setup ${SUBNET}`);
    await playground.click({ person: 'ben', channel: INCIDENT, ts, actionId: 'ask:0' });
    const going = await playground.until(() => saidByBot(playground, '… Let AWS deliver flow logs'));
    expect(going.text).toContain('✓ Bucket flowlog-123456789012-us-east-1 is there');
    await expect.poll(() => calls).toHaveLength(1);
    expect(going.text).toContain('○ Create a flow log on');
    await playground.click({ person: 'ben', channel: INCIDENT, ts: going.ts, actionId: 'stop' });
    const stopped = await playground.until(() =>
      saidByBot(playground, 'Stopped at step 2 of 4: it was stopped'),
    );
    open();
    await playground.click({ person: 'ben', channel: INCIDENT, ts: stopped.ts, actionId: 'ask:0' });
    await playground.until(() => saidByBot(playground, 'Done: Set up'));
    expect(calls).toHaveLength(2);
    expect(await flowLogs(sample)).toHaveLength(1);
  });

  it('a restart in the middle is taken up in the same thread, and no step is done twice', async () => {
    const { options, open, calls } = held();
    const { playground, sample, app, again } = await givenPlayground(options);
    const { ts } = await planOf(playground, `setup ${SUBNET}`);
    await playground.click({ person: 'ben', channel: INCIDENT, ts, actionId: 'ask:0' });
    const going = await playground.until(() => saidByBot(playground, '… Let AWS deliver flow logs'));
    await expect.poll(() => calls).toHaveLength(1);
    await app.stop(2_000);
    await playground.until(() => saidByBot(playground, 'Paused: flowlog is restarting'));
    open();
    const next = await again();
    expect(await next.resume()).toBe(1);
    const done = await playground.until(() => saidByBot(playground, 'Done: Set up'));
    expect(done.ts).toBe(going.ts);
    expect(calls).toHaveLength(2);
    expect(await flowLogs(sample)).toHaveLength(1);
    expect(await next.resume()).toBe(0);
  });
});
