import { describe, expect, it } from 'vitest';
import type { PlaygroundView } from '../../../src/playground/slack/protocol.ts';
import type { SlackPlayground } from '../../../src/playground/slack/slack-playground.ts';
import { givenSlack } from '../given-slack.ts';

const INCIDENT = '#incident-42';

/** The values of the form: `addr` and `port` are arguments, `window` and `entry` are its own fields. */
function fields(values: Readonly<Record<string, string>>) {
  const own = ['entry', 'window', 'more'];
  const named = Object.entries(values).map(([name, value]) => {
    const id = own.includes(name) ? name : `arg.${name}`;
    return [id, { [id]: value }] as const;
  });
  return Object.fromEntries(named);
}

function written(view: PlaygroundView | undefined): string {
  return JSON.stringify(view?.blocks ?? []);
}

function answers(playground: SlackPlayground) {
  return playground
    .messages(INCIDENT)
    .filter(({ text, threadTs }) => threadTs && text.includes('got traffic from'));
}

describe('the form', () => {
  it('opens with the line in it, shows a mistake at the field, and asks what was corrected in the thread', async () => {
    const { playground, script } = await givenSlack();
    await playground.type({ person: 'ana', channel: INCIDENT, text: '/flowlog to 10.0.1.5 last 1h' });
    const answer = await playground.until(() => answers(playground)[0]);
    await playground.click({ person: 'ben', channel: INCIDENT, ts: answer.ts, actionId: 'change' });
    const view = await playground.until(() => playground.view('ben'));
    expect(written(view)).toContain('"initial_value":"10.0.1.5"');
    expect(written(view)).toContain('"initial_value":"last 1h"');
    expect(written(view)).toContain('"text":"/flowlog to 10.0.1.5 last 1h"');
    const wrong = fields({ addr: '10.0.1.500' });
    expect(await playground.submit({ person: 'ben', values: wrong })).toMatchObject({ outcome: 'refused' });
    expect(playground.view('ben')?.errors).toEqual({
      'arg.addr':
        '`10.0.1.500` has a part that is not from 0 to 255: type an address, a CIDR or a name, for example 10.0.1.5.',
    });
    expect(script.asked).toHaveLength(1);
    const right = fields({ addr: '10.0.1.5', window: 'last 2h' });
    expect(await playground.submit({ person: 'ben', values: right })).toEqual({ outcome: 'acked' });
    expect(playground.view('ben')).toBeUndefined();
    expect((await playground.until(() => answers(playground)[1])).threadTs).toBe(answer.threadTs);
    expect((await playground.until(() => script.asked[1])).line).toBe('to 10.0.1.5 last 2h');
  });

  it('shows help over itself', async () => {
    const { playground } = await givenSlack();
    await playground.type({ person: 'ana', channel: INCIDENT, text: '/flowlog to 10.0.1.5 last 1h' });
    await playground.until(() => answers(playground)[0]);
    await playground.click({ person: 'ben', channel: INCIDENT, actionId: 'change' });
    await playground.until(() => playground.view('ben'));
    await playground.click({ person: 'ben', actionId: 'entry', values: fields({ entry: 'typed line' }) });
    await playground.until(() =>
      written(playground.view('ben')).includes('"block_id":"line"') ? true : undefined,
    );
    await playground.submit({ person: 'ben', values: { line: { line: 'help' } } });
    expect(playground.view('ben')?.title).toBe('What can be asked');
    await playground.cancel('ben');
    expect(playground.view('ben')?.title).toBe('Ask flow logs');
  });

  it('opens from the menu of any message, for its thread', async () => {
    const { playground } = await givenSlack();
    await playground.type({ person: 'ana', channel: INCIDENT, text: 'the api is slow' });
    const [message] = playground.messages(INCIDENT);
    if (message === undefined) throw new Error('no message');
    await playground.shortcut({
      person: 'ben',
      callbackId: 'flowlog_ask',
      channel: INCIDENT,
      ts: message.ts,
    });
    await playground.until(() => playground.view('ben'));
    await playground.submit({ person: 'ben', values: fields({ addr: '10.0.1.5' }) });
    expect((await playground.until(() => answers(playground)[0])).threadTs).toBe(message.ts);
  });

  it('asked for where the app is no member is answered privately', async () => {
    const { playground } = await givenSlack();
    await playground.type({ person: 'ana', channel: '#general', text: 'the api is slow' });
    const [message] = playground.messages('#general');
    if (message === undefined) throw new Error('no message');
    await playground.shortcut({
      person: 'ben',
      callbackId: 'flowlog_ask',
      channel: '#general',
      ts: message.ts,
    });
    await playground.until(() => playground.view('ben'));
    await playground.submit({ person: 'ben', values: fields({ addr: '10.0.1.5' }) });
    const answer = await playground.until(() =>
      playground.messages('#general').find(({ text }) => text.includes('got traffic from')),
    );
    expect(answer).toMatchObject({ onlyFor: 'U0BEN', threadTs: message.ts });
  });

  it('that cannot be opened says so', async () => {
    const { playground } = await givenSlack();
    await playground.type({ person: 'ana', channel: INCIDENT, text: '/flowlog to 10.0.1.5 last 1h' });
    await playground.until(() => answers(playground)[0]);
    playground.faults.next('views.open', { kind: 'error', error: 'trigger_expired' });
    await playground.click({ person: 'ben', channel: INCIDENT, actionId: 'change' });
    const note = await playground.until(() => playground.messages(INCIDENT).find(({ onlyFor }) => onlyFor));
    expect(note.text).toContain('could not be opened');
  });

  it('shows the line that it will ask while it is filled in, and what is still missing', async () => {
    const { playground } = await givenSlack();
    await playground.type({ person: 'ana', channel: INCIDENT, text: 'the api is slow' });
    await openOn(playground, playground.messages(INCIDENT)[0]?.ts);
    expect(written(playground.view('ben'))).toContain(
      'Give an address, a CIDR or a name, for example 10.0.1.5.',
    );
    const shows = async (values: Readonly<Record<string, string>>, actionId: string, text: string) => {
      await playground.click({ person: 'ben', actionId, values: fields(values) });
      await playground.until(() => (written(playground.view('ben')).includes(text) ? true : undefined));
    };
    await shows({ addr: '10.0.1.5' }, 'arg.addr', '"text":"/flowlog to 10.0.1.5 last 1h"');
    await shows(
      { addr: '10.0.1.5', port: 'https', action: 'reject', window: 'since 00:00' },
      'arg.port',
      '"text":"/flowlog to 10.0.1.5 port=443 action=reject since ',
    );
    await shows(
      { addr: '10.0.1.5', port: 'htps' },
      'arg.port',
      'is neither a port nor a service: type https.',
    );
  });

  it('has the fields of the entry that is chosen, with the addresses that were there', async () => {
    const { playground } = await givenSlack();
    await playground.type({ person: 'ana', channel: INCIDENT, text: 'nothing reaches 10.0.12.41:5432' });
    await openOn(playground, playground.messages(INCIDENT)[0]?.ts);
    expect(written(playground.view('ben'))).toContain('/flowlog to 10.0.12.41 port=5432 since ');
    await playground.click({ person: 'ben', actionId: 'entry', values: fields({ entry: 'why' }) });
    const view = await playground.until(() => {
      const shown = playground.view('ben');
      return written(shown).includes('"block_id":"arg.b"') ? shown : undefined;
    });
    expect(view.blocks.find((block) => block.block_id === 'arg.a')).toMatchObject({
      element: { initial_value: '10.0.12.41' },
    });
    const both = fields({ entry: 'why', a: '10.0.12.41', b: '10.0.11.41', port: '5432', window: 'last 30m' });
    await playground.click({ person: 'ben', actionId: 'arg.b', values: both });
    await playground.until(() =>
      written(playground.view('ben')).includes('/flowlog why 10.0.12.41 10.0.11.41 port=5432 last 30m')
        ? true
        : undefined,
    );
  });

  it('keeps the line of the newest of many changes', async () => {
    const { playground } = await givenSlack();
    await playground.type({ person: 'ana', channel: INCIDENT, text: 'hm' });
    await openOn(playground, playground.messages(INCIDENT)[0]?.ts);
    const typed = '10.0.12.41'.split('').map((_, index, all) => all.slice(0, index + 1).join(''));
    const clicks = typed.map((addr) =>
      playground.click({ person: 'ben', actionId: 'arg.addr', values: fields({ addr }) }),
    );
    await Promise.all(clicks);
    await playground.until(() =>
      written(playground.view('ben')).includes('"text":"/flowlog to 10.0.12.41 last 1h"') ? true : undefined,
    );
    expect(playground.calls.filter(({ method }) => method === 'views.update').length).toBeLessThanOrEqual(10);
  });

  it('stays as it is where it was closed before its line came', async () => {
    const { playground, log } = await givenSlack();
    await playground.type({ person: 'ana', channel: INCIDENT, text: 'hm' });
    await openOn(playground, playground.messages(INCIDENT)[0]?.ts);
    playground.faults.next('views.update', { kind: 'error', error: 'not_found' });
    await playground.click({ person: 'ben', actionId: 'arg.addr', values: fields({ addr: '10.0.1.5' }) });
    await playground.until(() => log.find(({ message }) => message === 'a form was not updated'));
    expect(log.filter(({ level }) => level === 'error')).toEqual([]);
  });
});

async function openOn(playground: SlackPlayground, ts: string | undefined): Promise<void> {
  if (ts === undefined) throw new Error('no message');
  await playground.shortcut({ person: 'ben', callbackId: 'flowlog_ask', channel: INCIDENT, ts });
  await playground.until(() => playground.view('ben'));
}
