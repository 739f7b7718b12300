import { describe, expect, it } from 'vitest';
import {
  IN_FLIGHT_LASTS_MS,
  LEASE_LASTS_MS,
  type Reservation,
  type Store,
} from '../../src/core/answer/store.ts';
import { asked, at, finished } from './store-samples.ts';

/** A store that the test may close and open again. */
interface OpenStore {
  readonly store: Store;
  /** Another process on the same store, at the same time; undefined where nothing is shared. */
  readonly alongside: ((owner: string) => Promise<Store>) | undefined;
  /** Stops the program and starts it again on the same store; undefined where nothing is kept. */
  readonly reopen: (() => Promise<Store>) | undefined;
}

/** Opens an empty store; it goes away with the test. */
export type OpenEmptyStore = () => Promise<OpenStore>;

/** What every store promises. */
export function describeStore(name: string, open: OpenEmptyStore): void {
  describe(`the store ${name}`, () => {
    describeQuestions(open);
    describeHistory(open);
    describeSpending(open);
    describeSettingAside(open);
    describeLeases(open);
    describeSameQuestions(open);
    describeSweeping(open);
    describeRestart(open);
  });
}

function describeQuestions(open: OpenEmptyStore): void {
  it('takes a question once: the same id again is refused, and changes nothing', async () => {
    const { store } = await open();
    expect(await store.begin(asked('a'))).toBe('begun');
    expect(await store.begin({ ...asked('a', 5), line: 'another' })).toBe('known');
    await store.finish('a', finished(1));
    expect(await store.begin(asked('a', 9))).toBe('known');
    expect(await store.inFlight()).toEqual([]);
    expect(await store.recent(9)).toEqual([{ ...asked('a'), ...finished(1) }]);
  });

  it('takes it once also when it comes many times in one moment', async () => {
    const { store } = await open();
    const taken = await Promise.all(Array.from({ length: 20 }, () => store.begin(asked('a'))));
    expect(taken.filter((begun) => begun === 'begun')).toHaveLength(1);
  });

  it('lists what is in flight, oldest first, until it is finished', async () => {
    const { store } = await open();
    for (const [id, minute] of [
      ['b', 2],
      ['c', 1],
      ['a', 2],
    ] as const)
      await store.begin(asked(id, minute));
    expect(await store.inFlight()).toEqual([asked('c', 1), asked('a', 2), asked('b', 2)]);
    await store.finish('a', finished(3, { outcome: 'cancelled' }));
    expect((await store.inFlight()).map(({ id }) => id)).toEqual(['c', 'b']);
  });

  it('finds what was asked by its id, in flight and ended, and nothing under another id', async () => {
    const { store } = await open();
    await store.begin(asked('a'));
    await store.moveTo('a', 'elsewhere', 'C2/1');
    const moved = { ...asked('a'), place: 'elsewhere', thread: 'C2/1' };
    expect(await store.find('a')).toEqual(moved);
    await store.finish('a', finished(1));
    expect(await store.find('a')).toEqual(moved);
    expect(await store.find('b')).toBeUndefined();
  });

  it('moves a question in flight to another place', async () => {
    const { store } = await open();
    await store.begin(asked('a'));
    await store.begin(asked('b', 1));
    await store.moveTo('a', 'elsewhere', 'C2/1');
    await store.moveTo('unknown', 'elsewhere', '');
    expect((await store.inFlight()).map(({ place }) => place)).toEqual(['elsewhere', asked('b').place]);
  });

  it('ignores the end of an unknown question', async () => {
    const { store } = await open();
    await store.finish('unknown', finished(1));
    expect(await store.recent(9)).toEqual([]);
  });
}

