import fc from 'fast-check';
import { expect, it } from 'vitest';
import { objectPlace } from '../../../src/core/flow-log/object-key.ts';
import { folderTime } from '../../../src/core/flow-log/slots.ts';
import { folderAt, sourceRoot } from '../../../src/core/lake/log-source.ts';
import { aSource, LAYOUTS } from '../../support/a-source.ts';
import { lakeKey } from '../../support/lake-key.ts';

const second = fc.integer({ min: Date.UTC(2015, 0, 1) / 1000, max: Date.UTC(2069, 0, 1) / 1000 });
const prefix = fc.constantFrom('', 'network', 'a/b', '2026', 'vpc-0a1b2c3d4e5f60718');

it.each(LAYOUTS)('puts files where AWS does, and reads the time back from the folder: %o', (layout) => {
  fc.assert(
    fc.property(second, prefix, (seconds, before) => {
      const source = aSource('fl-0a');
      const placed = { ...source, files: { ...source.files, prefix: before, files: layout } };
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
