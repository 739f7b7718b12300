import { setTimeout as sleep } from 'node:timers/promises';
import Database from 'libsql';
import { describe, expect, it } from 'vitest';
import { createStoreWatch } from '../../../src/app/store-watch.ts';
import { createLastingStore } from '../../../src/core/answer/lasting-store.ts';
import type { SlackPlayground } from '../../../src/playground/slack/slack-playground.ts';
import { storesOf } from '../../../src/store/open-stores.ts';
import { sqliteDatabase } from '../../../src/store/sqlite-file.ts';
import { openUntilEnd, storePath } from '../../store/temp-store.ts';
import { gate, givenSlack } from '../given-slack.ts';

const INCIDENT = '#incident-42';
const LINE = 'to 10.0.1.5 last 1h';
const REFUSED = 'Nothing was run and nothing is billed.';

/** The app over a file, which a second connection can hold, and whose disk can become full. */
async function given() {
  const path = await storePath();
  await (await openUntilEnd(path, 'first')).close();
  const opened = new Database(path, { timeout: 0 });
  const lines: string[] = [];
  const note = (_: unknown, message: string) => void lines.push(message);
  const watch = createStoreWatch(() => ({ info: note, error: note }));
  const inner = storesOf(sqliteDatabase(opened, path), { owner: 'one' }).store;
  const store = createLastingStore(inner, { events: watch, pause: (ms) => sleep(ms) });
  const other = new Database(path);
  return {
    ...(await givenSlack({ store })),
    lines,
    hold: () => other.exec('BEGIN EXCLUSIVE'),
    release: () => other.exec('ROLLBACK'),
    pages: (most: number) => opened.exec(`PRAGMA max_page_count = ${most}`),
  };
}

function told(playground: SlackPlayground) {
  return playground.messages(INCIDENT).filter(({ onlyFor }) => onlyFor !== undefined);
}

function answers(playground: SlackPlayground) {
  return playground
    .messages(INCIDENT)
    .filter(({ text, threadTs }) => threadTs && text.includes('got traffic from'));
}

describe('a question that is asked while another process holds the store', () => {
  it.each(['/flowlog', '@flowlog'])(
    'is refused in a sentence with %s, while it is held; it never runs, and the next one does without a restart',
    async (prompt) => {
      const { playground, script, store, hold, release } = await given();
      hold();
      const text = `${prompt} ${LINE}`;
      expect(await playground.type({ person: 'ana', channel: INCIDENT, text })).toEqual({ outcome: 'acked' });
      const [refusal] = await playground.until(() =>
        told(playground).length > 0 ? told(playground) : undefined,
      );
      expect(JSON.stringify(refusal)).toMatch(/Another process holds|does not answer in time/);
      expect(JSON.stringify(refusal)).toContain(REFUSED);
      release();
      expect(await playground.type({ person: 'ana', channel: INCIDENT, text })).toEqual({ outcome: 'acked' });
      await playground.until(() => (answers(playground).length > 0 ? true : undefined));
      await expect.poll(() => store.inFlight()).toEqual([]);
      expect(script.asked).toHaveLength(1);
      // One that was written down after its refusal was ended so.
      const ends = (await store.recent(9)).map(({ outcome }) => outcome);
      expect(ends.filter((outcome) => outcome !== 'crashed')).toEqual(['answered']);
    },
    20_000,
  );
});

describe('a question that is asked while the disk is full', () => {
  it('is refused in a sentence, and the log says once that the store fails and once that it works', async () => {
    const { playground, store, script, lines, pages } = await given();
    pages(1);
    for (const length of [3_000, 300, 1])
      for (let index = 0, fits = true; fits; index += 1)
        fits = await store.begin({ ...ASKED, id: `${length} ${index}`, line: 'x'.repeat(length) }).then(
          () => true,
          () => false,
        );
    lines.length = 0;
    for (const person of ['ana', 'kenji'])
      expect(await playground.type({ person, channel: INCIDENT, text: `/flowlog ${LINE}` })).toEqual({
        outcome: 'acked',
      });
    const refusals = await playground.until(() =>
      told(playground).length === 2 ? told(playground) : undefined,
    );
    for (const refusal of refusals) expect(JSON.stringify(refusal)).toMatch(/is full.*Make room on it/);
    expect(script.asked).toEqual([]);
    pages(100_000);
    await playground.type({ person: 'ana', channel: INCIDENT, text: `/flowlog ${LINE}` });
    await playground.until(() => (answers(playground).length > 0 ? true : undefined));
    expect(lines).toEqual(['the store works again']);
  }, 20_000);
});

/** A question of a terminal, which no Slack answers. */
const ASKED = {
  line: LINE,
  person: 'U9',
  zone: 'UTC',
  place: 'terminal',
  channel: '',
  thread: '',
  askedAt: new Date(),
};

describe('a question that runs while the store goes away', () => {
  it('is answered all the same, and is written down as answered once the store is back', async () => {
    const { playground, script, store, hold, release, lines } = await given();
    const { opened, open } = gate();
    script.next({ until: opened });
    await playground.type({ person: 'ana', channel: INCIDENT, text: `/flowlog ${LINE}` });
    await playground.until(() => script.asked[0]);
    hold();
    open();
    await playground.until(() => (answers(playground).length > 0 ? true : undefined));
    await playground.until(() => (lines.length > 0 ? true : undefined));
    expect(await store.inFlight()).toHaveLength(1);
    release();
    await expect.poll(() => store.inFlight(), { timeout: 15_000 }).toEqual([]);
    expect(await store.recent(9)).toMatchObject([{ outcome: 'answered', rows: 2 }]);
    expect(answers(playground)).toHaveLength(1);
    expect(lines).toEqual(['the store does not work', 'the store works again']);
  }, 30_000);
});
