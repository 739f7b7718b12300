import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { ALL_FIELDS, CONVERSATION_CASES, lineOfCase } from '../support/conversation-cases.ts';
import { flow, NOON } from '../support/flow.ts';
import { openLake } from '../support/open-lake.ts';
import { LONG_AFTER, tempFolder } from '../support/open-local-lake.ts';
import { writeLake } from '../support/write-lake.ts';

/** A record in every slot that can hold one of the window, so that none is missing. */
const EVERY_SLOT = Array.from({ length: 10 }, (_, slot) =>
  flow(NOON + slot * 300 + 20, { srcaddr: '10.9.9.8', dstaddr: '10.9.9.9', 'flow-direction': 'ingress' }),
);

it.each(CONVERSATION_CASES)('`why` sees that a server $title', async (planted) => {
  const folder = await tempFolder();
  const { fields = ALL_FIELDS, missingSlot, records } = planted;
  const keys = await writeLake(folder, [...EVERY_SLOT, ...records], { fields });
  if (missingSlot !== undefined) await rm(join(folder, keys[missingSlot] ?? ''));
  const { ask, close } = await openLake(folder, LONG_AFTER);
  const { headline, finding } = await ask(lineOfCase(planted));
  await close();
  expect(headline).toContain(planted.says);
  expect(finding.state).toBe(planted.state);
  expect(finding.certainty).toBe(planted.certainty);
});
