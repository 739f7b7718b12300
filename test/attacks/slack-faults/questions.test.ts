import { describe, expect, it } from 'vitest';
import { type GivenSlack, gate } from '../../slack/given-slack.ts';
import {
  ALWAYS,
  type Column,
  expectShown,
  FORM,
  givenHurried,
  INCIDENT,
  INCIDENT_ID,
  LOST,
  PASSING,
  REFUSED,
  shown,
} from './fault-table.ts';

const ASK = '/flowlog to 10.0.1.5 last 1h';
const MENTION = '@flowlog to 10.0.1.5 last 1h';
const ELSEWHERE = 'sent it to who asked alone';

/** The faults of a column, on the calls of one method into the channel. */
function arm({ playground }: GivenSlack, method: string, [, fault, times]: Column): void {
  playground.faults.next(method, fault, times, INCIDENT_ID);
}

function ask({ playground }: GivenSlack, text: string, channel = INCIDENT) {
  return playground.type({ person: 'ana', channel, text });
}

/** A question that is worked on, and is answered when `open` is called. */
async function givenWorking(text: string) {
  const given = await givenHurried();
  const { opened, open } = gate();
  given.script.next({ until: opened });
  await ask(given, text);
  await given.playground.until(() => given.script.asked[0]);
  return { ...given, open };
}

describe('chat.postMessage of the first message', () => {
  it.each([...PASSING, ...LOST, ...FORM])('with %s: the question is answered once', async (...column) => {
    const given = await givenHurried();
    arm(given, 'chat.postMessage', column);
    await ask(given, ASK);
    await expectShown(given, ['headline', 'answer']);
    expect(given.script.asked).toHaveLength(1);
  });

  it.each(REFUSED)('with %s: the asker alone gets the answer', async (...column) => {
    const given = await givenHurried();
    arm(given, 'chat.postMessage', column);
    await ask(given, ASK);
    await expectShown(given, ['private answer']);
  });
});

describe('chat.postMessage of the answer', () => {
  it.each([...PASSING, ...LOST])('with %s: the answer is there once', async (...column) => {
    const given = await givenWorking(ASK);
    arm(given, 'chat.postMessage', column);
    given.open();
    await expectShown(given, ['headline', 'answer']);
  });

  it.each(FORM)('with %s: the answer comes without its table', async (...column) => {
    const given = await givenWorking(ASK);
    arm(given, 'chat.postMessage', column);
    given.open();
    await expectShown(given, ['headline', 'plain answer']);
  });

  it.each(REFUSED)('with %s: the asker alone gets it, and the channel its headline', async (...column) => {
    const given = await givenWorking(ASK);
    arm(given, 'chat.postMessage', column);
    given.open();
    await expectShown(given, ['headline', 'private answer']);
    const [parent] = given.playground.messages(INCIDENT);
    expect(JSON.stringify(parent?.blocks)).toContain(ELSEWHERE);
  });
});

describe('chat.update of the message that shows the progress', () => {
  it.each([...PASSING, ...LOST, ...FORM])('with %s: the question is answered once', async (...column) => {
    const given = await givenWorking(ASK);
    arm(given, 'chat.update', column);
    given.open();
    await expectShown(given, ['headline', 'answer']);
  });

  it.each(REFUSED)('with %s: the thread has the whole answer, and the message stays', async (...column) => {
    const given = await givenWorking(ASK);
    arm(given, 'chat.update', column);
    given.open();
    await expectShown(given, ['working', 'answer']);
  });

  it.each([...PASSING, ...LOST])('in a thread with %s: the reply becomes the answer', async (...column) => {
    const given = await givenWorking(MENTION);
    arm(given, 'chat.update', column);
    given.open();
    await expectShown(given, ['answer']);
  });

  it.each(FORM)('in a thread with %s: the reply becomes the answer without its table', async (...column) => {
    const given = await givenWorking(MENTION);
    arm(given, 'chat.update', column);
    given.open();
    await expectShown(given, ['plain answer']);
  });

  it.each(REFUSED)('in a thread with %s: the answer is posted below', async (...column) => {
    const given = await givenWorking(MENTION);
    arm(given, 'chat.update', column);
    given.open();
    await expectShown(given, ['working', 'answer']);
  });
});

