import { describe, expect, it } from 'vitest';
import type { GivenSlack } from '../../slack/given-slack.ts';
import { type Column, FORM, givenHurried, INCIDENT, LOST, PASSING, REFUSED } from './fault-table.ts';

const ALL = [...PASSING, ...LOST, ...FORM, ...REFUSED];
const CALLBACK = { callbackId: 'flowlog_ask', channel: INCIDENT } as const;
const NOT_OPENED = 'The form could not be opened. Press again, or type the line.';

async function givenMessage(): Promise<GivenSlack & { readonly ts: string }> {
  const given = await givenHurried();
  await given.playground.type({ person: 'ana', channel: INCIDENT, text: 'hm' });
  return { ...given, ts: given.playground.messages(INCIDENT)[0]?.ts ?? '' };
}

function written({ playground }: GivenSlack): string {
  return JSON.stringify(playground.view('ben')?.blocks ?? []);
}

describe('views.open', () => {
  it.each(ALL)(
    'with %s: the person reads what to do, and the next press opens the form',
    async (...column) => {
      const given = await givenMessage();
      const { playground, ts, log } = given;
      const [, fault] = column;
      playground.faults.next('views.open', fault, 1);
      expect(await playground.shortcut({ person: 'ben', ts, ...CALLBACK })).toEqual({ outcome: 'acked' });
      const note = await playground.until(() => playground.messages(INCIDENT).find(({ onlyFor }) => onlyFor));
      expect(note.text).toBe(NOT_OPENED);
      expect(log.map(({ fields }) => fields.doing)).toContain('open the form');
      await playground.shortcut({ person: 'ben', ts, ...CALLBACK });
      await playground.until(() => playground.view('ben'));
    },
  );
});

describe('a response_url that says that a form was not opened', () => {
  it.each(PASSING)('with %s: the person reads it once', async (...column) => {
    const { playground, ts } = await givenMessage();
    arm(playground, column);
    await playground.shortcut({ person: 'ben', ts, ...CALLBACK });
    await playground.until(() => playground.messages(INCIDENT).find(({ text }) => text === NOT_OPENED));
  });

  it.each(REFUSED)('with %s: the log has it, and the app goes on', async (...column) => {
    const { playground, ts, log } = await givenMessage();
    arm(playground, column);
    await playground.shortcut({ person: 'ben', ts, ...CALLBACK });
    await playground.until(() => log.filter(({ level }) => level === 'error')[1]);
    await playground.shortcut({ person: 'ben', ts, ...CALLBACK });
    await playground.until(() => playground.view('ben'));
  });

  function arm({ faults }: GivenSlack['playground'], [, fault, times]: Column): void {
    faults.next('views.open', { kind: 'error', error: 'trigger_expired' });
    faults.next('response', fault, times);
  }
});

describe('views.update', () => {
  it.each(ALL)('with %s: the form stays as it was, and the next change shows', async (...column) => {
    const given = await givenMessage();
    const { playground, ts, log } = given;
    await playground.shortcut({ person: 'ben', ts, ...CALLBACK });
    await playground.until(() => playground.view('ben'));
    const change = (addr: string) =>
      playground.click({ person: 'ben', actionId: 'arg.addr', values: { 'arg.addr': { 'arg.addr': addr } } });
    const [, fault] = column;
    playground.faults.next('views.update', fault, 1);
    expect(await change('10.0.1.5')).toEqual({ outcome: 'acked' });
    await playground.until(() => log.find(({ message }) => message === 'a form was not updated'));
    expect(playground.view('ben')?.title).toBe('Ask flow logs');
    await change('10.0.1.6');
    await playground.until(() => (written(given).includes('/flowlog to 10.0.1.6') ? true : undefined));
    expect(log.filter(({ level }) => level === 'error')).toEqual([]);
  });
});

describe('users.info of who sends a form', () => {
  it.each([...PASSING, ...LOST, ...REFUSED])(
    'with %s: the form stays open and says what to do',
    async (...column) => {
      const given = await givenMessage();
      const { playground, ts, script } = given;
      const [, fault] = column;
      playground.faults.next('users.info', fault, 4);
      await playground.shortcut({ person: 'ben', ts, ...CALLBACK });
      await playground.until(() => playground.view('ben'));
      await playground.until(() =>
        playground.calls.filter(({ method }) => method === 'users.info').length >= 4 ? true : undefined,
      );
      playground.faults.clear();
      playground.faults.next('users.info', fault, 2);
      const values = { 'arg.addr': { 'arg.addr': '10.0.1.5' } };
      expect(await playground.submit({ person: 'ben', values })).toMatchObject({ outcome: 'refused' });
      expect(Object.values(playground.view('ben')?.errors ?? {})).toEqual([
        'Slack did not say in time who you are, so flowlog did not answer. Ask again in a moment.',
      ]);
      expect(script.asked).toEqual([]);
      playground.faults.clear();
      expect(await playground.submit({ person: 'ben', values })).toEqual({ outcome: 'acked' });
      await playground.until(() => script.asked[0]);
    },
  );
});
