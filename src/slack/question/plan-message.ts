import type { SettledPlan } from '../../core/operation/report.ts';
import { reportForms } from '../../render/messages/report-message.ts';
import { messageArguments, tryForms } from '../api/message-forms.ts';
import { reportFailure } from '../slack-log.ts';
import { readPlace } from './place.ts';
import type { QuestionParts } from './question-parts.ts';

/** The message of a plan that somebody confirmed or called off. */
export interface PlanMessage {
  /**
   * Rewrites it without its buttons, after what was told before; news that it tells already are no news. Never fails:
   * a message that is gone, or that Slack does not let us rewrite, is reported and left.
   */
  settle(plan: SettledPlan | undefined): Promise<void>;
}

type PlanParts = Pick<QuestionParts, 'asking' | 'clients' | 'log' | 'newId'>;

/** Creates it for one request that is about a plan. */
export function createPlanMessage(parts: PlanParts): PlanMessage {
  let told = '';
  let last = Promise.resolve();
  return {
    settle(plan) {
      const words = JSON.stringify(plan?.report.sections.at(-1));
      if (plan === undefined || words === told) return last;
      told = words;
      last = last
        .then(() => rewrite(plan, parts))
        .catch((error: unknown) => {
          reportFailure(error, { plan: plan.request, doing: 'rewrite a plan' }, parts);
        });
      return last;
    },
  };
}

/** Where a plan was made at a terminal, or told to somebody alone, there is no message that could be rewritten. */
async function rewrite({ request, line, report }: SettledPlan, parts: PlanParts): Promise<void> {
  const asked = await parts.asking.find(request);
  const { channel, statusTs: ts } = (asked && readPlace(asked.place)) ?? {};
  if (channel === undefined || ts === undefined) return;
  await tryForms(reportForms(report, line), (form) =>
    parts.clients.sure.chat.update({ channel, ts, ...messageArguments(form) }),
  );
}
