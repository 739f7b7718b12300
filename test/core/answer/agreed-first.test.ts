import { expect, it } from 'vitest';
import { TooCostly } from '../../../src/core/answer/budget.ts';
import { createCloudSources } from '../../../src/core/lake/cloud-sources.ts';
import { onlyThroughTables } from '../../../src/core/lake/read-direct.ts';
import { createReadTables } from '../../../src/core/lake/read-tables.ts';
import { lakeOfSource } from '../../../src/playground/aws/cloud/read-folders.ts';
import { BUILT_IN, givenSample } from '../../support/given-sample.ts';
import { silentAthena } from '../../support/silent-athena.ts';

/** The sample with a table whose partitions must be added, asked through an Athena that is dear. */
async function givenDear() {
  const given = await givenSample();
  await given.done(`table ${BUILT_IN} mode=partitions`);
  const { cloud, book, folder, now } = given;
  const lakeOf = (source: Parameters<typeof lakeOfSource>[1]) => lakeOfSource(folder, source);
  const read = onlyThroughTables(
    createReadTables({ tables: cloud.tables, database: 'flowlog', lakeOf, now }),
  );
  const athena = silentAthena(createCloudSources({ cloud, book, read }), now);
  const partitions = async () => (await given.state()).tables[0]?.partitions.length;
  return { athena, partitions };
}

it('a question over the limit changes nothing, and runs nothing', async () => {
  const { athena, partitions } = await givenDear();
  await expect(athena.ask('rejected last 1h')).rejects.toThrow(TooCostly);
  expect(await partitions()).toBe(0);
  expect(athena.ran).toEqual([]);
});

it('once the cost is allowed, the scan is shown, its partitions are added, and the question is answered', async () => {
  const { athena, partitions } = await givenDear();
  const before: Promise<number | undefined>[] = [];
  const line = 'rejected last 1h spend=5';
  const { cost } = await athena.ask(line, () => void before.push(partitions()));
  expect(await Promise.all(before)).toEqual([0]);
  expect(await partitions()).toBe(1);
  expect(athena.ran).toEqual([line]);
  expect(cost.dollars).toBe(5);
});
