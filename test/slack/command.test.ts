import { describe, expect, it } from 'vitest';
import { EngineError } from '../../src/core/errors.ts';
import type { Desk } from '../../src/playground/slack/desk.ts';
import { gate, givenSlack } from './given-slack.ts';

const INCIDENT = '#incident-42';

function ask(desk: Desk, text: string, person = 'ana') {
  return desk.type({ person, channel: INCIDENT, text });
}

/** Waits for the answer in the thread of the first parent. */
function answered(desk: Desk, headline = /talked to by/) {
  return desk.until(() =>
    desk.messages(INCIDENT).find(({ text, threadTs }) => threadTs && headline.test(text)),
  );
}

function parents(desk: Desk) {
  return desk.messages(INCIDENT).filter(({ threadTs, onlyFor }) => !threadTs && !onlyFor);
}

describe('a command', () => {
  it('becomes one parent message and an answer in its thread, without an echo of the command', async () => {
    const { desk, store } = await givenSlack();
    expect(await ask(desk, '/flowlog to 10.0.1.5 last 1h')).toEqual({ outcome: 'acked' });
    const answer = await answered(desk);
    const [parent, ...others] = parents(desk);
    expect(others).toEqual([]);
    expect(answer.threadTs).toBe(parent?.ts);
    await desk.until(() => (parents(desk)[0]?.edited ? true : undefined));
    const transcript = desk.transcript(INCIDENT);
    expect(transcript).toMatch(/^flowlog: 10\.0\.1\.5 was talked to by 2 addresses/);
    expect(transcript).toContain('2 rows · 80 ms · scanned 12.0 KB · duckdb, free');
    expect(transcript).toContain('10.0.9.1 | 443 https');
    expect(transcript).toContain('[Only rejected]');
    await expect.poll(() => store.inFlight()).toEqual([]);
    await expect
      .poll(() => store.recent(9))
      .toMatchObject([{ outcome: 'answered', person: 'U0ANA', zone: 'Europe/Berlin' }]);
    const writes = desk.calls.filter(({ method }) => method.startsWith('chat.')).map(({ method }) => method);
    expect(writes).toEqual(['chat.postMessage', 'chat.postMessage', 'chat.update']);
  });

  it('reads times in the time zone of whoever asks', async () => {
    const { desk, script } = await givenSlack();
    await ask(desk, '/flowlog to 10.0.1.5 since 2026-11-20T09:00 until 2026-11-20T10:00', 'kenji');
    await answered(desk);
    expect(script.asked[0]?.window.from.toISOString()).toBe('2026-11-20T00:00:00.000Z');
  });

  it('asks Slack for a time zone once', async () => {
    const { desk } = await givenSlack();
    await ask(desk, '/flowlog to 10.0.1.5 last 1h');
    await ask(desk, '/flowlog to 10.0.1.6 last 1h');
    expect(desk.calls.filter(({ method }) => method === 'users.info')).toHaveLength(1);
  });

  it('is answered when Slack says only at the second try who asks', async () => {
    const { desk } = await givenSlack();
    desk.faults.next('users.info', { kind: 'hang' });
    expect(await ask(desk, '/flowlog to 10.0.1.5 last 1h')).toEqual({ outcome: 'acked' });
    await answered(desk);
  });

  it('is acknowledged in time when Slack does not say who asks, and not answered', async () => {
    const { desk, script } = await givenSlack();
    desk.faults.next('users.info', { kind: 'hang' }, 2);
    expect(await ask(desk, '/flowlog to 10.0.1.5 last 1h')).toEqual({ outcome: 'acked' });
    const [reply] = desk.messages(INCIDENT);
    expect(reply).toMatchObject({ onlyFor: 'U0ANA' });
    expect(desk.transcript(INCIDENT)).toContain('Slack did not say in time who you are');
    expect(script.asked).toEqual([]);
  });

  it('shows a mistake to the person alone, with a line that works, and runs nothing', async () => {
    const { desk, script } = await givenSlack();
    await ask(desk, '/flowlog to 10.0.1 last 1h');
    const [mistake, ...others] = desk.messages(INCIDENT);
    expect(others).toEqual([]);
    expect(mistake).toMatchObject({ onlyFor: 'U0ANA' });
    expect(desk.transcript(INCIDENT)).toMatch(
      /10\.0\.1 has [\s\S]*Try: \/flowlog to 10\.0\.1\.0\/24 last 1h/,
    );
    expect(script.asked).toEqual([]);
    await desk.click({ person: 'ana', channel: INCIDENT, actionId: 'ask:0' });
    await answered(desk, /seen|talked/);
    expect(parents(desk)).toHaveLength(1);
  });

  it('offers help where no line can be made of a mistake without inventing an address', async () => {
    const { desk, script } = await givenSlack();
    await ask(desk, '/flowlog to 10.0.1.500 last 1h');
    const [mistake] = desk.messages(INCIDENT);
    expect(mistake?.text).toContain('type `to &lt;address&gt; last 1h`. Try: /flowlog help to');
    await desk.click({ person: 'ana', channel: INCIDENT, actionId: 'ask:0' });
    await desk.until(() =>
      desk.messages(INCIDENT).find(({ text }) => text.includes('Who talked to an address')),
    );
    expect(script.asked).toEqual([]);
  });

  it('shows help to the person alone', async () => {
    const { desk } = await givenSlack();
    await ask(desk, '/flowlog');
    await ask(desk, '/flowlog help to');
    expect(desk.messages(INCIDENT).map(({ onlyFor }) => onlyFor)).toEqual(['U0ANA', 'U0ANA']);
    expect(desk.transcript(INCIDENT)).toContain('/flowlog top-talkers');
  });

  it('shows failures in the parent, and keeps the reason under a reference in the log', async () => {
    const { desk, script, log, store } = await givenSlack();
    script.next({ fails: new TypeError('xoxb-1-secret is undefined') });
    await ask(desk, '/flowlog to 10.0.1.5 last 1h');
    const parent = await desk.until(() => parents(desk).find(({ text }) => text.includes('did not foresee')));
    const line = log.find(({ level }) => level === 'error');
    expect(parent.text).toContain(`reference ${String(line?.fields.reference)}`);
    expect(JSON.stringify(line)).toContain('TypeError');
    expect(JSON.stringify(log)).not.toContain('xoxb-1-secret');
    await expect.poll(() => store.recent(1)).toMatchObject([{ outcome: 'crashed' }]);
    expect(desk.messages(INCIDENT)).toHaveLength(1);
  });

  it('says what to do when the engine was denied access', async () => {
    const { desk, script } = await givenSlack();
    script.next({ fails: new EngineError('denied', 'no permission') });
    await ask(desk, '/flowlog to 10.0.1.5 last 1h');
    await desk.until(() => parents(desk).find(({ text }) => text.includes('check the permissions')));
    expect(desk.transcript(INCIDENT)).toContain('[Ask again]');
  });

  it('that is typed again at once leads to the running one', async () => {
    const { desk, script } = await givenSlack();
    const { opened, open } = gate();
    script.next({ until: opened });
    await ask(desk, '/flowlog to 10.0.1.5 last 1h');
    await desk.until(() => parents(desk)[0]);
    await ask(desk, '/flowlog to 10.0.1.5 last 1h');
    const repeated = await desk.until(() => desk.messages(INCIDENT).find(({ onlyFor }) => onlyFor));
    expect(repeated.text).toBe('to 10.0.1.5 last 1h is already being answered above.');
    expect(JSON.stringify(repeated.blocks)).toContain('/archives/C0INCIDENT/p');
    await ask(desk, '/flowlog to 10.0.1.5 last 1h', 'ben');
    await desk.until(() => (parents(desk).length === 2 ? true : undefined));
    open();
    await answered(desk);
    expect(script.asked).toHaveLength(2);
  });

  it('of another name is answered too', async () => {
    const { desk } = await givenSlack({ desk: { command: '/other' } });
    expect(await ask(desk, '/other thing')).toEqual({ outcome: 'acked' });
    expect(desk.transcript(INCIDENT)).toContain('flowlog answers to /flowlog; it does not know /other.');
  });

  it('shows text of the logs as it is', async () => {
    const { desk, script } = await givenSlack();
    script.next({ text: '<!channel> <https://evil|click> *x*' });
    await ask(desk, '/flowlog to 10.0.1.5 last 1h');
    const answer = await answered(desk);
    const table = answer.blocks.find(({ type }) => type === 'data_table');
    expect(JSON.stringify(table)).toContain('"raw_text","text":"<!channel> <https://evil|click> *x*"');
    expect(answer.text).not.toContain('<!');
    const posts = desk.calls.filter(({ method }) => method === 'chat.postMessage');
    for (const { args } of posts)
      expect(args).toMatchObject({ parse: 'none', unfurl_links: 'false', unfurl_media: 'false' });
  });

  it('shows how far it is in the one parent message, and who stopped it', async () => {
    const { desk, script, store } = await givenSlack();
    const { opened } = gate();
    script.next({ until: opened });
    await ask(desk, '/flowlog to 10.0.1.5 last 1h');
    await desk.until(() => parents(desk).find(({ text }) => text.includes('Reading 1 file')), 5_000);
    await desk.click({ person: 'ben', channel: INCIDENT, actionId: 'stop' });
    await desk.until(() => parents(desk).find(({ text }) => text.includes('stopped by <@U0BEN>')));
    expect(desk.transcript(INCIDENT)).toContain('[Ask again]');
    await expect.poll(() => store.recent(1)).toMatchObject([{ outcome: 'cancelled' }]);
    expect(parents(desk)).toHaveLength(1);
  });
});

