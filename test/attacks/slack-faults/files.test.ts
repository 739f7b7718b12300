import { describe, expect, it } from 'vitest';
import type { GivenSlack } from '../../slack/given-slack.ts';
import {
  type Column,
  expectShown,
  givenHurried,
  INCIDENT,
  LOST,
  PASSING,
  REFUSED,
  shown,
} from './fault-table.ts';

const ROWS = expect.stringMatching(/^All 200 rows of/);

/** Asks for all rows of a long answer, while calls of one method meet a fault. */
async function askForRows(method: string, [, fault, times]: Column): Promise<GivenSlack> {
  const given = await givenHurried();
  const { playground, script } = given;
  const text = '/flowlog to 10.0.1.5 last 1h';
  script.next({ rows: 200 });
  await playground.type({ person: 'ana', channel: INCIDENT, text });
  await expectShown(given, ['headline', 'answer']);
  script.next({ rows: 200 });
  playground.faults.next(method, fault, times);
  await playground.click({ person: 'ana', channel: INCIDENT, actionId: 'rows' });
  return given;
}

describe.each(['files.getUploadURLExternal', 'upload', 'files.completeUploadExternal'])('%s', (method) => {
  it.each([...PASSING, ...LOST])('with %s: the file is there once', async (...column) => {
    const given = await askForRows(method, column);
    await expectShown(given, ['headline', 'answer', ROWS, 'file']);
  });

  it.each(REFUSED)('with %s: the thread says that the file could not be attached', async (...column) => {
    const given = await askForRows(method, column);
    await expect
      .poll(() => shown(given).at(-1))
      .toMatch(/^The CSV with all 200 rows could not be attached: .+ Ask for less, or try again\.$/);
    await expectShown(given, ['headline', 'answer', ROWS, expect.anything()]);
  });
});
