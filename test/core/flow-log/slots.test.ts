import { describe, expect, it } from 'vitest';
import {
  flowLogOf,
  folderTime,
  knownSlot,
  nameTimeSeconds,
  slotsInFolder,
} from '../../../src/core/flow-log/slots.ts';

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
    expect(nameTimeSeconds('x_20241314T1625Z_d4b989b9.log.gz')).toBeUndefined();
    expect(nameTimeSeconds('x_20240230T1625Z_d4b989b9.log.gz')).toBeUndefined();
    expect(nameTimeSeconds('x_20241214T1699Z_d4b989b9.log.gz')).toBeUndefined();
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
    ['012345678901/vpcflowlogs/us-east-1/2024/12/31/23', HOUR],
    ['vpcflowlogs/us-east-1/2024/12/31/backup', DAY],
    ['aws-region=us-east-1/year=2024/month=12/day=31/hour=23', HOUR],
    ['2023/11/30/AWSLogs/012345678901/vpcflowlogs/us-east-1/2024/12/31', DAY],
    ['year=2023/month=11/AWSLogs/012345678901/vpcflowlogs/us-east-1/2024/12', MONTH],
    ['AWSLogs/012345678901/vpcflowlogs/us-east-1/2024/12/32', MONTH],
    ['AWSLogs/012345678901/vpcflowlogs/us-east-1/2024/13', YEAR],
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
    '2024/12/31',
    'us-east-1/2024/12/31/23',
    'year=2024/month=12/day=31/hour=23',
    'archive/year=2023/month=11/day=30/AWSLogs',
    'AWSLogs/012345678901/CloudTrail/us-east-1/2024/12/31',
    'AWSLogs/012345678901/vpcflowlogs/2024/12/31',
    'AWSLogs/012345678901/vpcflowlogs/us-east-1/0024',
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

  it('gives the last one five minutes where its folder has no time', () => {
    expect([...slotsInFolder([at('10:00')], undefined).values()]).toEqual([
      slot('2024-12-31T10:00Z', '2024-12-31T10:05Z'),
    ]);
  });

  it('lets files named on the hour reach to the next of them where a few others lie between', () => {
    const names = ['10:00', '11:00', '11:35', '12:00', '13:00'].map(at);
    expect([...slotsInFolder(names, HOUR).values()]).toEqual([
      slot('2024-12-31T10:00Z', '2024-12-31T11:00Z'),
      slot('2024-12-31T11:00Z', '2024-12-31T12:00Z'),
      slot('2024-12-31T11:35Z', '2024-12-31T11:40Z'),
      slot('2024-12-31T12:00Z', '2024-12-31T13:00Z'),
      slot('2024-12-31T13:00Z', '2025-01-01T00:00Z'),
    ]);
  });
});

describe('knownSlot', () => {
  const chosen = slot('2024-12-31T10:00Z', '2024-12-31T14:00Z');
  const ends = (to: string) => slot('2024-12-31T10:00:07Z', `2024-12-31T${to}Z`);
  const known = (to: string, hourly = false) => knownSlot(chosen, { ends: ends(to), hourly }).toSeconds;
  const at = (iso: string) => seconds(`2024-12-31T${iso}Z`);

  it('is five minutes where no record ended later, or nothing is known of its records', () => {
    expect(known('10:05')).toBe(at('10:05'));
    expect(knownSlot(chosen, { ends: undefined, hourly: false }).toSeconds).toBe(at('10:05'));
  });

  it('is an hour where records fill more than five minutes, or other files of its flow log do', () => {
    expect(known('10:05:01')).toBe(at('11:00'));
    expect(known('10:59')).toBe(at('11:00'));
    expect(known('10:02', true)).toBe(at('11:00'));
    expect(knownSlot(chosen, { ends: undefined, hourly: true }).toSeconds).toBe(at('11:00'));
  });

  it('does not reach into the next hour for records that ended a little late', () => {
    expect(known('11:10')).toBe(at('11:00'));
    expect(known('11:10:01')).toBe(at('12:00'));
  });

  it('is as many hours as the records fill, and never more than the file was chosen for', () => {
    expect(known('13:55')).toBe(at('14:00'));
    expect(known('19:00')).toBe(at('14:00'));
  });

  it('is that of the name where that has an odd minute', () => {
    const odd = slot('2024-12-31T10:05Z', '2024-12-31T10:10Z');
    expect(knownSlot(odd, { ends: slot('2024-12-31T10:05Z', '2024-12-31T12:00Z'), hourly: true })).toEqual(
      odd,
    );
  });
});
