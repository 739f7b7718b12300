import { describe, expect, it } from 'vitest';
import type { Names } from '../../../src/core/lake/names.ts';
import type { PlaygroundMessage } from '../../../src/playground/slack/protocol.ts';
import type { SlackPlayground } from '../../../src/playground/slack/slack-playground.ts';
import { gate, givenSlack } from '../given-slack.ts';

const INCIDENT = '#incident-42';
const NAMES: Names = new Map([
  ['10.0.1.5', { name: 'db-1', from: 'EC2', since: undefined }],
  ['10.0.9.1', { name: 'app-9', from: 'EC2', since: undefined }],
]);

/** Names that come when the test says so. */
function namesLater() {
  const { opened, open } = gate();
  return { lateNames: opened.then(() => NAMES), open };
}

function updates(playground: SlackPlayground, ts: string): number {
  return playground.calls.filter(({ method, args }) => method === 'chat.update' && args.ts === ts).length;
}

function ofBot(playground: SlackPlayground, channel = INCIDENT): readonly PlaygroundMessage[] {
  return playground.messages(channel).filter(({ author }) => author.kind === 'bot');
}

const written = (message: PlaygroundMessage | undefined) => JSON.stringify(message ?? '');

async function answered(playground: SlackPlayground) {
  const reply = await playground.until(() =>
    ofBot(playground).find(({ threadTs }) => threadTs !== undefined),
  );
  const parent = ofBot(playground).find(({ ts }) => ts === reply.threadTs);
  if (parent === undefined) throw new Error('no parent');
  return { parent, reply };
}

describe('names that come later than their answer', () => {
  it('are put into the parent and into the table, once, and post nothing', async () => {
    const { playground, script } = await givenSlack();
    const { lateNames, open } = namesLater();
    script.next({ lateNames });
    await playground.type({ person: 'ana', channel: INCIDENT, text: '/flowlog to 10.0.1.5 last 1h' });
    const { parent, reply } = await answered(playground);
    expect(written(parent)).not.toContain('db-1');
    const [before, amount] = [updates(playground, parent.ts), ofBot(playground).length];
    open();
    const named = await playground.until(() =>
      ofBot(playground).find((message) => message.ts === reply.ts && written(message).includes('app-9')),
    );
    expect(named.blocks).toHaveLength(reply.blocks.length);
    const after = ofBot(playground).find(({ ts }) => ts === parent.ts);
    expect(after?.text).toContain('db-1');
    expect(JSON.stringify(after?.blocks)).toContain('db-1');
    expect([updates(playground, parent.ts), updates(playground, reply.ts)]).toEqual([before + 1, 1]);
    expect(ofBot(playground)).toHaveLength(amount);
  });

  it('that come while the answer is being posted are shown after it', async () => {
    const { playground, script } = await givenSlack();
    script.next({ lateNames: Promise.resolve(NAMES) });
    await playground.type({ person: 'ana', channel: INCIDENT, text: '/flowlog to 10.0.1.5 last 1h' });
    const { reply } = await answered(playground);
    await playground.until(() => (updates(playground, reply.ts) === 1 ? true : undefined));
    const named = ofBot(playground).find(({ ts }) => ts === reply.ts);
    expect(written(named)).toContain('app-9');
  });

  it('are put into a reply in a thread', async () => {
    const { playground, script } = await givenSlack();
    await playground.type({ person: 'ana', channel: INCIDENT, text: 'the api is slow' });
    const threadTs = playground.messages(INCIDENT)[0]?.ts ?? '';
    const { lateNames, open } = namesLater();
    script.next({ lateNames });
    await playground.type({
      person: 'ana',
      channel: INCIDENT,
      text: '@flowlog to 10.0.1.5 last 1h',
      threadTs,
    });
    const reply = await playground.until(() =>
      ofBot(playground).find(({ text }) => text.includes('got traffic from')),
    );
    open();
    await playground.until(() =>
      ofBot(playground).find((message) => message.ts === reply.ts && written(message).includes('app-9')),
    );
    expect(ofBot(playground)).toHaveLength(1);
  });

  it('change nothing that one person alone sees', async () => {
    const { playground, script } = await givenSlack();
    const { lateNames, open } = namesLater();
    script.next({ lateNames });
    await playground.type({ person: 'ana', channel: '#general', text: '/flowlog to 10.0.1.5 last 1h' });
    const shown = await playground.until(() =>
      playground.messages('#general').find(({ text }) => text.includes('got traffic from')),
    );
    open();
    await lateNames;
    await new Promise(setImmediate);
    expect(playground.messages('#general').filter(({ text }) => text.includes('got traffic from'))).toEqual([
      shown,
    ]);
  });

  it('change nothing once the app has stopped, which is no failure', async () => {
    const { playground, script, app, log } = await givenSlack();
    const stopped = namesLater();
    script.next({ lateNames: stopped.lateNames });
    await playground.type({ person: 'ana', channel: INCIDENT, text: '/flowlog to 10.0.1.5 last 1h' });
    const { reply } = await answered(playground);
    await app.stop(1_000);
    const calls = playground.calls.length;
    stopped.open();
    await stopped.lateNames;
    await new Promise(setImmediate);
    expect(playground.calls).toHaveLength(calls);
    expect(written(ofBot(playground).find(({ ts }) => ts === reply.ts))).not.toContain('app-9');
    expect(log.filter(({ level }) => level === 'error')).toEqual([]);
  });
});