function describeHistory(open: OpenEmptyStore): void {
  it('remembers every way in which a question ends', async () => {
    const { store } = await open();
    const outcomes = [
      'answered',
      'mistaken',
      'crashed',
      'rejected',
      'cancelled',
      'timed-out',
      'throttled',
      'denied',
      'exhausted',
      'unreadable',
      'broken',
    ] as const;
    for (const [minute, outcome] of outcomes.entries()) {
      await store.begin(asked(outcome));
      await store.finish(outcome, finished(minute, { outcome }));
    }
    expect((await store.recent(99)).map(({ outcome }) => outcome)).toEqual(outcomes.toReversed());
  });

  it('shows the latest finished first, and no more than asked for', async () => {
    const { store } = await open();
    for (const [id, minute] of [
      ['a', 3],
      ['b', 5],
      ['c', 4],
    ] as const) {
      await store.begin(asked(id));
      await store.finish(id, finished(minute));
    }
    await store.begin(asked('in-flight', 9));
    expect((await store.recent(2)).map(({ id }) => id)).toEqual(['b', 'c']);
    expect(await store.recent(0)).toEqual([]);
  });

  it('adds up what was billed since an instant, that instant included', async () => {
    const { store } = await open();
    expect(await store.spent({ since: at(0) })).toBe(0);
    for (const [id, minute, dollars] of [
      ['a', 1, 0.25],
      ['b', 2, 0.5],
      ['c', 3, 4],
    ] as const) {
      await store.begin(asked(id));
      await store.finish(id, finished(minute, { dollars }));
    }
    await store.begin(asked('in-flight', 9));
    expect(await store.spent({ since: at(2) })).toBe(4.5);
    expect(await store.spent({ since: new Date(at(2).getTime() + 1) })).toBe(4);
    expect(await store.spent({ since: at(4) })).toBe(0);
  });
}

function describeSpending(open: OpenEmptyStore): void {
  it('adds up what a thread, a channel, a person or all people have spent', async () => {
    const { store } = await open();
    const asks = [
      { ...asked('a'), channel: 'C1', thread: 'C1/1', person: 'U1' },
      { ...asked('b'), channel: 'C1', thread: 'C1/1', person: 'U2' },
      { ...asked('c'), channel: 'C1', thread: 'C1/2', person: 'U1' },
      { ...asked('d'), channel: 'C2', thread: 'C2/1', person: 'U1' },
    ];
    for (const [index, each] of asks.entries()) {
      await store.begin(each);
      await store.finish(each.id, finished(1, { dollars: 2 ** index }));
    }
    expect(await store.spent({})).toBe(15);
    expect(await store.spent({ thread: 'C1/1' })).toBe(3);
    expect(await store.spent({ channel: 'C1' })).toBe(7);
    expect(await store.spent({ person: 'U1' })).toBe(13);
    expect(await store.spent({ channel: 'C1', person: 'U1', since: at(1) })).toBe(5);
    expect(await store.spent({ thread: 'nowhere' })).toBe(0);
  });
}

const NOON = at(0);
const DAY = { dayBegan: new Date(Date.UTC(2026, 2, 5)), at: at(9) };
const wish = (dollars: number, changes: Partial<Reservation> = {}): Reservation => ({
  ...{ dollars, thread: 'C1/1', limits: { thread: 5, day: 20 }, ...DAY },
  ...changes,
});

