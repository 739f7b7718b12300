import { describe, expect, it } from 'vitest';
import { flow, NOON } from '../../support/flow.ts';
import type { OpenEngineOver } from '../engine.ts';
import { select, written } from './select.ts';

/** What a run says of itself. */
export function describeReceipt(open: OpenEngineOver): void {
  describe('the receipt of a run', () => {
    it('counts the files and their bytes as they are stored', async () => {
      const opened = await open({ records: [flow(NOON), flow(NOON + 300), flow(NOON + 600)] });
      const run = await select(opened, 'SELECT count(*) AS n FROM flow_records');
      const stored = opened.scan.objects.reduce((sum, { bytes }) => sum + bytes, 0);
      expect(stored).toBeGreaterThan(0);
      expect(run).toMatchObject({
        scannedBytes: stored,
        filesRead: 3,
        reused: false,
        unread: [],
      });
      // What an engine does not report is not none.
      expect(run.unreadableLines).toBe(opened.engine.bills ? undefined : 0);
      expect(run.id).not.toBe('');
    });

    it('counts only what the scan chose', async () => {
      const { engine, scan } = await open({ records: [flow(NOON), flow(NOON + 300)] });
      const [first] = scan.objects;
      if (first === undefined) throw new RangeError('the scan chose nothing');
      const run = await select(
        { engine, scan: { ...scan, objects: [first] } },
        'SELECT "end" FROM flow_records',
      );
      expect(run).toMatchObject({ scannedBytes: first.bytes, filesRead: 1 });
      expect(written(run)).toEqual([[String(NOON)]]);
    });

    it('is each run’s own when several run at once', async () => {
      const { engine, scan } = await open({ records: [flow(NOON), flow(NOON + 300), flow(NOON + 300)] });
      const runs = scan.objects.flatMap((object) =>
        [0, 1, 2].map(() =>
          select({ engine, scan: { ...scan, objects: [object] } }, 'SELECT "end" FROM flow_records'),
        ),
      );
      const got = (await Promise.all(runs)).map((run) => [written(run).flat().join(), run.scannedBytes]);
      const [first, second] = [String(NOON), `${NOON + 300},${NOON + 300}`].map((ends, index) => [
        ends,
        scan.objects[index]?.bytes,
      ]);
      expect(got).toEqual([first, first, first, second, second, second]);
    });
  });
}
