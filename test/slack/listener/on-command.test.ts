import { describe, expect, it } from 'vitest';
import { EngineError } from '../../../src/core/errors.ts';
import type { SlackPlayground } from '../../../src/playground/slack/slack-playground.ts';
import { gate, givenSlack } from '../given-slack.ts';

const INCIDENT = '#incident-42';

function ask(playground: SlackPlayground, text: string, person = 'ana') {
  return playground.type({ person, channel: INCIDENT, text });
}

/** Waits for the answer in the thread of the first parent. */
function answered(playground: SlackPlayground, headline = /got traffic from/) {
  return playground.until(() =>
    playground.messages(INCIDENT).find(({ text, threadTs }) => threadTs && headline.test(text)),
  );
}

function parents(playground: SlackPlayground) {
  return playground.messages(INCIDENT).filter(({ threadTs, onlyFor }) => !threadTs && !onlyFor);
}

/** Presses the button for all rows under the answer. */
async function allRows(playground: SlackPlayground) {
  const { ts } = await answered(playground);
  await playground.click({ person: 'ana', channel: INCIDENT, ts, actionId: 'rows' });
}

describe('a command', () => {
  it('becomes one parent message and an answer in its thread, without an echo of the command', async () => {
    const { playground, store } = await givenSlack();
    expect(await ask(playground, '/flowlog to 10.0.1.5 last 1h')).toEqual({ outcome: 'acked' });
    const answer = await answered(playground);
    const [parent, ...others] = parents(playground);
    expect(others).toEqual([]);
    expect(answer.threadTs).toBe(parent?.ts);
    await playground.until(() => (parents(playground)[0]?.edited ? true : undefined));
    const transcript = playground.transcript(INCIDENT);
    expect(transcript).toMatch(/^flowlog: 10\.0\.1\.5 got traffic from 2 addresses/);
    expect(transcript).toContain('2 rows · 80 ms · free');
    expect(transcript).toContain('10.0.9.1');
    expect(transcript).toContain('[Only rejected]');
    await expect.poll(() => store.inFlight()).toEqual([]);
    await expect
      .poll(() => store.recent(9))
      .toMatchObject([{ outcome: 'answered', person: 'U0ANA', zone: 'Europe/Berlin' }]);
    const writes = playground.calls
      .filter(({ method }) => method.startsWith('chat.'))
      .map(({ method }) => method);
    expect(writes).toEqual(['chat.postMessage', 'chat.update', 'chat.postMessage']);
  });

  it('reads times in the time zone of whoever asks', async () => {
    const { playground, script } = await givenSlack();
    await ask(playground, '/flowlog to 10.0.1.5 since 2026-11-20T09:00 until 2026-11-20T10:00', 'kenji');
    await answered(playground);
    expect(script.asked[0]?.window.from.toISOString()).toBe('2026-11-20T00:00:00.000Z');
  });

  it('asks Slack for a time zone once', async () => {
    const { playground } = await givenSlack();
    await ask(playground, '/flowlog to 10.0.1.5 last 1h');
    await ask(playground, '/flowlog to 10.0.1.6 last 1h');
    expect(playground.calls.filter(({ method }) => method === 'users.info')).toHaveLength(1);
  });

  it('is answered when Slack says only at the second try who asks', async () => {
    const { playground } = await givenSlack();
    playground.faults.next('users.info', { kind: 'hang' });
    expect(await ask(playground, '/flowlog to 10.0.1.5 last 1h')).toEqual({ outcome: 'acked' });
    await answered(playground);
  });

  it('is acknowledged in time when Slack does not say who asks, and not answered', async () => {
    const { playground, script } = await givenSlack();
    playground.faults.next('users.info', { kind: 'hang' }, 2);
    expect(await ask(playground, '/flowlog to 10.0.1.5 last 1h')).toEqual({ outcome: 'acked' });
    const [reply] = playground.messages(INCIDENT);
    expect(reply).toMatchObject({ onlyFor: 'U0ANA' });
    expect(playground.transcript(INCIDENT)).toContain('Slack did not say in time who you are');
    expect(script.asked).toEqual([]);
  });

  it('shows a mistake to the person alone, with a line that works, and runs nothing', async () => {
    const { playground, script } = await givenSlack();
    await ask(playground, '/flowlog to 10.0.1 last 1h');
    const [mistake, ...others] = playground.messages(INCIDENT);
    expect(others).toEqual([]);
    expect(mistake).toMatchObject({ onlyFor: 'U0ANA' });
    expect(playground.transcript(INCIDENT)).toMatch(
      /10\.0\.1 has [\s\S]*Try: \/flowlog to 10\.0\.1\.0\/24 last 1h/,
    );
    expect(script.asked).toEqual([]);
    await playground.click({ person: 'ana', channel: INCIDENT, actionId: 'ask:0' });
    await answered(playground, /seen|got traffic/);
    expect(parents(playground)).toHaveLength(1);
  });

  it('offers help where no line can be made of a mistake without inventing an address', async () => {
    const { playground, script } = await givenSlack();
    await ask(playground, '/flowlog to 10.0.1.500 last 1h');
    const [mistake] = playground.messages(INCIDENT);
    expect(mistake?.text).toContain('type `to &lt;address&gt; last 1h`. Try: /flowlog help to');
    await playground.click({ person: 'ana', channel: INCIDENT, actionId: 'ask:0' });
    await playground.until(() =>
      playground.messages(INCIDENT).find(({ text }) => text.includes('Who sends to an address')),
    );
    expect(script.asked).toEqual([]);
  });

  it('shows help to the person alone', async () => {
    const { playground } = await givenSlack();
    await ask(playground, '/flowlog');
    await ask(playground, '/flowlog help to');
    expect(playground.messages(INCIDENT).map(({ onlyFor }) => onlyFor)).toEqual(['U0ANA', 'U0ANA']);
    expect(playground.transcript(INCIDENT)).toContain('/flowlog top-talkers');
  });

  it('shows failures in the parent, and keeps the reason under a reference in the log', async () => {
    const { playground, script, log, store } = await givenSlack();
    script.next({ fails: new TypeError('xoxb-1-secret is undefined') });
    await ask(playground, '/flowlog to 10.0.1.5 last 1h');
    const parent = await playground.until(() =>
      parents(playground).find(({ text }) => text.includes('did not foresee')),
    );
    const line = log.find(({ level }) => level === 'error');
    expect(parent.text).toContain(`reference ${String(line?.fields.reference)}`);
    expect(JSON.stringify(line)).toContain('TypeError');
    expect(JSON.stringify(log)).not.toContain('xoxb-1-secret');
    await expect.poll(() => store.recent(1)).toMatchObject([{ outcome: 'crashed' }]);
    expect(playground.messages(INCIDENT)).toHaveLength(1);
  });

  it('says what to do when the engine was denied access', async () => {
    const { playground, script } = await givenSlack();
    script.next({ fails: new EngineError('denied', 'no permission') });
    await ask(playground, '/flowlog to 10.0.1.5 last 1h');
    await playground.until(() =>
      parents(playground).find(({ text }) => text.includes('Give the role of flowlog that permission')),
    );
    expect(playground.transcript(INCIDENT)).toContain('[Ask again]');
  });

  it('that is typed again at once leads to the running one', async () => {
    const { playground, script } = await givenSlack();
    const { opened, open } = gate();
    script.next({ until: opened });
    await ask(playground, '/flowlog to 10.0.1.5 last 1h');
    await playground.until(() => parents(playground)[0]);
    await ask(playground, '/flowlog to 10.0.1.5 last 1h');
    const repeated = await playground.until(() =>
      playground.messages(INCIDENT).find(({ onlyFor }) => onlyFor),
    );
    expect(repeated.text).toBe('to 10.0.1.5 last 1h is already being answered above.');
    expect(JSON.stringify(repeated.blocks)).toContain('/archives/C0INCIDENT/p');
    await ask(playground, '/flowlog to 10.0.1.5 last 1h', 'ben');
    await playground.until(() => (parents(playground).length === 2 ? true : undefined));
    open();
    await answered(playground);
    expect(script.asked).toHaveLength(2);
  });

  it('of another name is answered too', async () => {
    const { playground } = await givenSlack({ playground: { command: '/other' } });
    expect(await ask(playground, '/other thing')).toEqual({ outcome: 'acked' });
    expect(playground.transcript(INCIDENT)).toContain(
      'flowlog answers to /flowlog; it does not know /other.',
    );
  });

  it('shows text of the logs as it is', async () => {
    const { playground, script } = await givenSlack();
    script.next({ text: '<!channel> <https://evil|click> *x*' });
    await ask(playground, '/flowlog to 10.0.1.5 last 1h');
    const answer = await answered(playground);
    const table = answer.blocks.find(({ type }) => type === 'data_table');
    expect(JSON.stringify(table)).toContain('"raw_text","text":"<!channel> <https://evil|click> *x*"');
    expect(answer.text).not.toContain('<!');
    const posts = playground.calls.filter(({ method }) => method === 'chat.postMessage');
    for (const { args } of posts)
      expect(args).toMatchObject({ parse: 'none', unfurl_links: 'false', unfurl_media: 'false' });
  });

  it('shows how far it is in the one parent message, and who stopped it', async () => {
    const { playground, script, store } = await givenSlack();
    const { opened } = gate();
    script.next({ until: opened });
    await ask(playground, '/flowlog to 10.0.1.5 last 1h');
    await playground.until(
      () => parents(playground).find(({ text }) => text.includes('Reading 1 file')),
      5_000,
    );
    await playground.click({ person: 'ben', channel: INCIDENT, actionId: 'stop' });
    await playground.until(() =>
      parents(playground).find(({ text }) => text.includes('stopped by <@U0BEN>')),
    );
    expect(playground.transcript(INCIDENT)).toContain('[Ask again]');
    await expect.poll(() => store.recent(1)).toMatchObject([{ outcome: 'cancelled' }]);
    expect(parents(playground)).toHaveLength(1);
  });
});

