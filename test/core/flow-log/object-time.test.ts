import { describe, expect, it } from 'vitest';
import {
  flowLogOf,
  folderTime,
  nameTimeSeconds,
  slotsInFolder,
} from '../../../src/core/flow-log/object-time.ts';

const seconds = (iso: string) => Date.parse(iso) / 1000;
const slot = (from: string, to: string) => ({ fromSeconds: seconds(from), toSeconds: seconds(to) });
const YEAR = slot('2024-01-01T00:00Z', '2025-01-01T00:00Z');
const MONTH = slot('2024-12-01T00:00Z', '2025-01-01T00:00Z');
const DAY = slot('2024-12-31T00:00Z', '2025-01-01T00:00Z');
const HOUR = slot('2024-12-31T23:00Z', '2025-01-01T00:00Z');

describe('nameTimeSeconds', () => {
  it('reads the instant in a name, whatever the folders say', () => {
    const key = 'x_20200101T0000Z_y/0123_vpcflowlogs_us-east-1_fl-0a_20241214T1625Z_d4b989b9.log.gz';
    expect(nameTimeSeconds(key)).toBe(seconds('2024-12-14T16:25Z'));
    expect(flowLogOf(key)).toBe('0123_vpcflowlogs_us-east-1_fl-0a');
  });

  it('is undefined for other names', () => {
    expect(nameTimeSeconds('000000.gz')).toBeUndefined();
    expect(nameTimeSeconds('20241214T1625Z.log.gz')).toBeUndefined();
  });
});

describe('folderTime', () => {
  it.each([
    ['AWSLogs/012345678901/vpcflowlogs/us-east-1/2024', YEAR],
    ['AWSLogs/012345678901/vpcflowlogs/us-east-1/2024/12', MONTH],
    ['AWSLogs/012345678901/vpcflowlogs/us-east-1/2024/12/31', DAY],
    ['AWSLogs/012345678901/vpcflowlogs/us-east-1/2024/12/31/23', HOUR],
    ['AWSLogs/o-a1b2/012345678901/vpcflowlogs/us-east-1/2024/12/31/23', HOUR],
    ['AWSLogs/aws-account-id=1/aws-service=vpcflowlogs/aws-region=us-east-1/year=2024', YEAR],
    ['AWSLogs/aws-account-id=1/aws-service=vpcflowlogs/aws-region=us-east-1/year=2024/month=12/day=31', DAY],
    ['year=2024/month=12/day=31/hour=23', HOUR],
    ['2024/12/31', DAY],
    ['us-east-1/2024/12/31/23', HOUR],
    ['2023/11/30/AWSLogs/012345678901/vpcflowlogs/us-east-1/2024/12/31', DAY],
  ])('knows the time of %s', (path, time) => {
    expect(folderTime(path)).toEqual(time);
  });

  it.each([
    '',
    'AWSLogs',
    'AWSLogs/012345678901/vpcflowlogs/us-east-1',
    'AWSLogs/aws-account-id=012345678901/aws-service=vpcflowlogs/aws-region=us-east-1',
    '2023',
    '2023/11',
    'archive/2023',
    '2023/11/30/AWSLogs',
    '2023/11/30/AWSLogs/012345678901/vpcflowlogs/us-east-1',
  ])('says nothing about "%s"', (path) => {
    expect(folderTime(path)).toBeUndefined();
  });
});

describe('slotsInFolder', () => {
  const at = (iso: string) => seconds(`2024-12-31T${iso}Z`);

  it('gives five minutes to files of which one has an odd minute', () => {
    expect([...slotsInFolder([at('10:05'), at('10:00')], HOUR).values()]).toEqual([
      slot('2024-12-31T10:00Z', '2024-12-31T10:05Z'),
      slot('2024-12-31T10:05Z', '2024-12-31T10:10Z'),
    ]);
  });

  it('lets files named on the hour reach to the next one, the last to the end of its folder', () => {
    expect([...slotsInFolder([at('10:00'), at('11:00')], DAY).values()]).toEqual([
      slot('2024-12-31T10:00Z', '2024-12-31T11:00Z'),
      slot('2024-12-31T11:00Z', '2025-01-01T00:00Z'),
    ]);
  });

  it('gives the last one five minutes where its folder tells no time', () => {
    expect([...slotsInFolder([at('10:00')], undefined).values()]).toEqual([
      slot('2024-12-31T10:00Z', '2024-12-31T10:05Z'),
    ]);
  });
});
