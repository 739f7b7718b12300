import { createServer } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { inspect } from 'node:util';
import pg from 'pg';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createStoreWatch } from '../../../src/app/store-watch.ts';
import { createLastingStore } from '../../../src/core/answer/lasting-store.ts';
import { StoreError, type StoreErrorCode, UserError } from '../../../src/core/errors.ts';
import { openStores } from '../../../src/store/open-stores.ts';
import { postgresError } from '../../../src/store/postgres-errors.ts';
import { asked, at, finished } from '../../contract/store-samples.ts';
import { freePort } from '../../slack/free-port.ts';
import { gate, givenSlack } from '../../slack/given-slack.ts';
import { PASSWORD } from '../../support/postgres-server.ts';
import { givenPostgres, hasPostgres, openDatabaseUntilEnd } from './given-postgres.ts';

/** An error of the store in words, in which no password is, however it is printed. */
async function expectRefusal(work: Promise<unknown>, code: StoreErrorCode): Promise<StoreError> {
  const error: unknown = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof StoreError)) throw new Error('no StoreError', { cause: error });
  expect(error.code).toBe(code);
  expect(inspect(error, { depth: 9, showHidden: true })).not.toContain(PASSWORD);
  expect(error.message).toMatch(/^The PostgreSQL server \S+( on this machine)? .*\.$/);
  return error;
}