describe('an answer', () => {
  it('is not held up by a rate limit on progress', async () => {
    const { desk, script } = await givenSlack();
    const { opened, open } = gate();
    script.next({ until: opened });
    desk.faults.next('chat.update', { kind: 'rate_limited', retryAfterSeconds: 30 });
    await ask(desk, '/flowlog to 10.0.1.5 last 1h');
    await desk.until(() => desk.calls.find(({ result }) => result === 'rate_limited'), 6_000);
    const sinceMs = Date.now();
    open();
    await answered(desk);
    expect(Date.now() - sinceMs).toBeLessThan(5_000);
    await desk.until(() => parents(desk).find(({ text }) => text.includes('talked to by')), 5_000);
  });

  it.each([
    [1, 'table'],
    [2, 'rich_text'],
    [3, undefined],
  ])('that Slack refuses %i times comes in a plainer form', async (times, plainer) => {
    const { desk, script } = await givenSlack();
    const { opened, open } = gate();
    script.next({ until: opened });
    await ask(desk, '/flowlog to 10.0.1.5 last 1h');
    await desk.until(() => parents(desk)[0]);
    desk.faults.next('chat.postMessage', { kind: 'error', error: 'invalid_blocks' }, times);
    open();
    const { blocks } = await answered(desk);
    expect(blocks.some(({ type }) => type === 'data_table')).toBe(false);
    expect(blocks.some(({ type }) => type === plainer)).toBe(plainer !== undefined);
  });

  it('with more rows than a table takes has them attached', async () => {
    const { desk, script } = await givenSlack();
    script.next({ rows: 200 });
    await ask(desk, '/flowlog to 10.0.1.5 last 1h');
    const { files, threadTs } = await desk.until(() =>
      desk.messages(INCIDENT).find((message) => message.files.length > 0),
    );
    expect(threadTs).toBe(parents(desk)[0]?.ts);
    const [file] = files;
    if (file === undefined) throw new Error('no file');
    expect(file.name).toMatch(/^flowlog-to-.*\.csv$/);
    expect(desk.download(file).toString().split('\r\n')).toHaveLength(202);
  });

  it('with more rows than are held has all of them attached, and says how many there are', async () => {
    const { desk, script } = await givenSlack();
    script.next({ rows: 20_000 });
    await ask(desk, '/flowlog to 10.0.1.5 last 1h');
    const { files } = await desk.until(() =>
      desk.messages(INCIDENT).find((message) => message.files.length > 0),
    );
    const [file] = files;
    if (file === undefined) throw new Error('no file');
    const lines = desk.download(file).toString().split('\r\n');
    expect(lines).toHaveLength(20_002);
    expect(lines[0]).toMatch(/^source,port,/);
    expect(lines[20_000]).toMatch(/^10\.0\.9\.20000,443,/);
    const shown = JSON.stringify((await answered(desk)).blocks);
    expect(shown).toMatch(/"caption":"\d+ of 20,000 rows, by/);
    expect(shown).toMatch(/The table shows \d+ of 20,000 rows; all are in the CSV/);
  });

  it('is sent once more when the connection breaks while the file is sent', async () => {
    const { desk, script } = await givenSlack();
    script.next({ rows: 5_000 });
    desk.faults.next('upload', { kind: 'drop', when: 'before' });
    await ask(desk, '/flowlog to 10.0.1.5 last 1h');
    const { files } = await desk.until(() =>
      desk.messages(INCIDENT).find((message) => message.files.length > 0),
    );
    expect(files).toHaveLength(1);
  });

  it('remains when its rows cannot be written to disk, and the thread says what to do', async () => {
    const { desk, script, log } = await givenSlack({ csvFolder: '/dev/null/no-folder' });
    script.next({ rows: 5_000 });
    await ask(desk, '/flowlog to 10.0.1.5 last 1h');
    const answer = await answered(desk);
    const note = await desk.until(() =>
      desk.messages(INCIDENT).find(({ text }) => text.includes('could not be written')),
    );
    expect(note.threadTs).toBe(answer.threadTs);
    expect(note.text).toContain('The CSV with all 5000 rows could not be written to');
    expect(log.find(({ level }) => level === 'error')?.message).toContain('could not be written to disk');
  });

  it('remains when the file is refused, and the thread says what to do', async () => {
    const { desk, script } = await givenSlack();
    script.next({ rows: 200 });
    desk.faults.next('files.getUploadURLExternal', { kind: 'error', error: 'file_uploads_disabled' });
    await ask(desk, '/flowlog to 10.0.1.5 last 1h');
    const answer = await answered(desk);
    const note = await desk.until(() =>
      desk.messages(INCIDENT).find(({ text }) => text.includes('could not be attached')),
    );
    expect(note.threadTs).toBe(answer.threadTs);
    expect(note.text).toContain('200 rows could not be attached: Slack said file_uploads_disabled');
  });

  it('that cannot be shown by a fault of ours does not look as if it were still coming', async () => {
    const { desk, script, log } = await givenSlack();
    script.next({ torn: true });
    await ask(desk, '/flowlog to 10.0.1.5 last 1h');
    await desk.until(() => parents(desk).find(({ text }) => text.includes('did not foresee')));
    expect(log.find(({ level }) => level === 'error')?.fields).toMatchObject({ doing: 'show the answer' });
  });

  it('survives a connection that breaks', async () => {
    const { desk, script } = await givenSlack();
    const { opened, open } = gate();
    script.next({ until: opened });
    await ask(desk, '/flowlog to 10.0.1.5 last 1h');
    await desk.until(() => parents(desk)[0]);
    desk.faults.next('chat.postMessage', { kind: 'drop', when: 'before' }, 2);
    open();
    await answered(desk);
  });
});
