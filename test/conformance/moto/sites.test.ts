import { expect, inject, it } from 'vitest';
import { REGION, signal } from '../../aws/given-aws.ts';
import { judgedAws } from '../judged-aws.ts';

it('the sites are the own account in every region that it has enabled', async () => {
  const { cloud } = await judgedAws(inject('moto'), { accounts: [{ role: undefined, regions: undefined }] });
  const sites = await cloud.sites(signal);
  expect(new Set(sites.map(({ account }) => account))).toEqual(new Set(['123456789012']));
  expect(sites[0]?.region).toBe(REGION);
  expect(sites.length).toBeGreaterThan(10);
  expect(await cloud.tables.home(signal)).toEqual({ account: '123456789012', region: REGION });
});

it('another account is reached through a role, and its flow logs are kept apart from ours', async () => {
  const role = { arn: 'arn:aws:iam::222222222222:role/flowlog', externalId: 'unguessable' };
  const { cloud } = await judgedAws(inject('moto'), {
    accounts: [
      { role: undefined, regions: [REGION] },
      { role, regions: [REGION] },
    ],
  });
  const sites = await cloud.sites(signal);
  expect(sites.map(({ account }) => account)).toEqual(['123456789012', '222222222222']);
  expect(await sites[1]?.flowLogs.describe({}, signal)).toEqual([]);
});
