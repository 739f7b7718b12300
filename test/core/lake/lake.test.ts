import { describe, expect, it } from 'vitest';
import { lakeOver, type OpenFolder } from '../../../src/core/lake/lake.ts';

const { signal } = new AbortController();
const seconds = (iso: string) => Date.parse(iso) / 1000;
const DAY = { fromSeconds: seconds('2026-03-05T00:00Z'), toSeconds: seconds('2026-03-06T00:00Z') };

/** Lists the folders of these keys, and notes which were opened. */
function folderOf(keys: readonly string[]) {
  const opened: string[] = [];
  const open: OpenFolder = async (path) => {
    opened.push(path);
    const below = keys.filter((key) => path === '' || key.startsWith(`${path}/`));
    const rests = below.map((key) => key.slice(path === '' ? 0 : path.length + 1).split('/'));
    const firsts = (amount: (parts: number) => boolean) =>
      [...new Set(rests.filter(({ length }) => amount(length)).map(([first = '']) => first))].toSorted();
    return { files: firsts((n) => n === 1), folders: firsts((n) => n > 1), lookAt: () => ({ bytes: 1 }) };
  };
  return { open, opened };
}

const name = (stamp: string) => `012345678901_vpcflowlogs_eu-west-1_fl-0a_${stamp}Z_0a.log.gz`;
const FLOW_LOG = `AWSLogs/012345678901/vpcflowlogs/eu-west-1/2026/03/05/${name('20260305T1200')}`;

describe('a lake below prefixes that look like times', () => {
  const keys = ['2024', '2023/01/05', '2023/01/05/06', 'year=2021/month=02', 'x/2020/12/31']
    .map((prefix) => `${prefix}/${FLOW_LOG}`)
    .toSorted();

  it('is opened whatever they say', async () => {
    const { open } = folderOf(keys);
    const found = await lakeOver(open, '').during(DAY, signal);
    expect(found.map(({ key }) => key).toSorted()).toEqual(keys);
  });

  it('opens what lies in such a folder without any of AWS’s', async () => {
    const key = `2023/01/05/${name('20260305T1200')}`;
    const { open } = folderOf([key]);
    expect(await lakeOver(open, '').during(DAY, signal)).toMatchObject([{ key }]);
  });
});

describe('files of other services in the same tree', () => {
  const others = [
    'AWSLogs/012345678901/CloudTrail/eu-west-1/2026/03/05/012345678901_CloudTrail_eu-west-1_20260305T1200Z_P.json.gz',
    'AWSLogs/012345678901/CloudTrail/eu-west-1/2027/03/05/012345678901_CloudTrail_eu-west-1_20270305T1200Z_P.json.gz',
    'AWSLogs/012345678901/Config/eu-west-1/2026/3/5/ConfigHistory/012345678901_Config_eu-west-1_ConfigHistory_x_20260305T010203Z_1.json.gz',
    'AWSLogs/o-a1b2c3d4e5/012345678901/CloudTrail-Digest/eu-west-1/2026/03/05/x.json.gz',
    'lost/012345678901_elasticloadbalancing_eu-west-1_app.x_20280305T1200Z_10.0.0.1_0a.log.gz',
  ];

  it('are not listed, and their times are none of the lake', async () => {
    const { open } = folderOf([FLOW_LOG, ...others]);
    const lake = lakeOver(open, '');
    expect((await lake.during(DAY, signal)).map(({ key }) => key)).toEqual([FLOW_LOG]);
    const slot = { fromSeconds: seconds('2026-03-05T12:00Z'), toSeconds: seconds('2026-03-05T12:05Z') };
    expect(await lake.storedRange(signal)).toEqual(slot);
  });

  it('are not even looked for in their folders', async () => {
    const { open, opened } = folderOf([FLOW_LOG, ...others]);
    await lakeOver(open, '').during(DAY, signal);
    expect(opened.filter((path) => /CloudTrail|Config/.test(path))).toEqual([]);
  });

  it('are listed where flow logs are delivered: there they are out of place', async () => {
    const key =
      'AWSLogs/012345678901/vpcflowlogs/eu-west-1/2026/03/05/012345678901_CloudTrail_eu-west-1_x.json.gz';
    expect(await lakeOver(folderOf([key]).open, '').during(DAY, signal)).toMatchObject([{ key }]);
  });
});
