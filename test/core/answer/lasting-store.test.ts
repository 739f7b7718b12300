import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createLastingStore } from '../../../src/core/answer/lasting-store.ts';
import type { Store } from '../../../src/core/answer/store.ts';
import { StoreError, type StoreErrorCode } from '../../../src/core/errors.ts';
import { asked, at, finished } from '../../contract/store-samples.ts';
import { openUntilEnd, storePath } from '../../store/temp-store.ts';

const away = (code: StoreErrorCode = 'locked') =>
  new StoreError(code, 'The store is away.', 'Bring it back.');

interface Gate {
  readonly kept: Promise<void>;
  readonly keep: () => void;
}

function gate(): Gate {
  let keep = () => {};
  const kept = new Promise<void>((resolve) => {
    keep = resolve;
  });
  return { kept, keep };
}

/** A real store of which a call can fail or hang, and the pauses between tries, which the test ends. */
async function given() {
  const inner = (await openUntilEnd(await storePath())).store;
  const heard: string[] = [];
  const pauses: Gate[] = [];
  const events = {
    failed: (error: unknown) => void heard.push(error instanceof StoreError ? error.code : String(error)),
    worked: (proof: string) => void heard.push(proof),
  };
  const pause = () => {
    const next = gate();
    pauses.push(next);
    return next.kept;
  };
  return { inner, heard, pauses, store: createLastingStore(inner, { events, pause }) };
}

const idsInFlight = async (store: Store) => (await store.inFlight()).map(({ id }) => id);

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }));
afterEach(() => void vi.useRealTimers());

describe('a question that is begun', () => {
  it('is refused where the store fails, in its words and with what that means', async () => {
    const { inner, store, heard } = await given();
    vi.spyOn(inner, 'begin').mockRejectedValueOnce(away('full'));
    await expect(store.begin(asked('a'))).rejects.toMatchObject({
      code: 'full',
      message: 'The store is away.',
      hint: 'Nothing was run and nothing is billed. Bring it back.',
    });
    expect(await store.begin(asked('a'))).toBe('begun');
    expect(heard).toEqual(['full', 'written']);
  });

  it('is refused where the store does not answer in time, and never runs where it is written later', async () => {
    const { inner, store } = await given();
    const { kept, keep } = gate();
    const begin = inner.begin;
    vi.spyOn(inner, 'begin').mockImplementationOnce(async (...all) => {
      await kept;
      return begin(...all);
    });
    const refused = expect(store.begin(asked('a'))).rejects.toMatchObject({ code: 'locked' });
    await vi.advanceTimersByTimeAsync(2_200);
    await refused;
    keep();
    await vi.waitFor(async () => expect((await inner.recent(9)).map(({ id }) => id)).toEqual(['a']));
    expect(await idsInFlight(inner)).toEqual([]);
    expect(await inner.spent({})).toBe(0);
  });

  it('never runs where the connection broke after it was written', async () => {
    const { inner, store } = await given();
    const begin = inner.begin;
    vi.spyOn(inner, 'begin').mockImplementationOnce(async (...all) => {
      await begin(...all);
      throw away('unreachable');
    });
    await expect(store.begin(asked('a'))).rejects.toMatchObject({ code: 'unreachable' });
    await vi.waitFor(async () => expect(await idsInFlight(inner)).toEqual([]));
  });

  it('goes on where only a second delivery of it was refused', async () => {
    const { inner, store } = await given();
    await store.begin(asked('a'));
    vi.spyOn(inner, 'begin').mockRejectedValueOnce(away('unreachable'));
    const find = vi.spyOn(inner, 'find');
    await expect(store.begin(asked('a', 1))).rejects.toMatchObject({ code: 'unreachable' });
    await vi.waitFor(() => expect(find).toHaveBeenCalled());
    await find.mock.results[0]?.value;
    expect(await idsInFlight(inner)).toEqual(['a']);
  });
});

describe('a question that runs while the store is away', () => {
  it('goes on at once, and what became of it is written when the store is back, the newest of it', async () => {
    const { inner, store, heard, pauses } = await given();
    await store.begin(asked('a'));
    const moveTo = vi.spyOn(inner, 'moveTo').mockRejectedValue(away());
    await store.moveTo('a', 'first', '');
    await store.moveTo('a', 'second', 'C1/2');
    await store.finish('a', finished(1));
    pauses[0]?.keep();
    await vi.waitFor(() => expect(pauses).toHaveLength(2));
    expect(await idsInFlight(inner)).toEqual(['a']);
    moveTo.mockRestore();
    pauses[1]?.keep();
    await vi.waitFor(async () => expect(await idsInFlight(inner)).toEqual([]));
    expect(await inner.recent(9)).toMatchObject([{ id: 'a', place: 'second', thread: 'C1/2', rows: 3 }]);
    expect(heard).toEqual(['written', 'locked', 'locked', 'written', 'written']);
  });

  it('goes on where the store hangs', async () => {
    const { inner, store } = await given();
    await store.begin(asked('a'));
    vi.spyOn(inner, 'finish').mockReturnValueOnce(new Promise(() => {}));
    const done = store.finish('a', finished(1));
    await vi.advanceTimersByTimeAsync(2_000);
    await done;
  });

  it('is written at the stop, in one more try', async () => {
    const { inner, store } = await given();
    await store.begin(asked('a'));
    vi.spyOn(inner, 'finish').mockRejectedValueOnce(away());
    await store.finish('a', finished(1));
    expect(await idsInFlight(inner)).toEqual(['a']);
    await store.settle();
    expect(await idsInFlight(inner)).toEqual([]);
  });

  it('fails where the fault is one of flowlog', async () => {
    const { inner, store } = await given();
    vi.spyOn(inner, 'finish').mockRejectedValueOnce(new RangeError('a fault'));
    await expect(store.finish('a', finished(1))).rejects.toThrow('a fault');
    await store.begin(asked('a'));
    await store.finish('a', finished(1));
    expect(await idsInFlight(inner)).toEqual([]);
  });
});

it('leases say whether the store is there', async () => {
  const { inner, store, heard } = await given();
  vi.spyOn(inner, 'renewLeases').mockRejectedValueOnce(away());
  await expect(store.renewLeases(at(1))).rejects.toThrow('away');
  await store.renewLeases(at(2));
  expect(heard).toEqual(['locked', 'reached']);
});
