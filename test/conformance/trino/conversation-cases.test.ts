import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { A_SUBNET, aSource } from '../../support/a-source.ts';
import { ALL_FIELDS, CONVERSATION_CASES, EVERY_SLOT, lineOfCase } from '../../support/conversation-cases.ts';
import { afterNoon } from '../../support/flow.ts';
import { openTrinoBucket } from './open-trino-bucket.ts';

const NOW = afterNoon(7_200);

it.each(CONVERSATION_CASES)('`why` on Trino sees that a server $title', async (planted) => {
  const { fields = ALL_FIELDS, missingSlot, records, isTrafficUnknown } = planted;
  const bucket = await openTrinoBucket(NOW);
  const place = {
    kind: 's3',
    bucket: bucket.name,
    prefix: '',
    files: { format: 'text', hive: false, hourly: false },
  } as const;
  const source = aSource('fl-0a000001', {
    place,
    fields,
    resource: A_SUBNET,
    trafficType: isTrafficUnknown ? undefined : 'ALL',
  });
  const keys = await bucket.deliver(source, [...EVERY_SLOT, ...records]);
  if (missingSlot !== undefined) await rm(join(bucket.folder, keys[missingSlot] ?? ''));
  await bucket.makeTable(source);
  const { headline, finding } = await bucket.ask(`${lineOfCase(planted)} names=off`, [source]);
  expect(headline).toContain(planted.says);
  expect(finding.state).toBe(planted.state);
  expect(finding.certainty).toBe(planted.certainty);
});