function describeSettingAside(open: OpenEmptyStore): void {
  it('sets dollars aside for questions in flight, which count until these end, and then what was billed', async () => {
    const { store } = await open();
    for (const id of ['a', 'b', 'c']) await store.begin({ ...asked(id), thread: 'C1/1' });
    expect(await store.setAside('a', wish(2))).toBe('set-aside');
    expect(await store.setAside('b', wish(2))).toBe('set-aside');
    expect(await store.setAside('c', wish(2))).toBe('thread');
    expect(await store.underWay({ thread: 'C1/1' }, at(9))).toBe(4);
    expect(await store.underWay({ person: 'U1', channel: 'C1' }, at(9))).toBe(4);
    expect(await store.underWay({ thread: 'C1/2' }, at(9))).toBe(0);
    await store.finish('a', finished(9, { dollars: 0.5 }));
    expect(await store.underWay({}, at(9))).toBe(2);
    expect(await store.setAside('c', wish(2))).toBe('set-aside');
  });

  it('sets aside once for a question that asks again, and not at all for one that has ended', async () => {
    const { store } = await open();
    await store.begin(asked('a'));
    for (const dollars of [4, 5, 3]) expect(await store.setAside('a', wish(dollars))).toBe('set-aside');
    expect(await store.underWay({}, at(9))).toBe(3);
    await store.finish('a', finished(9, { dollars: 1 }));
    await store.setAside('a', wish(3));
    expect(await store.underWay({}, at(9))).toBe(0);
  });

  it('says whether the limit of the thread or of the day is reached, and looks without setting aside', async () => {
    const { store } = await open();
    await store.begin({ ...asked('a'), thread: 'C2/1' });
    const alone = { thread: '', limits: { thread: 500, day: 20 } };
    expect(await store.setAside('a', wish(19, alone))).toBe('set-aside');
    expect(await store.setAside(undefined, wish(1.5))).toBe('day');
    expect(await store.setAside(undefined, wish(6))).toBe('thread');
    expect(await store.setAside(undefined, wish(6, alone))).toBe('day');
    expect(await store.setAside(undefined, wish(1))).toBe('set-aside');
    expect(await store.underWay({}, at(9))).toBe(19);
  });

  it('sets aside above every limit what a person has allowed, and others see it', async () => {
    const { store } = await open();
    await store.begin({ ...asked('a'), thread: 'C1/1' });
    expect(await store.setAside('a', wish(500, { limits: undefined }))).toBe('set-aside');
    expect(await store.setAside(undefined, wish(0.01, { thread: '' }))).toBe('day');
  });

  it('counts what was billed since the day began, and not before', async () => {
    const { store } = await open();
    await store.begin(asked('a'));
    await store.finish('a', finished(0, { dollars: 19, finishedAt: new Date(DAY.dayBegan.getTime() - 1) }));
    expect(await store.setAside(undefined, wish(4))).toBe('set-aside');
    await store.begin(asked('b'));
    await store.finish('b', finished(0, { dollars: 19, finishedAt: DAY.dayBegan }));
    expect(await store.setAside(undefined, wish(4))).toBe('day');
  });

  it('of fifty that come at once sets aside for as many as the day has dollars for', async () => {
    const { store } = await open();
    const ids = Array.from({ length: 50 }, (_, index) => `q${index}`);
    const granted = await Promise.all(
      ids.map(async (id) => {
        await store.begin({ ...asked(id), thread: `C1/${id}` });
        return store.setAside(id, wish(0.49, { thread: `C1/${id}` }));
      }),
    );
    expect(granted.filter((each) => each === 'set-aside')).toHaveLength(Math.floor(20 / 0.49));
    expect(await store.underWay({}, at(9))).toBeLessThanOrEqual(20);
  });

  it('does not wait for ever for a question whose process was killed', async () => {
    const { store } = await open();
    await store.begin(asked('a'));
    await store.setAside('a', wish(5));
    expect(await store.underWay({}, new Date(NOON.getTime() + IN_FLIGHT_LASTS_MS))).toBe(5);
    expect(await store.underWay({}, new Date(NOON.getTime() + IN_FLIGHT_LASTS_MS + 1))).toBe(0);
  });

  it('takes no more of a person than they may have in flight, and of others as before', async () => {
    const { store } = await open();
    const ids = ['a', 'b', 'c', 'd'];
    const begun = await Promise.all(ids.map((id) => store.begin(asked(id), { most: 2 })));
    expect(begun.toSorted()).toEqual(['begun', 'begun', 'full', 'full']);
    const taken = ids.filter((_, index) => begun[index] === 'begun');
    const [refused = ''] = ids.filter((_, index) => begun[index] === 'full');
    for (const id of taken) expect(await store.begin(asked(id), { most: 2 })).toBe('known');
    expect(await store.begin({ ...asked('e'), person: 'U2' }, { most: 2 })).toBe('begun');
    expect(await store.begin(asked('f'))).toBe('begun');
    for (const id of taken) await store.finish(id, finished(1));
    expect(await store.begin(asked(refused), { most: 2 })).toBe('begun');
  });
}

