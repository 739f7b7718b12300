import { expect, it, onTestFinished } from 'vitest';
import { openSample } from '../../src/app/open-sample.ts';
import { createAsk } from '../../src/core/answer/ask.ts';
import { DEFAULT_PRICES } from '../../src/core/answer/cost.ts';
import { readRequest } from '../../src/core/operation/request.ts';
import { BUILT_IN, ENTRIES, givenSample, newId, SUBNET, VPC } from '../support/given-sample.ts';
import { tempFolder } from '../support/open-local-lake.ts';

const WEEK_SECONDS = 604_800;

/** The embedded engine over what was set up. */
async function asking(folder: string, now: () => Date) {
  const sample = await openSample({
    lakeFolder: folder,
    spillFolder: await tempFolder('spill'),
    memoryLimitMb: 256,
    threads: 2,
    now,
    elapsedMs: () => 0,
    newId,
  });
  onTestFinished(() => sample.close());
  const { sources, engine } = sample;
  const ask = createAsk({ sources, engine, prices: DEFAULT_PRICES, longestWindowSeconds: WEEK_SECONDS, now });
  return (line: string) => {
    const understood = readRequest(line, {
      catalog: ENTRIES,
      now: now(),
      zone: 'UTC',
      longestWindowSeconds: WEEK_SECONDS,
    });
    if (!('query' in understood)) throw new RangeError(`${line} is no question`);
    return ask(understood, { signal: new AbortController().signal });
  };
}

it('the lines that are offered set a flow log up, ask it, and tear it down with its files and table', async () => {
  const given = await givenSample();
  const setUp = await given.done(`setup ${SUBNET}`);
  const [table] = setUp.next;
  const made = await given.done(table?.line ?? '');
  await given.pass(10);
  const ask = await asking(given.folder, given.now);
  const answer = await ask(made.next[0]?.line ?? '');
  expect(answer.rows.length).toBeGreaterThan(0);
  expect(answer.coverage.sourceName).toMatch(new RegExp(`^fl-\\w+ on ${SUBNET}$`));

  const status = await given.say('status');
  expect(status.sections[0]?.table?.rows).toHaveLength(2);
  const id = (await given.state()).flowLogs[0]?.id;
  await given.done(`teardown ${id} table=drop files=delete`);
  const { sources } = await given.book.found(new AbortController().signal);
  expect(sources.map(({ name }) => name)).toEqual([BUILT_IN]);
  expect((await given.say(`status ${VPC}`)).headline).toBe(`1 flow log that records ${VPC} is delivering`);
});

it('two flow logs under one prefix are each asked for their own files', async () => {
  const given = await givenSample();
  await given.done(`setup ${SUBNET} prefix=network files=text`);
  await given.done('setup eni-0f10f10f10f10f001 prefix=network files=text');
  await given.pass(10);
  const ask = await asking(given.folder, given.now);
  for (const { id, resourceId } of (await given.state()).flowLogs) {
    const { coverage, statement } = await ask(`top-talkers in=${id} last 10m`);
    expect(coverage.sourceName).toBe(`${id} on ${resourceId}`);
    expect(statement.scan.objects.length).toBeGreaterThan(3);
    expect(statement.scan.objects.filter(({ key }) => !key.includes(id))).toEqual([]);
  }
});
