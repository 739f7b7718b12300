import { describe, expect, it } from 'vitest';
import { objectPlace } from '../../../src/core/flow-log/object-place.ts';
import { type KeyOptions, lakeKey } from '../../support/lake-key.ts';

const OPTIONS: KeyOptions = {
  layout: 'daily',
  prefix: '',
  account: '012345678901',
  region: 'ap-southeast-2',
  flowLog: 'fl-0a',
  ending: 'log.gz',
};

describe('objectPlace', () => {
  it.each(['daily', 'hourly', 'hive', 'hive-hourly'] as const)(
    'reads account and region from %s keys',
    (layout) => {
      const place = { account: '012345678901', region: 'ap-southeast-2' };
      expect(objectPlace(lakeKey(0, { ...OPTIONS, layout }))).toEqual(place);
      expect(objectPlace(lakeKey(0, { ...OPTIONS, layout, prefix: 'a/b' }))).toEqual(place);
    },
  );

  it.each(['us-gov-east-1', 'cn-northwest-1', 'il-central-1', 'us-iso-west-1'])(
    'knows the region %s',
    (region) => {
      expect(objectPlace(lakeKey(0, { ...OPTIONS, region })).region).toBe(region);
    },
  );

  it('says nothing where the key says nothing', () => {
    expect(objectPlace('exportedlogs/8f0c/eni-0a-all/000000.gz')).toEqual({
      account: undefined,
      region: undefined,
    });
  });
});