function describeLeases(open: OpenEmptyStore): void {
  const idsOf = (questions: readonly { readonly id: string }[]) => questions.map(({ id }) => id);
  const afterLease = (minute: number, ms = 0) => new Date(at(minute).getTime() + LEASE_LASTS_MS + ms);

  it('gives a process its own questions in flight again and again, oldest first, and no finished ones', async () => {
    const { store } = await open();
    for (const [index, id] of ['b', 'a', 'c'].entries()) await store.begin(asked(id, index));
    await store.finish('c', finished(4));
    expect(await store.takeUp(at(5))).toEqual([asked('b', 0), asked('a', 1)]);
    expect(idsOf(await store.takeUp(at(6)))).toEqual(['b', 'a']);
  });

  it('keeps the questions of a process from another one until their lease is over', async () => {
    const { store, alongside } = await open();
    if (alongside === undefined) return;
    const other = await alongside('other');
    await store.begin(asked('a'));
    await store.begin(asked('b', 1));
    expect(await other.takeUp(afterLease(0, -1))).toEqual([]);
    expect(idsOf(await other.takeUp(afterLease(0)))).toEqual(['a']);
    expect(idsOf(await store.takeUp(afterLease(0)))).toEqual(['b']);
  });

  it('gives away nothing of a process that renews its leases, when the clock is put back an hour', async () => {
    const { store, alongside } = await open();
    if (alongside === undefined) return;
    const other = await alongside('other');
    await store.begin(asked('a', 60));
    for (let seconds = 0; seconds <= 90; seconds += 10) {
      const now = new Date(at(0).getTime() + seconds * 1_000);
      expect(await other.takeUp(now)).toEqual([]);
      await store.renewLeases(now);
    }
  });

  it('gives away within two leases what a killed process has begun, when the clock is put back an hour', async () => {
    const { store, alongside } = await open();
    if (alongside === undefined) return;
    const other = await alongside('other');
    await store.begin(asked('a', 60));
    let took: readonly string[] = [];
    let seconds = 0;
    for (; took.length === 0 && seconds <= 120; seconds += 10)
      took = idsOf(await other.takeUp(new Date(at(0).getTime() + seconds * 1_000), 'left behind'));
    expect(took).toEqual(['a']);
    expect(seconds * 1_000).toBeGreaterThanOrEqual(LEASE_LASTS_MS);
    expect(seconds * 1_000).toBeLessThanOrEqual(2 * LEASE_LASTS_MS);
  });

  it('keeps them for as long as the process renews its leases', async () => {
    const { store, alongside } = await open();
    if (alongside === undefined) return;
    const other = await alongside('other');
    await store.begin(asked('a'));
    await store.renewLeases(at(5));
    await other.renewLeases(at(50));
    expect(await other.takeUp(afterLease(5, -1))).toEqual([]);
    expect(idsOf(await other.takeUp(afterLease(5)))).toEqual(['a']);
  });

  it('gives only what others left behind when that is asked for', async () => {
    const { store, alongside } = await open();
    if (alongside === undefined) return;
    const other = await alongside('other');
    await store.begin(asked('a'));
    await other.begin(asked('b', 1));
    expect(idsOf(await other.takeUp(afterLease(0), 'left behind'))).toEqual(['a']);
    expect(await other.takeUp(afterLease(9), 'left behind')).toEqual([]);
  });

  it('gives a question to one of two that take up at once', async () => {
    const { store, alongside } = await open();
    if (alongside === undefined) return;
    await store.begin(asked('a'));
    const others = await Promise.all([alongside('other 1'), alongside('other 2')]);
    const taken = await Promise.all(others.map((other) => other.takeUp(at(9))));
    expect(taken.flat()).toEqual([asked('a')]);
  });

  it('gives the questions of a process that was stopped to the next one at once', async () => {
    const { store, reopen } = await open();
    await store.begin(asked('a'));
    if (reopen === undefined) return;
    expect(idsOf(await (await reopen()).takeUp(at(0)))).toEqual(['a']);
  });
}