describe.runIf(hasPostgres())('a server of PostgreSQL', () => {
  const server = givenPostgres();

  it('that is restarted in the middle is said, and the next call reaches it again', async () => {
    const url = await server().newDatabase();
    const { store } = await openDatabaseUntilEnd(url);
    await store.begin(asked('a'));
    await server().kill();
    for (const work of [store.find('a'), store.begin(asked('b'), { most: 9 }), store.takeUp(at(1))])
      await expectRefusal(work, 'unreachable');
    await server().restart();
    expect(await store.find('a')).toEqual(asked('a'));
    expect(await store.begin(asked('b'), { most: 9 })).toBe('begun');
  });

  it('that is away refuses a question in a sentence in Slack, answers what runs, and needs no restart', async () => {
    const url = await server().newDatabase();
    const lines: string[] = [];
    const note = (_: unknown, message: string) => void lines.push(message);
    const inner = (await openDatabaseUntilEnd(url)).store;
    const store = createLastingStore(inner, {
      events: createStoreWatch(() => ({ info: note, error: note })),
      pause: (milliseconds) => pause(milliseconds),
    });
    const { playground, script } = await givenSlack({ store });
    const ask = (text: string) => playground.type({ person: 'ana', channel: '#incident-42', text });
    const heard = (words: string) =>
      playground.until(() => playground.messages('#incident-42').find(({ text }) => text.includes(words)));
    const { opened, open } = gate();
    script.next({ until: opened });
    await ask('/flowlog to 10.0.1.5 last 1h');
    await playground.until(() => script.asked[0]);
    await server().kill();
    expect(await ask('/flowlog to 10.0.1.6 last 1h')).toEqual({ outcome: 'acked' });
    expect((await heard('cannot be reached')).text).toContain('Nothing was run and nothing is billed.');
    open();
    await heard('10.0.1.5 got traffic from');
    await server().restart();
    await expect.poll(() => inner.inFlight().catch(() => 'away'), { timeout: 20_000 }).toEqual([]);
    expect(await inner.recent(9)).toMatchObject([{ outcome: 'answered', rows: 2 }]);
    await ask('/flowlog to 10.0.1.6 last 1h');
    await heard('10.0.1.6 got traffic from');
    expect(script.asked).toHaveLength(2);
    expect(lines).toEqual(['the store does not work', 'the store works again']);
  });

  it('that ends connections in the middle of calls is said, and nothing is half written', async () => {
    const url = await server().newDatabase();
    const { store } = await openDatabaseUntilEnd(url);
    const calls = Array.from({ length: 200 }, (_, index) => store.begin(asked(`q${index}`), { most: 1_000 }));
    const ending = server().run(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'flowlog'`,
    );
    const ended = await Promise.allSettled(calls);
    await ending;
    const begun = ended.flatMap((each, index) => (each.status === 'fulfilled' ? [`q${index}`] : []));
    for (const each of ended)
      if (each.status === 'rejected') await expectRefusal(Promise.reject(each.reason), 'unreachable');
    const kept = (await store.inFlight()).map(({ id }) => id);
    expect(kept).toEqual(expect.arrayContaining(begun));
  });

  it('whose tables another program holds is said, in time', async () => {
    const url = await server().newDatabase();
    const { store } = await openDatabaseUntilEnd(url);
    const holding = server().run(`BEGIN; LOCK TABLE flowlog.question; SELECT pg_sleep(12); COMMIT`, url);
    await new Promise((resolve) => setTimeout(resolve, 300));
    await expectRefusal(store.begin(asked('a')), 'locked');
    await holding;
    expect(await store.begin(asked('a'))).toBe('begun');
  });

  it('that is slow is not said to be away: who waits for a connection of ours waits for the server', async () => {
    const url = await server().newDatabase();
    const { store } = await openDatabaseUntilEnd(url);
    const holding = server().run(`BEGIN; LOCK TABLE flowlog.question; SELECT pg_sleep(7); COMMIT`, url);
    await new Promise((resolve) => setTimeout(resolve, 300));
    const calls = Array.from({ length: 40 }, (_, index) => store.begin(asked(`q${index}`), { most: 1_000 }));
    expect(new Set(await Promise.all(calls))).toEqual(new Set(['begun']));
    await holding;
  });

  it('whose connections do not become free is said to have too much to do', async () => {
    const url = await server().newDatabase();
    const pool = new pg.Pool({ connectionString: url, max: 1, connectionTimeoutMillis: 50 });
    const only = await pool.connect();
    const error = await pool.connect().catch((thrown: unknown) => thrown);
    only.release();
    await pool.end();
    expect(postgresError(error, 'db-1')).toMatchObject({
      code: 'unreachable',
      message: expect.stringContaining('has too much to do'),
    });
  });

  it('that only lets itself be read is said', async () => {
    const url = await server().newDatabase();
    const { store } = await openDatabaseUntilEnd(url);
    const name = new URL(url).pathname.slice(1);
    await server().run(`ALTER DATABASE ${name} SET default_transaction_read_only = on`);
    await server().run(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'flowlog'`,
    );
    await expect
      .poll(() => store.begin(asked('a')).catch((error: unknown) => error), { timeout: 9_000 })
      .toMatchObject({ code: 'read-only' });
  });

  it('that refuses the password, or has no such database, is said without the password', async () => {
    const url = await server().newDatabase();
    const wrong = url.replace(`:${PASSWORD}@`, `:x${PASSWORD}@`);
    await expectRefusal(openStores({ databaseUrl: wrong }), 'denied');
    await expectRefusal(openStores({ databaseUrl: `${url}_none` }), 'denied');
  });

  it('that is not there, or does not answer, is said in time without the password', async () => {
    const nowhere = `postgres://flowlog:${PASSWORD}@127.0.0.1:${await freePort()}/d`;
    const { message } = await expectRefusal(openStores({ databaseUrl: nowhere }), 'unreachable');
    expect(message).toMatch(/^The PostgreSQL server 127\.0\.0\.1:\d+ cannot be reached \(ECONNREFUSED\)\.$/);
    await expectRefusal(
      openStores({ databaseUrl: `postgres://u:${PASSWORD}@nowhere.invalid/d` }),
      'unreachable',
    );
    const silent = createServer(() => {});
    const port = await freePort();
    await new Promise<void>((resolve) => silent.listen(port, '127.0.0.1', resolve));
    onTestFinished(() => void silent.close());
    const url = `postgres://u:${PASSWORD}@127.0.0.1:${port}/d`;
    await expectRefusal(openStores({ databaseUrl: url }), 'unreachable');
  });

  it('whose database a newer version has changed is refused, with what to do', async () => {
    const url = await server().newDatabase();
    await (await openStores({ databaseUrl: url })).close();
    await server().run(`INSERT INTO flowlog.kysely_migration VALUES ('9999 later', '2030')`, url);
    const error = await openStores({ databaseUrl: url }).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'newer', hint: expect.stringContaining('restore a backup') });
  });

  it('is backed up by its own tool', async () => {
    const { backup } = await openDatabaseUntilEnd(await server().newDatabase());
    const error = await backup('/tmp/x.db').catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(UserError);
    expect(error).toMatchObject({ hint: expect.stringContaining('pg_dump') });
  });

  it('makes the tables once for several processes that start at once', async () => {
    const url = await server().newDatabase();
    const all = await Promise.all(
      Array.from({ length: 6 }, (_, index) => openDatabaseUntilEnd(url, `p${index}`)),
    );
    for (const { store } of all) expect(await store.spent({})).toBe(0);
  });

  it('sets aside no more than the day has, of questions that end meanwhile', async () => {
    const url = await server().newDatabase();
    const [one, other] = [await openDatabaseUntilEnd(url), await openDatabaseUntilEnd(url, 'other')];
    const limits = { thread: 99, day: 20 };
    const wish = { dollars: 1, thread: '', limits, dayBegan: new Date(0), at: at(9) };
    const granted = await Promise.all(
      Array.from({ length: 120 }, async (_, index) => {
        const { store } = index % 2 === 0 ? one : other;
        await store.begin(asked(`q${index}`));
        const got = await store.setAside(`q${index}`, wish);
        if (got === 'set-aside') await store.finish(`q${index}`, finished(9, { dollars: 1 }));
        return got;
      }),
    );
    expect(granted.filter((each) => each === 'set-aside')).toHaveLength(20);
    expect(await one.store.spent({})).toBe(20);
  });
});
