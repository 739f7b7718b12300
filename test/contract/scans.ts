import { describe, expect, it } from 'vitest';
import type { Scan } from '../../src/core/lake/scan.ts';
import type { Stores } from '../../src/core/operation/stores.ts';
import { asked, at, finished } from './store-samples.ts';

/** Stores that the test may close and open again. */
export interface OpenScans {
  readonly stores: Pick<Stores, 'store' | 'scans'>;
  /** Another start of the program on the same stores; undefined where nothing is kept. */
  readonly reopen: (() => Promise<Pick<Stores, 'store' | 'scans'>>) | undefined;
}

const SLOT = { fromSeconds: 0, toSeconds: 300 };

/** A scan of one file. */
export function scanOf(key: string): Scan {
  return {
    source: { name: 'fl-1', region: 'us-east-1', fields: ['srcaddr'] },
    tables: [{ database: 'flowlog', name: 'fl_1', fields: ['srcaddr'], paths: [`s3://logs/${key}`] }],
    objects: [{ key, bytes: 9_007_199_254_740_991, slot: SLOT }],
    ...{ unread: [], notes: ['a note'], storedRange: SLOT, flowLogs: [{ name: 'fl-1', eni: undefined }] },
  };
}

/** What every memory of scans promises. */
export function describeScans(name: string, open: () => Promise<OpenScans>): void {
  describe(`the scans ${name}`, () => {
    it('of a question are the first one that was kept, after a restart too', async () => {
      const { stores, reopen } = await open();
      expect(await stores.scans.find('q1')).toBeUndefined();
      expect(await stores.scans.keep('q1', scanOf("it's.log.gz"))).toEqual(scanOf("it's.log.gz"));
      expect(await stores.scans.keep('q1', scanOf('later.log.gz'))).toEqual(scanOf("it's.log.gz"));
      const { scans } = (await reopen?.()) ?? stores;
      expect(await scans.find('q1')).toEqual(scanOf("it's.log.gz"));
      expect(await scans.find('q2')).toBeUndefined();
    });

    it('of questions that ended more than a minute before are deleted, with all their windows, when another is kept', async () => {
      const { stores } = await open();
      const { store, scans } = stores;
      for (const id of ['q1', 'q2']) {
        await store.begin(asked(id));
        await scans.keep(id, scanOf(id));
        await scans.keep(`${id} before`, scanOf(id));
      }
      await store.finish('q1', finished(1));
      await store.begin(asked('q3', 2));
      await scans.keep('q3', scanOf('q3'));
      expect(await scans.find('q1')).toEqual(scanOf('q1'));
      await store.begin(asked('q4', 3));
      await scans.keep('q4', scanOf('q4'));
      expect(await scans.find('q1')).toBeUndefined();
      expect(await scans.find('q1 before')).toBeUndefined();
      expect(await scans.find('q2')).toEqual(scanOf('q2'));
      expect(await scans.find('q2 before')).toEqual(scanOf('q2'));
    });

    it('of questions in flight, and of those that ended just before, stay when they are swept', async () => {
      const { stores } = await open();
      const { store, scans } = stores;
      for (const id of ['q1', 'q2']) await store.begin(asked(id));
      for (const id of ['q1', 'q1 before', 'q2', 'q3']) await scans.keep(id, scanOf(id));
      await store.finish('q2', finished(1));
      expect(await scans.sweep(at(1))).toBe(1);
      expect(await scans.sweep(at(2))).toBe(1);
      const left = await Promise.all(['q1', 'q1 before', 'q2', 'q3'].map((id) => scans.find(id)));
      expect(left).toEqual([scanOf('q1'), scanOf('q1 before'), undefined, undefined]);
    });
  });
}
