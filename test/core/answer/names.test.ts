import { setTimeout as sleep } from 'node:timers/promises';
import fc from 'fast-check';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openSample } from '../../../src/app/open-sample.ts';
import type { Answer } from '../../../src/core/answer/answer.ts';
import { namedIn, withNames } from '../../../src/core/answer/answer-of.ts';
import { type AskOptions, createAsk } from '../../../src/core/answer/ask.ts';
import { DEFAULT_PRICES } from '../../../src/core/answer/cost.ts';
import { createNameBook } from '../../../src/core/lake/name-book.ts';
import { NO_NAMES } from '../../../src/core/lake/names.ts';
import { readRequest } from '../../../src/core/operation/request.ts';
import { HOSTS, POD_ADDRESS } from '../../../src/playground/aws/network.ts';
import { ENTRIES, givenSample, newId } from '../../support/given-sample.ts';
import { tempFolder } from '../../support/open-local-lake.ts';

/** Asks the sample network, as the playground does. */
async function asking(isNamed?: boolean, listed?: Promise<unknown>) {
  const { folder, now } = await givenSample();
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
  const cloud = {
    ...sample.cloud,
    sites: async (signal: AbortSignal) => {
      await listed;
      return sample.cloud.sites(signal);
    },
  };
  const pause = () => (listed === undefined ? new Promise<void>(() => {}) : sleep(100));
  const names = createNameBook({ cloud, now, pause });
  const { sources, engine } = sample;
  const parts = { sources, engine, names, prices: DEFAULT_PRICES, longestWindowSeconds: 604_800, now };
  const ask = createAsk({ ...parts, ...(isNamed !== undefined && { isNamed }) });
  return (line: string, options: Pick<AskOptions, 'onLateNames'> = {}) => {
    const context = { catalog: ENTRIES, now: now(), zone: 'UTC', longestWindowSeconds: 604_800 };
    const understood = readRequest(line, context);
    if (!('query' in understood)) throw new RangeError(`${line} is no question`);
    return ask(understood, { ...options, signal: new AbortController().signal });
  };
}

const OWN = Object.values(HOSTS);

/** What an answer shows without a name, of what the sample network has. */
function unnamed(answer: Answer): readonly string[] {
  const own = new Set(
    OWN.flatMap((host) => [
      host.interfaceId,
      host.address,
      ...host.secondaryAddresses,
      ...host.ipv6Addresses,
    ]),
  );
  return namedIn(answer).filter((of) => own.has(of) && !answer.names.has(of));
}

describe('an answer about the sample network', () => {
  it.each([
    'top-talkers last 30m',
    'rejected last 30m',
    'records last 10m',
    'timeline last 30m',
    'traffic 10.0.0.0/16 last 30m',
    `to ${HOSTS.db1.address} last 30m`,
    `from ${POD_ADDRESS} last 30m`,
    `between ${HOSTS.app2.address} ${HOSTS.db1.address} last 30m`,
    `ports ${HOSTS.albA.address} last 30m`,
    `why ${HOSTS.app1.address} ${HOSTS.db1.address}:5432 last 30m`,
  ])('has a name for each address and interface that it shows: %s', async (line) => {
    const answer = await (await asking())(line);
    expect(answer.rows.length).toBeGreaterThan(0);
    expect(unnamed(answer)).toEqual([]);
    if (namedIn(answer).includes(HOSTS.nat1.address))
      expect(answer.names.get(HOSTS.nat1.address)?.name).toBe('NAT gateway nat-1');
  });

  it('that could not wait for names has them later, once, and is the same otherwise', async () => {
    let list: (nothing?: unknown) => void = () => {};
    const listed = new Promise((resolve) => {
      list = resolve;
    });
    const late: Answer[] = [];
    const ask = await asking(undefined, listed);
    const answer = await ask('rejected last 30m', { onLateNames: (each) => late.push(each) });
    expect(unnamed(answer).length).toBeGreaterThan(0);
    expect(late).toEqual([]);
    list();
    await expect.poll(() => late).toHaveLength(1);
    const [named] = late;
    if (named === undefined) throw new Error('no names');
    expect(unnamed(named)).toEqual([]);
    expect(named.headline).toContain(`db-1 (${HOSTS.db1.address})`);
    expect({ ...named, names: answer.names, headline: answer.headline }).toEqual(answer);
    await sleep(200);
    expect(late).toHaveLength(1);
  });

  it('names in its sentence also those that no argument says', async () => {
    const { headline } = await (await asking())('rejected last 30m');
    expect(headline).toContain(`db-1 (${HOSTS.db1.address})`);
  });

  it.each([
    ['names=off', undefined, false],
    ['names=off', true, false],
    ['', false, false],
    ['names=on', false, true],
  ] as const)('with `%s` where names are %s by default is named: %s', async (option, usual, named) => {
    const ask = await asking(usual);
    const answer = await ask(`to ${HOSTS.db1.address} ${option} last 30m`);
    expect(answer.names.size > 0).toBe(named);
    expect(answer.headline.includes('db-1')).toBe(named);
    expect(answer.headline).not.toContain('names=');
  });
});

describe('names', () => {
  it('change nothing of what an answer says: rows, finding, cost and next steps stay', async () => {
    const answer = await (await asking())('rejected last 30m');
    const name = fc.record({
      name: fc.string(),
      from: fc.constant('EC2' as const),
      since: fc.option(fc.date({ noInvalidDate: true }), { nil: undefined }),
    });
    const bare = withNames(answer, NO_NAMES);
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.constantFrom(...namedIn(answer)), name)), (given) => {
        const names = new Map(given);
        const { names: held, headline, ...rest } = withNames(answer, names);
        const { names: _, headline: __, ...others } = bare;
        expect(rest).toEqual(others);
        expect(held).toBe(names);
        for (const part of answer.finding.sentence)
          if (typeof part !== 'string' && 'address' in part) expect(headline).toContain(part.address);
      }),
    );
  });

  it('are looked for first for the sentence, then row by row, each once', async () => {
    const answer = await (await asking())('rejected last 30m');
    const [first, second] = answer.finding.sentence.flatMap((part) =>
      typeof part !== 'string' && 'address' in part ? part.address : [],
    );
    const wanted = namedIn(answer);
    expect(wanted.slice(0, 2)).toEqual([first, second]);
    expect(new Set(wanted).size).toBe(wanted.length);
    expect(wanted).not.toContain('-');
  });
});
