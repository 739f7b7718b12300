import { describe, expect, it } from 'vitest';
import type { Ending, Endings } from '../../src/core/operation/endings.ts';
import { at } from './store-samples.ts';

/** A memory of endings that the test may close and open again. */
export interface OpenEndings {
  readonly endings: Endings;
  /** Another start of the program on the same memory; undefined where nothing is kept. */
  readonly reopen: (() => Promise<Endings>) | undefined;
}

/** An ending by the id of its flow log. */
function ending(flowLogId: string): Ending {
  return {
    flowLogId,
    account: '123456789012',
    region: 'us-east-1',
    resourceId: 'eni-1',
    left: 's3://logs/a/',
    dueAt: at(0),
  };
}

/** What every memory of endings promises. */
export function describeEndings(name: string, open: () => Promise<OpenEndings>): void {
  describe(`the endings ${name}`, () => {
    it('gives back what was written down, the oldest first, and each once', async () => {
      const { endings } = await open();
      await endings.note(ending('fl-2'), at(1));
      await endings.note(ending('fl-1'), at(2));
      await endings.note({ ...ending('fl-2'), left: 'elsewhere' }, at(3));
      expect(await endings.in('due')).toEqual([
        { ...ending('fl-2'), since: at(1) },
        { ...ending('fl-1'), since: at(2) },
      ]);
      expect(await endings.in('notified')).toEqual([]);
    });

    it('moves one on for exactly one of many that do it in one moment', async () => {
      const { endings } = await open();
      await endings.note(ending('fl-1'), at(0));
      expect(await endings.move('fl-1', 'deleted', 'notifying', at(1))).toBe(false);
      expect(await endings.move('fl-9', 'due', 'deleted', at(1))).toBe(false);
      const moves = Array.from({ length: 20 }, () => endings.move('fl-1', 'due', 'deleted', at(1)));
      expect((await Promise.all(moves)).filter((moved) => moved)).toHaveLength(1);
      expect(await endings.in('deleted')).toEqual([{ ...ending('fl-1'), since: at(1) }]);
    });

    it('forgets those that were notified before an instant, and no others', async () => {
      const { endings } = await open();
      for (const id of ['fl-1', 'fl-2', 'fl-3']) await endings.note(ending(id), at(0));
      await endings.move('fl-1', 'due', 'notified', at(1));
      await endings.move('fl-2', 'due', 'notified', at(5));
      expect(await endings.sweep(at(1))).toBe(0);
      expect(await endings.sweep(at(5))).toBe(1);
      expect((await endings.in('notified')).map(({ flowLogId }) => flowLogId)).toEqual(['fl-2']);
      expect((await endings.in('due')).map(({ flowLogId }) => flowLogId)).toEqual(['fl-3']);
    });

    it('knows after a restart what was moved, and does not begin anew', async () => {
      const { endings, reopen } = await open();
      await endings.note(ending('fl-1'), at(0));
      await endings.move('fl-1', 'due', 'deleted', at(1));
      const again = (await reopen?.()) ?? endings;
      await again.note(ending('fl-1'), at(2));
      expect(await again.in('due')).toEqual([]);
      expect(await again.in('deleted')).toEqual([{ ...ending('fl-1'), since: at(1) }]);
    });
  });
}
