import { expect, it } from 'vitest';
import { createCloudSources } from '../../../src/core/lake/cloud-sources.ts';
import type { S3Source } from '../../../src/core/lake/log-source.ts';
import { createSourceBook } from '../../../src/core/lake/source-book.ts';
import { ec2, ec2Fault, script } from '../../fakes/aws/answers.ts';
import type { AwsCall } from '../../fakes/aws/fake-aws.ts';
import { afterNoon } from '../../support/flow.ts';
import { givenAws, signal } from '../given-aws.ts';

const REGIONS = ['eu-central-1', 'eu-west-1'];
const EXPIRED = ec2Fault('RequestExpired', 'Request has expired.');
const NONE = ec2({ flowLogSet: [] });

/** A book over two regions, of which some do not answer. */
async function bookWhere(silent: readonly string[], configured: readonly S3Source[] = []) {
  const usual = script({ DescribeFlowLogs: [NONE] });
  const answer = (call: AwsCall) =>
    call.action === 'DescribeFlowLogs' && silent.some((each) => call.headers.authorization?.includes(each))
      ? EXPIRED
      : usual(call);
  const { cloud } = await givenAws(answer, { accounts: [{ role: undefined, regions: REGIONS }] });
  return { cloud, book: createSourceBook({ cloud, configured, now: () => afterNoon(0) }) };
}

it('the error says why no region answers, and not that there are no flow logs', async () => {
  const { book } = await bookWhere(REGIONS);
  await expect(book.found(signal)).rejects.toMatchObject({ code: 'expired', call: 'ec2:DescribeFlowLogs' });
});

it('the sources of one region are listed with the name of a region that does not answer', async () => {
  const { book } = await bookWhere(['eu-west-1']);
  expect(await book.found(signal)).toMatchObject({
    sources: [],
    problems: ['eu-west-1 of 111111111111 did not answer ec2:DescribeFlowLogs: Request has expired.'],
  });
});

it('the error does not say that there are no flow logs where a region did not answer', async () => {
  const { cloud, book } = await bookWhere(['eu-west-1']);
  const sources = createCloudSources({
    cloud,
    book,
    read: () => Promise.reject(new Error('nothing is read')),
  });
  const wanted = {
    window: { from: afterNoon(0), to: afterNoon(60) },
    scope: {},
    addresses: [],
    eni: undefined,
  };
  await expect(sources.scanFor(wanted, signal)).rejects.toThrow(/^No flow log was found, but eu-west-1 of 1/);
});