function describeSameQuestions(open: OpenEmptyStore): void {
  const other = (id: string, minute = 0) => ({ ...asked(id, minute), person: `U-${id}` });
  const same = { sameKey: 'to 10.0.1.5 last 1h' };
  const sameAs = async (store: Store, id: string) => (await store.find(id))?.sameAs;

  it('finds the equal question of another person, in flight or answered, within a minute', async () => {
    const { store } = await open();
    await store.begin(asked('first'), same);
    await store.begin(other('second'), same);
    await store.finish('first', finished(0));
    await store.begin(other('third', 1), same);
    await store.begin(other('late', 2), same);
    const found = await Promise.all(['first', 'second', 'third', 'late'].map((id) => sameAs(store, id)));
    expect(found).toEqual([undefined, 'first', 'first', undefined]);
    expect((await store.takeUp(at(1))).find(({ id }) => id === 'second')).toMatchObject({ sameAs: 'first' });
  });

  it('never makes a question the same as a different one, or as one that failed', async () => {
    const { store } = await open();
    await store.begin(asked('failed'), same);
    await store.finish('failed', finished(0, { outcome: 'cancelled' }));
    await store.begin(asked('another'), { sameKey: 'to 10.0.1.6 last 1h' });
    await store.begin(asked('without'));
    await store.begin(other('new'), same);
    expect(await sameAs(store, 'new')).toBeUndefined();
  });

  it('answers a person who asks again anew, unless the first of both is in flight', async () => {
    const { store } = await open();
    await store.begin(asked('first'), same);
    await store.begin(asked('again'), same);
    expect(await sameAs(store, 'again')).toBe('first');
    for (const id of ['first', 'again']) await store.finish(id, finished(0));
    await store.begin(asked('anew'), same);
    expect(await sameAs(store, 'anew')).toBeUndefined();
  });

  it('makes one first of many that come in one moment, whatever the process', async () => {
    const { store, alongside } = await open();
    const beside = (await alongside?.('beside')) ?? store;
    const ids = Array.from({ length: 12 }, (_, index) => `q${index}`);
    await Promise.all(ids.map((id, index) => (index % 2 === 0 ? store : beside).begin(other(id), same)));
    const found = await Promise.all(ids.map((id) => sameAs(store, id)));
    expect(new Set(found.filter((id) => id !== undefined)).size).toBe(1);
    expect(found.filter((id) => id === undefined)).toHaveLength(1);
  });

  it('charges the first of the questions that a run answers, or the one that has paid', async () => {
    const { store } = await open();
    for (const [id, minute] of [
      ['a', 0],
      ['b', 1],
    ] as const) {
      await store.begin(asked(id, minute));
      await store.started(id, 'run-7');
    }
    const paidByOther = async () => [
      await store.isPaidByOther('a', 'run-7'),
      await store.isPaidByOther('b', 'run-7'),
      await store.isPaidByOther('a', 'run-8'),
    ];
    expect(await paidByOther()).toEqual([false, true, false]);
    await store.finish('b', finished(2, { runId: 'run-7', dollars: 0.5 }));
    expect(await paidByOther()).toEqual([true, true, false]);
  });

  it('charges the next one where the first was stopped without paying', async () => {
    const { store } = await open();
    for (const id of ['a', 'b']) {
      await store.begin(asked(id));
      await store.started(id, 'run-7');
    }
    expect(await store.isPaidByOther('b', 'run-7')).toBe(true);
    await store.finish('a', finished(1, { outcome: 'cancelled', dollars: 0, runId: 'run-7' }));
    expect(await store.isPaidByOther('b', 'run-7')).toBe(false);
  });

  it('says that a process does not hold a question any more once another one took it up', async () => {
    const { store, alongside } = await open();
    await store.begin(asked('a'));
    expect(await store.holds('a', at(1))).toBe(true);
    const beside = await alongside?.('beside');
    if (beside === undefined) return;
    expect(await beside.holds('a', at(1))).toBe(false);
    expect(await beside.takeUp(new Date(at(1).getTime() + LEASE_LASTS_MS - 1))).toEqual([]);
    await beside.takeUp(new Date(at(1).getTime() + LEASE_LASTS_MS));
    expect([await store.holds('a', at(2)), await beside.holds('a', at(2))]).toEqual([false, true]);
  });
}

