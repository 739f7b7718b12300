import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readConfig } from '../../../src/app/config.ts';
import { objectPlace } from '../../../src/core/flow-log/object-key.ts';
import { folderTime } from '../../../src/core/flow-log/slots.ts';
import type { FlowLog } from '../../../src/core/lake/flow-logs.ts';
import { folderAt, sourceRoot } from '../../../src/core/lake/log-source.ts';
import { findSources } from '../../../src/core/lake/source-book.ts';
import { readRequest } from '../../../src/core/operation/request.ts';
import { operations } from '../../../src/operations/index.ts';
import { aSource, LAYOUTS } from '../../support/a-source.ts';
import { givenSample } from '../../support/given-sample.ts';
import { lakeKey } from '../../support/lake-key.ts';
import { withFault } from '../../support/with-fault.ts';

const second = fc.integer({ min: Date.UTC(2015, 0, 1) / 1000, max: Date.UTC(2069, 0, 1) / 1000 });
const prefix = fc.constantFrom('', 'network', 'a/b', '2026', 'vpc-0a1b2c3d4e5f60718');

it.each(LAYOUTS)('the folders are those of AWS, and show their time: %o', (layout) => {
  fc.assert(
    fc.property(second, prefix, (seconds, before) => {
      const source = aSource('fl-0a');
      const placed = { ...source, place: { ...source.place, prefix: before, files: layout } };
      const folder = `${sourceRoot(placed)}${folderAt(layout, seconds)}`;
      const length = layout.hourly ? 3_600 : 86_400;
      const fromSeconds = Math.floor(seconds / length) * length;
      expect(folderTime(folder)).toEqual({ fromSeconds, toSeconds: fromSeconds + length });
      expect(objectPlace(`${folder}/`)).toEqual({ account: '123456789012', region: 'us-east-1' });
      const named = layout.hive
        ? layout.hourly
          ? 'hive-hourly'
          : 'hive'
        : layout.hourly
          ? 'hourly'
          : 'daily';
      const where = { account: source.account, region: source.region, flowLog: 'fl-0a', ending: 'log.gz' };
      const key = lakeKey(seconds, { layout: named, prefix: before, ...where });
      expect(key.slice(0, key.lastIndexOf('/'))).toBe(folder);
    }),
    { numRuns: 100 },
  );
});

const DOTTED = ['.', '..', 'a/..', 'a/../b', '../a', './a', 'a/./b', 'a/b/..'];
const PLAIN = ['', 'a', 'a.b', '..a', 'a..', 'a/...', 'a/.b', 'v1.2/x'];
const understand = (prefix: string) =>
  readRequest(`setup vpc-0a1b2c3d4e5f60718 prefix=${prefix}`, {
    catalog: operations,
    now: new Date('2026-11-24T00:00:00Z'),
    zone: 'UTC',
    longestWindowSeconds: 3_600,
  });
const configured = (prefix: string) =>
  readConfig(
    {},
    `sources:\n  - { name: a, account: "111111111111", region: eu-west-1, bucket: b-1, prefix: "${prefix}" }\n`,
  );

describe.each(DOTTED)('the prefix %s', (prefix) => {
  it('is no place of a flow log', () => {
    const source = aSource();
    expect(() => sourceRoot({ ...source, place: { ...source.place, prefix } })).toThrow(
      'has a folder named `.` or `..`',
    );
  });

  it('is refused where it is typed and where it is configured', () => {
    expect(() => understand(prefix)).toThrow('without folders named . or ..');
    expect(() => configured(prefix)).toThrow('has a folder named `.` or `..`');
    expect(() => readConfig({ FLOWLOG_ATHENA_RESULTS: `s3://bucket/${prefix}/` })).toThrow(
      'has a folder named `.` or `..`',
    );
  });

  it('of a flow log in AWS is reported, and the others are read', async () => {
    const given = await givenSample({
      around: (cloud) =>
        withFault(cloud, {
          flowLogs: (real) => ({
            async describe(...asked): Promise<readonly FlowLog[]> {
              const all = await real.describe(...asked);
              const odd = all.map((each) =>
                each.destination.kind === 's3'
                  ? { ...each, id: 'fl-0dd', destination: { ...each.destination, prefix } }
                  : each,
              );
              return [...all, ...odd];
            },
          }),
        }),
    });
    const { sources, others } = await findSources(given.cloud, new AbortController().signal);
    expect(sources.map(({ name }) => name)).not.toContain('fl-0dd');
    expect(sources.length).toBeGreaterThan(0);
    expect(others.join()).toContain('has a folder named `.` or `..`');
  });
});

it.each(PLAIN)('the prefix %j is a place like any other', (prefix) => {
  const source = aSource();
  expect(sourceRoot({ ...source, place: { ...source.place, prefix } })).toContain('AWSLogs/');
  expect(configured(prefix).sources[0]?.place.prefix).toBe(prefix);
});

it('a prefix that may be typed is unchanged when it is resolved as a path', () => {
  const typed = fc.string({ unit: fc.constantFrom('a', '.', '/', '-', '1'), minLength: 1, maxLength: 8 });
  fc.assert(
    fc.property(typed, (prefix) => {
      const read = (() => {
        try {
          return understand(prefix);
        } catch {
          return undefined;
        }
      })();
      if (read === undefined || !('args' in read)) return;
      expect(new URL(`https://s3.example/${String(read.args.prefix)}/`).pathname).toBe(`/${prefix}/`);
    }),
    { numRuns: 500 },
  );
});
