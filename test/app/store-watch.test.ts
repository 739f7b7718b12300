import { expect, it } from 'vitest';
import { createStoreWatch } from '../../src/app/store-watch.ts';
import { StoreError, type StoreErrorCode } from '../../src/core/errors.ts';

function given() {
  const lines: string[] = [];
  const write = (fields: Readonly<Record<string, unknown>>, message: string) =>
    void lines.push(`${message}: ${fields.store ?? 'unknown'}`);
  return { lines, watch: createStoreWatch(() => ({ info: write, error: write })) };
}

const away = (code: StoreErrorCode) => new StoreError(code, 'away', 'bring it back');

it('the log says once that the store does not work, and once that it works again', () => {
  const { lines, watch } = given();
  for (let call = 0; call < 5; call += 1) watch.failed(away('locked'));
  expect(watch.problem()?.code).toBe('locked');
  for (let call = 0; call < 5; call += 1) watch.worked('reached');
  expect(lines).toEqual(['the store does not work: locked', 'the store works again: locked']);
  expect(watch.problem()).toBeUndefined();
});

it('a disk that is full or only lets read works again once something is written', () => {
  for (const code of ['full', 'read-only'] as const) {
    const { lines, watch } = given();
    watch.failed(away(code));
    watch.worked('reached');
    watch.failed(away(code));
    expect(lines).toHaveLength(1);
    watch.worked('written');
    expect(lines).toHaveLength(2);
  }
});

it('another reason is news', () => {
  const { lines, watch } = given();
  watch.failed(away('locked'));
  watch.failed(away('full'));
  expect(lines).toEqual(['the store does not work: locked', 'the store does not work: full']);
});

it('an error of another kind is logged each time, and does not count as the store being away', () => {
  const { lines, watch } = given();
  watch.failed(new Error('a fault'));
  watch.worked('written');
  expect(lines).toEqual(['the store failed unexpectedly: unknown']);
});
