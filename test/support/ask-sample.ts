import { onTestFinished } from 'vitest';
import { openSample } from '../../src/app/open-sample.ts';
import type { Answer } from '../../src/core/answer/answer.ts';
import { createAsk } from '../../src/core/answer/ask.ts';
import { DEFAULT_PRICES } from '../../src/core/answer/cost.ts';
import type { Cloud } from '../../src/core/lake/cloud.ts';
import { createIdentityLookup, type IdentityParts } from '../../src/core/lake/identity-lookup.ts';
import { createInterfacesByName } from '../../src/core/lake/interfaces-by-name.ts';
import { createNameBook } from '../../src/core/lake/name-book.ts';
import { readRequest } from '../../src/core/operation/request.ts';
import { createNameResolver } from '../../src/core/operation/resolve-names.ts';
import { ENTRIES, givenSample, newId } from './given-sample.ts';
import { tempFolder } from './open-local-lake.ts';

/** How what is known of addresses differs from the sample's. */
export interface AskedSample extends Omit<IdentityParts, 'cloud'> {
  /** What is put around the cloud of which the address is asked. */
  readonly around?: (cloud: Cloud) => Cloud;
}

/** Asks the sample network, as the playground does, also what an address is. */
export async function askingSample({ around = (cloud) => cloud, ...parts }: AskedSample = {}) {
  const { folder, now } = await givenSample();
  const sample = await openSample({
    lakeFolder: folder,
    spillFolder: await tempFolder('spill'),
    memoryLimitMb: 256,
    threads: 1,
    now,
    elapsedMs: () => 0,
    newId,
  });
  onTestFinished(() => sample.close());
  const cloud = around(sample.cloud);
  const ask = createAsk({
    sources: sample.sources,
    engine: sample.engine,
    names: createNameBook({ cloud: sample.cloud, now, pause: () => new Promise(() => {}) }),
    identify: createIdentityLookup({ cloud, ...parts }),
    prices: DEFAULT_PRICES,
    longestWindowSeconds: 604_800,
    now,
  });
  const resolve = createNameResolver(createInterfacesByName({ sites: sample.cloud.sites, now }));
  const { signal } = new AbortController();
  return async (line: string): Promise<Answer> => {
    const context = { catalog: ENTRIES, now: now(), zone: 'UTC', longestWindowSeconds: 604_800 };
    const understood = readRequest(line, context);
    if (!('query' in understood)) throw new RangeError(`${line} is no question`);
    return ask(await resolve(understood, signal), { signal });
  };
}

/** The facts of an answer by their labels, as plain text with instants left out. */
export function factsOf({ finding: { facts = [] } }: Answer): Readonly<Record<string, string>> {
  return Object.fromEntries(
    facts.map(({ label, value }) => [
      label,
      value
        .map((part) => {
          if (typeof part === 'string') return part;
          if ('at' in part) return part.at.toISOString();
          return 'address' in part ? part.address : part.networkInterface;
        })
        .join(''),
    ]),
  );
}