describe('an answer', () => {
  it('is not held up by a rate limit on progress', async () => {
    const { playground, script } = await givenSlack();
    const { opened, open } = gate();
    script.next({ until: opened });
    playground.faults.next('chat.update', { kind: 'rate_limited', retryAfterSeconds: 30 });
    await ask(playground, '/flowlog to 10.0.1.5 last 1h');
    await playground.until(() => playground.calls.find(({ result }) => result === 'rate_limited'), 6_000);
    const sinceMs = Date.now();
    open();
    await answered(playground);
    expect(Date.now() - sinceMs).toBeLessThan(5_000);
    await playground.until(
      () => parents(playground).find(({ text }) => text.includes('got traffic from')),
      5_000,
    );
  });

  it.each([
    [1, 'table'],
    [2, 'rich_text'],
    [3, undefined],
  ])('that Slack refuses %i times comes in a plainer form', async (times, plainer) => {
    const { playground, script } = await givenSlack();
    const { opened, open } = gate();
    script.next({ until: opened });
    await ask(playground, '/flowlog to 10.0.1.5 last 1h');
    await playground.until(() => parents(playground)[0]);
    playground.faults.next('chat.postMessage', { kind: 'error', error: 'invalid_blocks' }, times);
    open();
    const { blocks } = await answered(playground);
    expect(blocks.some(({ type }) => type === 'data_table')).toBe(false);
    expect(blocks.some(({ type }) => type === plainer)).toBe(plainer !== undefined);
  });

  it('with more rows than a table takes has them attached when they are asked for, and not before', async () => {
    const { playground, script } = await givenSlack();
    script.next({ rows: 200 });
    await ask(playground, '/flowlog to 10.0.1.5 last 1h');
    await answered(playground);
    expect(playground.messages(INCIDENT).some(({ files }) => files.length > 0)).toBe(false);
    script.next({ rows: 200 });
    await allRows(playground);
    const { files, threadTs } = await playground.until(() =>
      playground.messages(INCIDENT).find((message) => message.files.length > 0),
    );
    expect(threadTs).toBe(parents(playground)[0]?.ts);
    const [file] = files;
    if (file === undefined) throw new Error('no file');
    expect(file.name).toMatch(/^flowlog-to-.*\.csv$/);
    expect(playground.download(file).toString().split('\r\n')).toHaveLength(202);
  });

  it('with more rows than are held has all of them attached, and says how many there are', async () => {
    const { playground, script } = await givenSlack();
    script.next({ rows: 20_000 });
    await ask(playground, '/flowlog to 10.0.1.5 last 1h');
    const shown = JSON.stringify((await answered(playground)).blocks);
    expect(shown).toMatch(/"caption":"25 of 20,000 rows/);
    script.next({ rows: 20_000 });
    await allRows(playground);
    const { files } = await playground.until(() =>
      playground.messages(INCIDENT).find((message) => message.files.length > 0),
    );
    const [file] = files;
    if (file === undefined) throw new Error('no file');
    const lines = playground.download(file).toString().split('\r\n');
    expect(lines).toHaveLength(20_002);
    expect(lines[0]).toMatch(/^source,state,since,port,/);
    expect(lines[20_000]).toMatch(/^10\.0\.9\.20000,answered,,443,/);
  });

  it('is sent once more when the connection breaks while the file is sent', async () => {
    const { playground, script } = await givenSlack();
    script.next({ rows: 5_000 });
    playground.faults.next('upload', { kind: 'drop', when: 'before' });
    await ask(playground, '/flowlog to 10.0.1.5 last 1h');
    await answered(playground);
    script.next({ rows: 5_000 });
    await allRows(playground);
    const { files } = await playground.until(() =>
      playground.messages(INCIDENT).find((message) => message.files.length > 0),
    );
    expect(files).toHaveLength(1);
  });

  it('remains when its rows cannot be written to disk, and the thread says what to do', async () => {
    const { playground, script, log } = await givenSlack({ csvFolder: '/dev/null/no-folder' });
    script.next({ rows: 5_000 });
    await ask(playground, '/flowlog to 10.0.1.5 last 1h');
    const answer = await answered(playground);
    script.next({ rows: 5_000 });
    await allRows(playground);
    const note = await playground.until(() =>
      playground.messages(INCIDENT).find(({ text }) => text.includes('could not be written')),
    );
    expect(note.threadTs).toBe(answer.threadTs);
    expect(note.text).toContain('The CSV with all 5,000 rows could not be written to');
    expect(log.find(({ level }) => level === 'error')?.message).toContain('could not be written to disk');
  });

  it('remains when the file is refused, and the thread says what to do', async () => {
    const { playground, script } = await givenSlack();
    script.next({ rows: 200 });
    playground.faults.next('files.getUploadURLExternal', { kind: 'error', error: 'file_uploads_disabled' });
    await ask(playground, '/flowlog to 10.0.1.5 last 1h');
    const answer = await answered(playground);
    script.next({ rows: 200 });
    await allRows(playground);
    const note = await playground.until(() =>
      playground.messages(INCIDENT).find(({ text }) => text.includes('could not be attached')),
    );
    expect(note.threadTs).toBe(answer.threadTs);
    expect(note.text).toContain('200 rows could not be attached: Slack said file_uploads_disabled');
  });

  it('that cannot be shown by a fault of ours does not look as if it were still coming', async () => {
    const { playground, script, log } = await givenSlack();
    script.next({ torn: true });
    await ask(playground, '/flowlog to 10.0.1.5 last 1h');
    await playground.until(() => parents(playground).find(({ text }) => text.includes('did not foresee')));
    expect(log.find(({ level }) => level === 'error')?.fields).toMatchObject({ doing: 'show the answer' });
  });

  it('survives a connection that breaks', async () => {
    const { playground, script } = await givenSlack();
    const { opened, open } = gate();
    script.next({ until: opened });
    await ask(playground, '/flowlog to 10.0.1.5 last 1h');
    await playground.until(() => parents(playground)[0]);
    playground.faults.next('chat.postMessage', { kind: 'drop', when: 'before' }, 2);
    open();
    await answered(playground);
  });
});
