import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { lateNames } from '../../../src/core/answer/late-names.ts';
import { type Names, NO_NAMES } from '../../../src/core/lake/names.ts';
import { NO_RECORDED_NAMES } from '../../../src/core/lake/recorded-names.ts';

const WINDOW = { from: new Date('2026-11-22T13:00:00Z'), to: new Date('2026-11-22T14:00:00Z') };
const NAMES: Names = new Map([['10.0.1.5', { name: 'db-1', from: 'EC2', since: undefined }]]);
const RUNNING = new AbortController().signal;

/** A book that waits for its names so many times. */
function naming(waits: number) {
  let asked = 0;
  return {
    wanted: ['10.0.1.5'],
    window: WINDOW,
    recorded: NO_RECORDED_NAMES,
    lookup: {
      async namesOf() {
        asked += 1;
        if (asked <= waits) await sleep(80);
        return asked >= waits ? NAMES : NO_NAMES;
      },
    },
  };
}

describe('late names', () => {
  it.each([0, 1, 3])('are those of a book that waited %i times', async (waits) => {
    expect(await lateNames(naming(waits), NO_NAMES, RUNNING)).toBe(NAMES);
  });

  it('are none where they say nothing new, or nothing comes', async () => {
    expect(await lateNames(naming(1), NAMES, RUNNING)).toBeUndefined();
    const empty = { ...naming(0), lookup: { namesOf: async () => NO_NAMES } };
    expect(await lateNames(empty, NO_NAMES, RUNNING)).toBeUndefined();
  });

  it('are none once the question is stopped', async () => {
    expect(await lateNames(naming(1), NO_NAMES, AbortSignal.abort())).toBeUndefined();
  });
});
