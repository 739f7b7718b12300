import { expect, it } from 'vitest';
import { nameJob } from '../../src/app/jobs.ts';
import { CloudError } from '../../src/core/lake/cloud.ts';
import type { LoggedSite } from '../../src/core/lake/scan.ts';
import { aSource } from '../support/a-source.ts';

const NOW = new Date('2026-03-05T12:00:00Z');
const { signal } = new AbortController();
const NOTHING = { logGroups: [], others: [], problems: [], foundAt: NOW };

/** The job over some sources, with what it did. */
function given(found: () => Promise<readonly ReturnType<typeof aSource>[]>) {
  const noted: (readonly LoggedSite[])[] = [];
  const swept: Date[] = [];
  const job = nameJob(
    {
      book: { found: async () => ({ ...NOTHING, sources: await found() }) },
      names: { noteAll: async (sites) => void noted.push(sites) },
      history: {
        async sweep(before) {
          swept.push(before);
          return 0;
        },
      },
    },
    { nameDays: 90, now: () => NOW },
  );
  return { job, noted, swept };
}

it('the names of every region with flow logs are written down, and those of 90 days ago forgotten', async () => {
  const { job, noted, swept } = given(async () => [
    aSource('fl-1'),
    aSource('fl-2', { region: 'eu-west-1' }),
  ]);
  await job.run(signal);
  expect(noted).toEqual([
    [
      { account: '123456789012', region: 'us-east-1' },
      { account: '123456789012', region: 'eu-west-1' },
    ],
  ]);
  expect(swept).toEqual([new Date('2025-12-05T12:00:00Z')]);
});

it('an AWS that does not answer is no failure of the job that writes names down', async () => {
  const fault = { call: 'ec2:DescribeFlowLogs', fault: 'RequestExpired', message: 'expired' };
  await given(() => Promise.reject(new CloudError('expired', fault))).job.run(signal);
  await expect(given(() => Promise.reject(new Error('broken'))).job.run(signal)).rejects.toThrow('broken');
});
