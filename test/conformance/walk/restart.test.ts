import { expect, inject, it } from 'vitest';
import { Interrupted } from '../../../src/core/answer/turns.ts';
import type { UserRequest } from '../../../src/core/operation/answer-requests.ts';
import type { Report } from '../../../src/core/operation/report.ts';
import { REGION } from '../../aws/given-aws.ts';
import { deliver } from './deliver.ts';
import { givenWalk, type Walk } from './given-walk.ts';
import { hourOfTraffic, planIn } from './lines.ts';
import { makeNetwork } from './network.ts';
import { whatIsLeft } from './what-is-left.ts';

// What moto cannot judge: it ignores ClientToken, so that a call whose answer was lost is judged on our own servers in
// test/aws/cloud/flow-logs/lost-answer.test.ts. Here the step before the restart was written down.

const WAITING = /Waiting for the first file of (fl-[0-9a-f]{17})/;

/** What a report says of its steps. */
function wordsOf({ headline, sections }: Report): string {
  return [headline, ...sections.flatMap(({ lines = [] }) => lines)].join('\n');
}

function requestFor({ asking, clock }: Walk, line: string): UserRequest {
  const question = asking.understand(line, 'UTC');
  if ('help' in question) throw new RangeError(`${line} asks for help`);
  const where = { person: 'U1', place: '{}', channel: 'C1', thread: '' };
  return { id: 'request-1', ...where, askedAt: clock.now, question };
}

/** Answers a request, and stops the app as a restart does when `until` says so; what was said of its end. */
async function answer(walk: Walk, request: UserRequest, heard: (words: string, stop: () => void) => void) {
  const stopping = new AbortController();
  const stop = () => stopping.abort(new Interrupted());
  const said: string[] = [];
  await walk.asking.recorded.answer(
    request,
    { signal: stopping.signal, onProgress: (report) => heard(wordsOf(report), stop) },
    async (ended) =>
      void said.push('report' in ended ? wordsOf(ended.report) : `${'error' in ended && ended.error}`),
  );
  return said.join('\n');
}

it('an operation goes on after a restart between two steps, with the flow log that it had created', async () => {
  const before = await givenWalk({ moto: inject('moto'), ministack: inject('ministack') });
  const { subnetId } = await makeNetwork(before.clients);
  const line = `confirm ${planIn(await before.type(`setup ${subnetId} files=text`))}`;
  const first = requestFor(before, line);
  await before.asking.recorded.begin(first);
  await answer(before, first, (words, stop) => {
    if (WAITING.test(words)) stop();
  });

  const after = await before.restart();
  const [unfinished] = await after.asking.recorded.unfinished();
  expect(unfinished).toMatchObject({ id: 'request-1', line });
  const records = hourOfTraffic(after.clock.now);
  const delivered: Promise<unknown>[] = [];
  const said = await answer(after, requestFor(after, line), (words) => {
    const [, flowLogId] = WAITING.exec(words) ?? [];
    if (flowLogId !== undefined && delivered.length === 0)
      delivered.push(deliver(after.clients, flowLogId, records, { account: after.account, region: REGION }));
  });
  await Promise.all(delivered);
  expect(said).toMatch(/^Done: Set up a flow log[\s\S]*✓ First file/);
  expect((await whatIsLeft(after)).flowLogs).toHaveLength(1);
  // One call is the dry run of the plan.
  expect(after.route.calls.filter((call) => call === 'ec2 CreateFlowLogs')).toHaveLength(2);
  expect(await after.asking.recorded.unfinished()).toEqual([]);
});
