import { describe, expect, it, onTestFinished } from 'vitest';
import { openPlace } from '../../../src/store/open-stores.ts';
import { describeAudit } from '../../contract/audit.ts';
import { describeEndings } from '../../contract/endings.ts';
import { describeJournal } from '../../contract/journal.ts';
import { describeNameHistory } from '../../contract/name-history.ts';
import { describeScans } from '../../contract/scans.ts';
import { describeStore } from '../../contract/store.ts';
import { givenPostgres, hasPostgres, openDatabaseUntilEnd } from './given-postgres.ts';

describe.runIf(hasPostgres())('a database of PostgreSQL', () => {
  const server = givenPostgres();

  async function opened() {
    const url = await server().newDatabase();
    const before = await openDatabaseUntilEnd(url);
    const reopen = async () => {
      await before.close();
      return openDatabaseUntilEnd(url, 'restarted');
    };
    return { url, before, reopen };
  }

  describeStore('of PostgreSQL', async () => {
    const { url, before, reopen } = await opened();
    return {
      store: before.store,
      alongside: async (owner) => (await openDatabaseUntilEnd(url, owner)).store,
      reopen: async () => (await reopen()).store,
    };
  });
  describeAudit('of PostgreSQL', async () => {
    const { url, before: stores } = await opened();
    const database = await openPlace({ databaseUrl: url });
    onTestFinished(() => database.close());
    return { stores, other: await openDatabaseUntilEnd(url, 'other'), database };
  });
  describeJournal('of PostgreSQL', async () => {
    const { before, reopen } = await opened();
    return { journal: before.journal, reopen: async () => (await reopen()).journal };
  });
  describeEndings('of PostgreSQL', async () => {
    const { before, reopen } = await opened();
    return { endings: before.endings, reopen: async () => (await reopen()).endings };
  });
  describeNameHistory('of PostgreSQL', async () => {
    const { before, reopen } = await opened();
    return { names: before.names, reopen: async () => (await reopen()).names };
  });
  describeScans('of PostgreSQL', async () => {
    const { before, reopen } = await opened();
    return { stores: before, reopen };
  });

  it('stores text with the one character that PostgreSQL has no place for', async () => {
    const { before } = await opened();
    const facts = { 'a\0b': 'c\0' };
    const plan = { headline: 'a\0b', sections: [], steps: [], instead: [] };
    const asked = { line: 'x\0y', person: 'U1', channel: 'C1', request: 'r' };
    await before.journal.plan({ id: 'op-1', ...asked, plan, plannedAt: new Date(0) });
    await before.journal.step('op-1', { index: 0, state: 'done', words: '', facts });
    expect(await before.journal.find('op-1')).toMatchObject({
      ...{ line: 'x\uFFFDy', plan },
      steps: [{ facts: { 'a\uFFFDb': 'c\uFFFD' } }],
    });
  });
});