describe('chat.postEphemeral of a mistake', () => {
  const MISTAKE = '@flowlog to 10.0.1.500';
  const SAID = expect.stringContaining('private `10.0.1.500` has a part that is not from 0 to 255');

  it.each([...PASSING, ...FORM])('with %s: the person reads it once', async (...column) => {
    const given = await givenHurried();
    arm(given, 'chat.postEphemeral', column);
    await ask(given, MISTAKE);
    await expectShown(given, [SAID]);
  });

  it.each(LOST)('with %s: the person reads it again, since nothing can look for it', async (...column) => {
    const given = await givenHurried();
    arm(given, 'chat.postEphemeral', column);
    await ask(given, MISTAKE);
    await expectShown(given, [SAID, SAID]);
  });

  it.each(REFUSED)('with %s: the person reads it in the messages with flowlog', async (...column) => {
    const given = await givenHurried();
    arm(given, 'chat.postEphemeral', column);
    await ask(given, MISTAKE);
    await expectShown(given, [expect.stringContaining('has a part that is not from 0 to 255')], '@ana');
    expect(shown(given)).toEqual([]);
  });
});

describe('chat.getPermalink for a question that is asked again at once', () => {
  it.each([...PASSING, ...LOST, ...REFUSED])('with %s: the person is sent above', async (...column) => {
    const given = await givenWorking(ASK);
    const [, fault, times] = column;
    given.playground.faults.next('chat.getPermalink', fault, times);
    expect(await ask(given, ASK)).toEqual({ outcome: 'acked' });
    given.open();
    await expectShown(given, [
      'headline',
      'private to 10.0.1.5 last 1h is already being answered above.',
      'answer',
    ]);
  });
});

describe('conversations.history, where it is not known whether the first message was posted', () => {
  it.each([...PASSING, ...LOST])('with %s: it is there once', async (...column) => {
    const given = await givenHurried();
    arm(given, 'chat.postMessage', ['', { kind: 'drop', when: 'after' }, 1]);
    arm(given, 'conversations.history', column);
    await ask(given, ASK);
    await expectShown(given, ['headline', 'answer']);
  });

  it.each(REFUSED)('with %s: it is posted again, and the first stays', async (...column) => {
    const given = await givenHurried();
    arm(given, 'chat.postMessage', ['', { kind: 'drop', when: 'after' }, 1]);
    arm(given, 'conversations.history', column);
    await ask(given, ASK);
    await expectShown(given, ['working', 'headline', 'answer']);
  });
});

describe('conversations.replies, where it is not known whether the answer was posted', () => {
  it.each([...PASSING, ...LOST])('with %s: it is there once', async (...column) => {
    const given = await givenWorking(ASK);
    arm(given, 'chat.postMessage', ['', { kind: 'drop', when: 'after' }, 1]);
    arm(given, 'conversations.replies', column);
    given.open();
    await expectShown(given, ['headline', 'answer']);
  });

  it.each(REFUSED)('with %s: it is posted again', async (...column) => {
    const given = await givenWorking(ASK);
    arm(given, 'chat.postMessage', ['', { kind: 'drop', when: 'after' }, 1]);
    arm(given, 'conversations.replies', column);
    given.open();
    await expectShown(given, ['headline', 'answer', 'answer']);
  });
});

describe('users.info of who asks', () => {
  it.each([...PASSING, ...LOST, ...REFUSED])(
    'with %s: the person is asked to try again',
    async (...column) => {
      const given = await givenHurried();
      const [, fault] = column;
      given.playground.faults.next('users.info', fault, 2);
      expect(await ask(given, ASK)).toEqual({ outcome: 'acked' });
      await expectShown(given, [
        expect.stringContaining(
          'Slack did not say in time who you are, so flowlog did not answer. Ask again',
        ),
      ]);
      await ask(given, ASK);
      await expectShown(given, [expect.anything(), 'headline', 'answer']);
    },
  );
});

describe('a response_url', () => {
  const askElsewhere = async ([, fault, times]: Column) => {
    const given = await givenHurried();
    given.playground.faults.next('response', fault, times);
    await ask(given, ASK, '#general');
    return given;
  };

  it.each(PASSING)('with %s: the asker gets the answer once', async (...column) => {
    await expectShown(await askElsewhere(column), ['private answer'], '#general');
  });

  it.each(LOST)('with %s: the asker gets it again, since nothing can look for it', async (...column) => {
    await expectShown(await askElsewhere(column), ['private answer', 'private answer'], '#general');
  });

  it.each(FORM)('with %s: the asker gets it without its table', async (...column) => {
    await expectShown(await askElsewhere(column), ['private plain answer'], '#general');
  });

  it.each<Column>([
    ['expired_url', { kind: 'error', error: 'expired_url' }, ALWAYS],
    ['used_url', { kind: 'error', error: 'used_url' }, ALWAYS],
    ['HTTP 404', { kind: 'http_error', status: 404 }, ALWAYS],
  ])('with %s: the asker gets it in the messages with flowlog', async (...column) => {
    const given = await askElsewhere(column);
    await expectShown(given, ['headline'], '@ana');
    expect(shown(given, '#general')).toEqual([]);
  });
});
