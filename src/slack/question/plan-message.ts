import type { AnswerRequests } from '../../core/operation/answer-requests.ts';
import type { SettledPlan } from '../../core/operation/report.ts';
import { reportForms } from '../../render/messages/report-message.ts';
import { reportFailure } from '../slack-log.ts';
import { readPlace } from './place.ts';
import { rewritePost, type SlackOutput } from './thread-posts.ts';

/** The message of a plan that was confirmed or called off. */
interface PlanMessage {
  /**
   * Rewrites it without its buttons, after the rewrite that is under way; nothing is sent when its last section stays
   * the same. Never fails: a message that is gone, or that Slack does not let us rewrite, is logged and left.
   */
  settle(plan: SettledPlan | undefined): Promise<void>;
}

type PlanOutput = Pick<SlackOutput, 'clients' | 'log' | 'newId' | 'now' | 'stopping'>;

/** Creates it for one request that is about a plan. */
export function createPlanMessage(asking: Pick<AnswerRequests, 'find'>, output: PlanOutput): PlanMessage {
  let shown = '';
  let last = Promise.resolve();
  return {
    settle(plan) {
      const section = JSON.stringify(plan?.report.sections.at(-1));
      if (plan === undefined || section === shown) return last;
      shown = section;
      last = last
        .then(() => rewrite(plan, asking, output))
        .catch((error: unknown) => {
          reportFailure(error, { plan: plan.request, doing: 'rewrite a plan' }, output);
        });
      return last;
    },
  };
}

/** A plan that was made at a terminal, or shown to one person alone, has no message that could be rewritten. */
async function rewrite(
  { request, line, report }: SettledPlan,
  asking: Pick<AnswerRequests, 'find'>,
  output: PlanOutput,
): Promise<void> {
  const asked = await asking.find(request);
  const place = asked === undefined ? undefined : readPlace(asked.place);
  if (place?.statusTs === undefined) return;
  const { channel, statusTs: ts } = place;
  await rewritePost(reportForms(report, line), { channel, ts }, output);
}
