import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { ALL_FIELDS, CONVERSATION_CASES, EVERY_SLOT, lineOfCase } from '../support/conversation-cases.ts';
import { openLake } from '../support/open-lake.ts';
import { LONG_AFTER, tempFolder } from '../support/open-local-lake.ts';
import { writeLake } from '../support/write-lake.ts';

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
