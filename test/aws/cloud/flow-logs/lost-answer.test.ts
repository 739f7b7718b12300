import { expect, it } from 'vitest';
import { Interrupted } from '../../../../src/core/answer/turns.ts';
import type { Cloud } from '../../../../src/core/lake/cloud.ts';
import type { Report } from '../../../../src/core/operation/report.ts';
import { endedReport, runSteps } from '../../../../src/core/operation/run-steps.ts';
import { STEP_KINDS } from '../../../../src/operations/index.ts';
import { createFlowLog } from '../../../../src/operations/steps/flow-log-steps.ts';
import { openStores } from '../../../../src/store/open-stores.ts';
import { ec2, script } from '../../../fakes/aws/answers.ts';
import type { AwsAnswer, AwsCall } from '../../../fakes/aws/fake-aws.ts';
import { storePath } from '../../../store/temp-store.ts';
import { afterNoon } from '../../../support/flow.ts';
import { awsCloud, givenAws, REGION } from '../../given-aws.ts';

const WANTED = {
  resourceIds: ['vpc-0a'],
  trafficType: 'ALL' as const,
  fields: null,
  shownTags: [],
  destination: { kind: 'cloud-watch-logs' as const, logGroup: 'flows' },
  deliveryRoleArn: 'arn:aws:iam::1:role/x',
  maxIntervalSeconds: 60 as const,
  tags: {},
};
const WORDS = { words: 'Create a flow log', calls: [], cost: '', undo: '' };
const PLAN = {
  headline: 'Set up a flow log',
  sections: [],
  steps: [createFlowLog.planned({ account: '111111111111', region: REGION, wanted: WANTED }, WORDS)],
  instead: [],
};

/** EC2 creates a flow log once for a token, and says the same of it again. */
function ec2ByToken(onCreated: () => void): {
  readonly created: ReadonlyMap<string, string>;
  readonly answer: (call: AwsCall) => AwsAnswer | Promise<AwsAnswer>;
} {
  const created = new Map<string, string>();
  return {
    created,
    answer({ params: { ClientToken: token = '' } }) {
      const isNew = !created.has(token);
      if (isNew) created.set(token, `fl-${created.size + 1}`);
      const answer = ec2({ flowLogIdSet: [created.get(token)], unsuccessful: [] });
      if (!isNew) return answer;
      onCreated();
      // The first answer is on its way for ever.
      return new Promise(() => {});
    },
  };
}

/** One life of the app: it takes the operation up where the last one left it. */
async function live(path: string, cloud: Cloud, signal: AbortSignal): Promise<Report> {
  const stores = await openStores({ path });
  try {
    const { journal } = stores;
    const entry = await journal.find('op-1');
    if (entry === undefined) throw new Error('nothing was planned');
    const now = () => afterNoon(0);
    const parts = { cloud, journal, stepKinds: STEP_KINDS, now, nextAfter: () => [], pause: async () => {} };
    return endedReport(parts, await runSteps(parts, entry, { signal }));
  } finally {
    await stores.close();
  }
}

it('a flow log is created once, though the app was stopped before it got the response', async () => {
  const path = await storePath();
  const stores = await openStores({ path });
  const asked = { id: 'op-1', line: 'setup vpc-0a', person: 'U1', channel: 'C1', request: 'r' };
  await stores.journal.plan({ ...asked, plan: PLAN, plannedAt: afterNoon(0) });
  await stores.journal.claim('op-1', 'request-1', 'U1', afterNoon(0));
  await stores.close();

  const stopping = new AbortController();
  const { created, answer } = ec2ByToken(() => stopping.abort(new Interrupted()));
  const others = script({});
  const { aws, cloud } = await givenAws((call) => (call.action === 'CreateFlowLogs' ? answer : others)(call));
  await expect(live(path, cloud, stopping.signal)).rejects.toBeInstanceOf(Interrupted);

  const { signal } = new AbortController();
  const report = await live(path, awsCloud(aws.endpoint), signal);
  expect(report.headline).toBe('Done: Set up a flow log');
  expect([...created]).toEqual([['op-1-0', 'fl-1']]);
  expect(aws.calls.filter(({ action }) => action === 'CreateFlowLogs')).toHaveLength(2);
});
