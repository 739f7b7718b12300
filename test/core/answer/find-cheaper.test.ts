import { describe, expect, it } from 'vitest';
import { TooCostly } from '../../../src/core/answer/budget.ts';
import { DEFAULT_PRICES } from '../../../src/core/answer/cost.ts';
import { createCloudSources } from '../../../src/core/lake/cloud-sources.ts';
import type { S3Source } from '../../../src/core/lake/log-source.ts';
import { onlyThroughTables } from '../../../src/core/lake/read-direct.ts';
import { createReadTables } from '../../../src/core/lake/read-tables.ts';
import type { Sources } from '../../../src/core/lake/sources.ts';
import { inFolder, lakeOfSource } from '../../../src/playground/aws/cloud/read-folders.ts';
import { BUILT_IN, ENI, type GivenSample, givenSample } from '../../support/given-sample.ts';
import { silentAthena } from '../../support/silent-athena.ts';

const LARGER = 20_000_000;

/** The sample with files so large that questions are dear, read through tables. */
function dearSources({ cloud, book, folder, now }: GivenSample): Sources {
  const lakeOf = (source: S3Source) => {
    const lake = lakeOfSource(folder, source);
    return {
      ...lake,
      during: async (...how: Parameters<typeof lake.during>) =>
        (await lake.during(...how)).map((object) => ({ ...object, bytes: object.bytes * LARGER })),
    };
  };
  return createCloudSources({
    cloud,
    book,
    read: onlyThroughTables(createReadTables({ tables: cloud.tables, database: 'flowlog', lakeOf, now })),
    storedRangeOf: (source, signal) => lakeOf(inFolder(source)).storedRange(signal),
  });
}

/** How a question is refused, asked of flow logs with a table each. */
async function refused(given: GivenSample, line: string, sources = dearSources(given)): Promise<TooCostly> {
  const { ask } = silentAthena(sources, given.now, DEFAULT_PRICES);
  const error = await ask(line).catch((caught: unknown) => caught);
  if (error instanceof TooCostly) return error;
  throw new RangeError(`${line} was answered`);
}

/** A flow log of the whole VPC in days, and one of an interface in hours. */
async function givenTwo() {
  const given = await givenSample();
  await given.done(`setup ${ENI} files=text`);
  await given.pass(100);
  const names = (await given.state()).flowLogs.map(({ id }) => id);
  for (const name of [BUILT_IN, ...names]) await given.done(`table ${name}`);
  return { given, ofInterface: names[0] ?? '' };
}

describe('a question that is too expensive', () => {
  it('of one flow log gets a shorter window, and no line that would cost the same', async () => {
    const given = await givenSample();
    await given.done(`table ${BUILT_IN}`);
    const { offers, hint } = await refused(given, 'rejected last 1h');
    expect(offers.map(({ label }) => label)).toEqual([
      expect.stringMatching(/^Spend up to/),
      expect.stringMatching(/^Only the last 10m: about \$/),
    ]);
    expect(hint).toMatch(/ one interface alone would cost the same: Athena reads whole files\.$/);
  });

  it('of two gets those that are cheaper, with their prices, and each is what it says', async () => {
    const { given, ofInterface } = await givenTwo();
    // What the sample wrote before the second flow log was created is in the first alone.
    const { offers, hint } = await refused(given, 'rejected last 2h');
    const labels = offers.slice(1).map(({ label }) => label.replace(/about \$[\d.]+$/, 'about $'));
    expect(labels.toSorted()).toEqual([
      `Only ${ofInterface}: about $`,
      `Only ${BUILT_IN}: about $`,
      'Only the last 20m: about $',
    ]);
    expect(hint).not.toContain('interface');
    const { ask } = silentAthena(dearSources(given), given.now, DEFAULT_PRICES);
    for (const { label, line } of offers.slice(1)) {
      const expected: number[] = [];
      await ask(line.replace(' since', ' spend=100 since'), ({ dollars }) => void expected.push(dollars));
      expect(label).toContain(`about $${expected[0]?.toFixed(2)}`);
    }
  });

  it('is refused all the same where nothing else can be weighed', async () => {
    const { given } = await givenTwo();
    const sources = dearSources(given);
    let asked = 0;
    const once: Sources = {
      ...sources,
      scanFor: (...how) => {
        asked += 1;
        return asked === 1 ? sources.scanFor(...how) : Promise.reject(new Error('no network'));
      },
    };
    const { offers, message } = await refused(given, 'rejected last 1h', once);
    expect(message).toContain('and a question may cost $1.00.');
    expect(offers).toHaveLength(1);
    expect(asked).toBeGreaterThan(3);
  });
});