function describeSweeping(open: OpenEmptyStore): void {
  it('forgets the questions that ended before an instant, and none that waits', async () => {
    const { store } = await open();
    for (const [id, minute] of Object.entries({ old: 1, young: 5 })) {
      await store.begin(asked(id));
      await store.finish(id, finished(minute));
    }
    await store.begin({ ...asked('without a thread'), thread: '' });
    await store.finish('without a thread', finished(1));
    await store.begin(asked('waits'));
    expect(await store.sweep(at(1))).toBe(0);
    expect(await store.sweep(at(5))).toBe(2);
    expect((await store.recent(9)).map(({ id }) => id)).toEqual(['young']);
    expect((await store.inFlight()).map(({ id }) => id)).toEqual(['waits']);
    expect(await store.find('old')).toBeUndefined();
  });

  it('keeps what a thread has cost for as long as a question of it waits, or ended not long ago', async () => {
    const { store } = await open();
    const inThread = (id: string, thread: string) => ({ ...asked(id), thread });
    for (const id of ['a', 'b']) {
      await store.begin(inThread(`${id} old`, `C1/${id}`));
      await store.finish(`${id} old`, finished(1, { dollars: 2 }));
    }
    await store.begin(inThread('a new', 'C1/a'));
    await store.begin(inThread('b new', 'C1/b'));
    await store.finish('b new', finished(9, { dollars: 1 }));
    expect(await store.sweep(at(9))).toBe(0);
    expect(await store.spent({ thread: 'C1/a' })).toBe(2);
    expect(await store.spent({ thread: 'C1/b' })).toBe(3);
    expect(await store.sweep(at(10))).toBe(2);
    expect(await store.spent({ thread: 'C1/a' })).toBe(2);
    expect(await store.spent({ thread: 'C1/b' })).toBe(0);
  });

  it('forgets any number of questions at once', async () => {
    const { store } = await open();
    await Promise.all(Array.from({ length: 1_203 }, (_, index) => store.begin(asked(`q${index}`))));
    await Promise.all(Array.from({ length: 1_203 }, (_, index) => store.finish(`q${index}`, finished(1))));
    expect(await store.sweep(at(2))).toBe(1_203);
    expect(await store.recent(9)).toEqual([]);
  });
}

function describeRestart(open: OpenEmptyStore): void {
  it('keeps everything when it is closed and opened again, where it keeps anything', async () => {
    const { store, reopen } = await open();
    await store.begin(asked('a'));
    await store.begin(asked('b', 1));
    await store.moveTo('b', 'elsewhere', 'C2/1');
    await store.finish('a', finished(2, { elapsedMs: 12.6, dollars: 0.1 }));
    await store.setAside('b', wish(3));
    if (reopen === undefined) return;
    const again = await reopen();
    expect(await again.inFlight()).toEqual([{ ...asked('b', 1), place: 'elsewhere', thread: 'C2/1' }]);
    expect(await again.recent(9)).toEqual([
      { ...asked('a'), ...finished(2, { elapsedMs: 13, dollars: 0.1 }) },
    ]);
    expect(await again.begin(asked('a'))).toBe('known');
    expect(await again.underWay({}, at(9))).toBe(3);
    expect(await again.setAside(undefined, wish(18, { thread: '', limits: { thread: 500, day: 20 } }))).toBe(
      'day',
    );
  });
}
