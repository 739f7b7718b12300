import { describe, expect, it } from 'vitest';
import { isOfOtherService, objectPlace } from '../../../src/core/flow-log/object-key.ts';
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

  it('reads what the path does not say from the name that AWS gave the file', () => {
    const place = { account: '012345678901', region: 'ap-southeast-2' };
    const name = lakeKey(0, OPTIONS).split('/').at(-1) ?? '';
    expect(objectPlace(name)).toEqual(place);
    expect(objectPlace(`backup/2024/Copy of ${name}`)).toEqual(place);
  });

  it('takes what is above AWSLogs for a prefix', () => {
    const prefix = '999999999999/vpcflowlogs/us-east-1/2024';
    expect(objectPlace(lakeKey(0, { ...OPTIONS, prefix }))).toMatchObject({ account: '012345678901' });
  });
});

describe('isOfOtherService', () => {
  it.each([
    'AWSLogs/012345678901/CloudTrail',
    'AWSLogs/012345678901/CloudTrail-Digest/us-east-1/2024/12/31/x.json.gz',
    'AWSLogs/o-a1b2c3d4e5/012345678901/CloudTrail/us-east-1',
    'a/b/AWSLogs/012345678901/Config/us-east-1/2024/1/2/ConfigHistory/x.json.gz',
    '012345678901/elasticloadbalancing/eu-west-1/2024/12/31/x.log.gz',
    'AWSLogs/aws-account-id=012345678901/aws-service=vpcdnsquerylogs/aws-region=eu-west-1',
    'backup/012345678901_CloudTrail_us-east-1_20241231T2310Z_Pvt.json.gz',
    'AWSLogs/012345678901/WAFLogs/us-east-1/acl/2024/12/31/23/10/x.log.gz',
  ])('is true of %s', (key) => {
    expect(isOfOtherService(key)).toBe(true);
  });

  it.each([
    '',
    'AWSLogs/012345678901',
    'AWSLogs/012345678901/backup/x.log.gz',
    'AWSLogs/012345678901/vpcflowlogs/us-east-1/2024/12/31/x.log.gz',
    'AWSLogs/012345678901/vpcflowlogs/us-east-1/012345678901_CloudTrail_us-east-1_20241231T2310Z_P.json.gz',
    'AWSLogs/aws-account-id=012345678901/aws-service=vpcflowlogs/aws-region=eu-west-1',
    '012345678901/CloudTrail/AWSLogs/012345678901/vpcflowlogs/us-east-1',
    '012345678901_vpcflowlogs_us-east-1_fl-0a_20241231T2310Z_0a.log.gz',
    '012345678901_backup_1.log.gz',
  ])('is false of %s', (key) => {
    expect(isOfOtherService(key)).toBe(false);
  });
});
