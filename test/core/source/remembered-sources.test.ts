import { describe, expect, it } from 'vitest';
import { DEFAULT_FORMAT } from '../../../src/core/flow-log/fields.ts';
import type { LogSource } from '../../../src/core/lake/log-source.ts';
import { aSource } from '../../support/a-source.ts';
import { afterNoon, flow, NOON } from '../../support/flow.ts';
import { type OneBucket, openOneBucket } from '../../support/one-bucket.ts';

const LINE = 'records 10.0.1.5 since 2026-03-05T12:00Z until 2026-03-05T12:30Z';

const fileOf = (slot: number) => [flow(NOON + slot * 300 + 100, { srcport: 40_000 + slot })];

async function given(): Promise<{ readonly bucket: OneBucket; readonly source: LogSource }> {
  const bucket = await openOneBucket(afterNoon(3_600));
  const source = aSource('fl-0a000001', { fields: DEFAULT_FORMAT });
  await bucket.deliver(source, [0, 1, 2].flatMap(fileOf));
  await bucket.makeTable(source);
  return { bucket, source };
}

describe('an attempt after a restart', () => {
  it('asks what the first attempt asked, though a file came meanwhile: it runs once, and tells what it read', async () => {
    const { bucket, source } = await given();
    const first = await bucket.ask(LINE, [source], 'question-1');
    expect(first.rows).toHaveLength(3);
    await bucket.deliver(source, fileOf(3));
    const again = await bucket.ask(LINE, [source], 'question-1');
    expect(bucket.athena.executions()).toHaveLength(1);
    expect(again.rows).toEqual(first.rows);
    expect(again.coverage).toEqual(first.coverage);
    expect(again.coverage.filesRead).toBe(3);
  });

  it('is not another question, which sees the file', async () => {
    const { bucket, source } = await given();
    await bucket.ask(LINE, [source], 'question-1');
    await bucket.deliver(source, fileOf(3));
    for (const identity of ['question-2', undefined])
      expect((await bucket.ask(LINE, [source], identity)).rows).toHaveLength(4);
  });
});
