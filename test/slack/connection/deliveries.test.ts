import type { App } from '@slack/bolt';
import { describe, expect, it } from 'vitest';
import { Interrupted } from '../../../src/core/answer/turns.ts';
import { takeDeliveries } from '../../../src/slack/connection/deliveries.ts';
import { openStores } from '../../../src/store/open-stores.ts';
import { gate, givenSlack, type LogLine } from '../given-slack.ts';

type Delivery = Parameters<App['processEvent']>[0];

/** An app whose listeners do `work`, and what was acknowledged. */
function given(work: (event: Delivery) => Promise<void>) {
  const stopping = new AbortController();
  const log: LogLine[] = [];
  const write = (level: LogLine['level']) => (fields: LogLine['fields'], message: string) =>
    void log.push({ level, fields, message });
  const app = { processEvent: work };
  const deliveries = takeDeliveries(app, {
    stopping: stopping.signal,
    log: { info: write('info'), warn: write('warn'), error: write('error') },
  });
  const acked: unknown[] = [];
  const send = (type: string, id?: string) =>
    app.processEvent({
      body: { type, event_id: id },
      ack: async (answer) => void acked.push(answer ?? 'empty'),
    });
  return { deliveries, acked, send, log, stop: () => stopping.abort(new Interrupted()) };
}

describe('a delivery', () => {
  it('of an event is acknowledged once, when its listener says so, however often Bolt acknowledges it', async () => {
    const { acked, send } = given(async ({ ack, customProperties }) => {
      await ack();
      expect(acked).toEqual([]);
      await customProperties?.acknowledge();
      await customProperties?.acknowledge();
      expect(acked).toEqual(['empty']);
    });
    await send('event_callback');
    expect(acked).toEqual(['empty']);
  });

  it('of an event that no listener wants, or that fails, is acknowledged in the end', async () => {
    const { acked, send } = given(async () => {
      throw new RangeError('a fault');
    });
    await expect(send('event_callback')).rejects.toThrow('a fault');
    expect(acked).toEqual(['empty']);
  });

  it('of an event that comes once more before its line is written down is acknowledged when it is', async () => {
    const [written, answered] = [gate(), gate()];
    let looked = 0;
    const { acked, send } = given(async ({ customProperties }) => {
      looked += 1;
      await written.opened;
      await customProperties?.acknowledge();
      await answered.opened;
    });
    const [first, again] = [send('event_callback', 'Ev1'), send('event_callback', 'Ev1')];
    await new Promise<void>((resolve) => {
      setImmediate(resolve);
    });
    expect(acked).toEqual([]);
    written.open();
    await again;
    expect(acked).toEqual(['empty', 'empty']);
    answered.open();
    await first;
    expect(looked).toBe(1);
  });

  it('of an event that comes once more and fails the first time is acknowledged in the end', async () => {
    const { acked, send } = given(async () => {
      throw new RangeError('a fault');
    });
    const sent = await Promise.allSettled([send('event_callback', 'Ev1'), send('event_callback', 'Ev1')]);
    expect(sent.map(({ status }) => status)).toEqual(['rejected', 'fulfilled']);
    expect(acked).toEqual(['empty', 'empty']);
  });

  it('of an event is not acknowledged where the app stopped meanwhile, and not even looked at after that', async () => {
    const { opened, open } = gate();
    let looked = 0;
    const { acked, send, stop } = given(async () => {
      looked += 1;
      await opened;
    });
    const sent = send('event_callback');
    stop();
    open();
    await sent;
    await send('event_callback');
    expect([acked, looked]).toEqual([[], 1]);
  });

  it('of anything else goes to its listener also while the app stops, which can refuse it in words', async () => {
    const { acked, send, stop } = given(({ ack }) => ack('flowlog is restarting'));
    stop();
    await send('block_actions');
    expect(acked).toEqual(['flowlog is restarting']);
  });

  it('is waited for by a stop, however it ends', async () => {
    const { opened, open } = gate();
    const { deliveries, send } = given(async ({ body }) => {
      await opened;
      if (body.type === 'view_submission') throw new RangeError('a fault');
    });
    const sent = [send('event_callback'), send('view_submission').catch(() => undefined)];
    let isSettled = false;
    const settled = deliveries.settled().then(() => {
      isSettled = true;
    });
    await Promise.resolve();
    expect(isSettled).toBe(false);
    open();
    await settled;
    await Promise.all(sent);
    await deliveries.settled();
  });
});

it.each(['@incident', '@ana'])(
  'a line in %s is written down before Slack sees it acknowledged',
  async (where) => {
    const { store } = await openStores({ path: ':memory:' });
    const { opened, open } = gate();
    const begin: typeof store.begin = async (...args) => {
      await opened;
      return store.begin(...args);
    };
    const { playground } = await givenSlack({ store: { ...store, begin } });
    const inChannel = where === '@incident';
    const line = { person: 'ana', channel: inChannel ? '#incident-42' : where };
    const typed = playground.type({ ...line, text: `${inChannel ? '@flowlog ' : ''}to 10.0.1.5 last 1h` });
    let isAcked = false;
    void typed.then(() => {
      isAcked = true;
    });
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(isAcked).toBe(false);
    open();
    expect(await typed).toEqual({ outcome: 'acked' });
    await playground.until(() =>
      playground.messages(line.channel).find(({ author }) => author.kind === 'bot'),
    );
  },
);
