import { describe, expect, it } from 'vitest';
import { catalog } from '../../src/catalog/index.ts';
import type { FieldName } from '../../src/core/flow-log/fields.ts';
import { answerJson } from '../../src/render/answer-json.ts';
import { answerText } from '../../src/render/answer-text.ts';
import { answerForms } from '../../src/render/messages/answer-message.ts';
import { flow, NOON, type PlainRecord } from '../support/flow.ts';
import { type OpenLake, openLake } from '../support/open-lake.ts';
import { LONG_AFTER, tempFolder } from '../support/open-local-lake.ts';
import { writeLake } from '../support/write-lake.ts';
import { STORY_LINES } from './story-lines.ts';

const FIELDS = [
  ...['version', 'account-id', 'interface-id', 'srcaddr', 'dstaddr', 'srcport', 'dstport', 'protocol'],
  ...['packets', 'bytes', 'start', 'end', 'action', 'log-status', 'tcp-flags', 'pkt-srcaddr', 'pkt-dstaddr'],
  ...['flow-direction', 'reject-reason'],
] as const satisfies readonly FieldName[];

/** Parquet has types: only what its columns can hold is written there. */
const ODD = {
  gz: ['-', '0', '-1', '65536', '2147483648', '9223372036854775807', '99999999999999999999', 'x', '1.5'],
  parquet: ['-', '0', '-1', '65536', '2147483647'],
} as const;
const WINDOW = 'since 2026-03-05T12:00Z until 2026-03-05T12:30Z';

/** A record of each field with each odd value, accepted and rejected, with usual ones. */
function oddRecords(format: keyof typeof ODD): readonly PlainRecord[] {
  const odd = FIELDS.flatMap((field) =>
    ODD[format].flatMap((value) =>
      ['ACCEPT', 'REJECT'].map((action) => ({
        ...flow(NOON + 60, { action, 'tcp-flags': 2, dstaddr: '10.0.1.10', dstport: 22 }),
        [field]: value,
      })),
    ),
  );
  return [flow(NOON + 60, { dstaddr: '10.0.1.10' }), ...odd].filter(({ end }) =>
    /^\d{10}$/.test(String(end)),
  );
}

/** What Block Public Access rejects has neither bytes nor packets. */
const BLOCKED = flow(NOON + 90, {
  action: 'REJECT',
  packets: '-',
  bytes: '-',
  dstaddr: '10.0.1.10',
  'reject-reason': 'BPA',
});

async function openLakeOf(records: readonly PlainRecord[], format: 'gz' | 'parquet'): Promise<OpenLake> {
  const folder = await tempFolder();
  await writeLake(folder, records, { fields: FIELDS, format });
  return openLake(folder, LONG_AFTER);
}

describe.each(['gz', 'parquet'] as const)('values that are absent or absurd (%s)', (format) => {
  it('fail no answer, in no form of it', async () => {
    const { ask, close } = await openLakeOf(oddRecords(format), format);
    for (const { name } of catalog) {
      const answer = await ask(`${STORY_LINES[name]} ${WINDOW}`);
      expect(answer.headline).toMatch(/\.$/);
      expect(JSON.parse(answerJson(answer))).toHaveProperty('headline');
      expect(answerForms(answer, { kind: 'thread' }).length).toBeGreaterThan(0);
      expect(answerText(answer, { prompt: '' })).toContain(answer.headline.slice(0, 10));
    }
    await close();
  });

  it('are shown as absent where there is no amount, not as 0', async () => {
    const { ask, close } = await openLakeOf([BLOCKED], format);
    const rejected = await ask(`rejected ${WINDOW}`);
    expect(rejected.rows).toEqual([expect.objectContaining({ bytes: null, packets: null, records: 1 })]);
    const traffic = await ask(`traffic 10.0.1.10 ${WINDOW}`);
    expect(traffic.rows).toEqual([expect.objectContaining({ bytes_in: null, bytes_out: 0 })]);
    expect(traffic.headline).toContain('an amount that is not recorded in');
    await close();
  });
});
