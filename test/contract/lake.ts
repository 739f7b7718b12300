import { describe, expect, it } from 'vitest';
import type { Lake } from '../../src/core/lake/lake.ts';
import { flow, NOON } from '../support/flow.ts';
import type { LakeOptions, LakeRecord } from '../support/write-lake.ts';

/** A lake of files, and the way to write more of them. */
export interface OpenLakeContract {
  readonly lake: Lake;
  write(records: readonly LakeRecord[], options?: LakeOptions): Promise<readonly string[]>;
}

const HOUR = 3600;
const { signal } = new AbortController();
const hourAfter = (seconds: number) => ({ fromSeconds: NOON + seconds, toSeconds: NOON + seconds + HOUR });

/** What every lake promises, on S3 or in a folder, in one of AWS's layouts. */
export function describeLake(name: string, open: () => Promise<OpenLakeContract>): void {
  describe(`the lake ${name}`, () => {
    it('lists exactly the files whose slot touches the stretch, with their size and time', async () => {
      const { lake, write } = await open();
      const keys = await write(
        [-1, 0, 299, 3599, 3600].map((second) => flow(NOON + second)),
        { format: 'plain' },
      );
      const objects = await lake.during(hourAfter(0), signal);
      expect(objects.map(({ key }) => key)).toEqual([keys[1], keys[2]]);
      expect(objects.map(({ slot }) => slot)).toEqual([
        { fromSeconds: NOON, toSeconds: NOON + 300 },
        { fromSeconds: NOON + 3300, toSeconds: NOON + 3600 },
      ]);
      expect(objects.every(({ bytes }) => bytes > 100)).toBe(true);
    });

    it('lists every account, region and flow log', async () => {
      const { lake, write } = await open();
      const others = [
        { account: '222222222222' },
        { region: 'us-east-1' },
        { flowLog: 'fl-0f' },
        { prefix: 'a/b' },
      ];
      const keys = await Promise.all(others.map((options) => write([flow(NOON)], options)));
      const listed = await lake.during(hourAfter(0), signal);
      expect(listed.map(({ key }) => key).toSorted()).toEqual(keys.flat().toSorted());
    });

    it('knows how far it reaches', async () => {
      const { lake, write } = await open();
      expect(await lake.extent(signal)).toBeUndefined();
      expect(await lake.during(hourAfter(0), signal)).toEqual([]);
      await write([flow(NOON + 40 * 24 * HOUR), flow(NOON - HOUR)]);
      await write([flow(NOON)], { region: 'us-east-1' });
      expect(await lake.extent(signal)).toEqual({
        fromSeconds: NOON - HOUR,
        toSeconds: NOON + 40 * 24 * HOUR + 300,
      });
    });

    it('stops when the signal is aborted', async () => {
      const { lake, write } = await open();
      await write([flow(NOON)]);
      await expect(lake.during(hourAfter(0), AbortSignal.abort())).rejects.toThrow();
      await expect(lake.extent(AbortSignal.abort())).rejects.toThrow();
    });
  });
}
