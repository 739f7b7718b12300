import { UserError } from '../core/errors.ts';
import type { FlowLog } from '../core/lake/flow-logs.ts';
import { required } from '../core/line/argument.ts';
import { resourceId } from '../core/line/resource-id.ts';
import { defineOperation } from '../core/operation/operation.ts';
import type { Plan } from '../core/operation/plan.ts';
import { SETUP_ARGS } from './arguments/setup-arguments.ts';
import { findSource } from './plan/find-source.ts';
import { bucketSteps } from './plan/plan-bucket.ts';
import { deletingFlowLog } from './plan/plan-deletion.ts';
import { creatingStep, endsWords, waitingStep } from './plan/plan-flow-log.ts';
import { fieldCount, filesFor, type SetupArgs, tagWords, wantedFlowLog } from './plan/wanted-settings.ts';
import { isOurFlowLog } from './steps/ownership.ts';
import { siteAt } from './steps/step.ts';

export const replace = defineOperation({
  name: 'replace',
  summary: 'Change a flow log: a new one, its first file, and then the old one goes',
  about:
    'AWS lets nothing of a flow log be changed. So a new one is created with the options given here (all others as in ' +
    '`setup`), its first file is waited for, and only then the old one is deleted: nothing goes unrecorded. The files of ' +
    'the old one stay.',
  args: { flowlog: required(resourceId('fl')), ...SETUP_ARGS },

  async act({ flowlog, ...args }, context): Promise<Plan> {
    const source = await findSource(flowlog, { line: 'replace' }, context);
    const old = oldFlowLog(source.flowLog, flowlog);
    const site = await siteAt(context.cloud, source, context.signal);
    const { sources } = await context.book.found(context.signal);
    const settings = {
      resourceId: old.resourceId,
      account: site.account,
      region: site.region,
      sources,
      now: context.now(),
    };
    const kept: SetupArgs = { ...args, bucket: args.bucket ?? source.place.bucket, to: 's3' };
    const files = filesFor(kept, settings);
    const wanted = wantedFlowLog(kept, files, settings);
    const bucket = await bucketSteps(site, files, args.expire, context.signal);
    return {
      headline: `Replace ${flowlog} on ${old.resourceId} by a new flow log`,
      sections: [
        {
          lines: [
            'Until the old one is deleted both record, and both are paid for: some fifteen minutes.',
            'What is not said here is as in `setup`, not as it was. The files of the old one stay; its table asks them only as long as the old one is there.',
          ],
        },
        ...endsWords(wanted.tags),
        ...tagWords(wanted.shownTags),
        ...bucket.sections,
      ],
      steps: [
        ...bucket.steps,
        creatingStep(site, wanted, fieldCount(kept)),
        waitingStep(site, files),
        deletingFlowLog(source, flowlog),
      ],
      instead: [],
    };
  },
});

/** @throws UserError for one that is only configured, or that flowlog did not make. */
function oldFlowLog(flowLog: FlowLog | undefined, id: string): FlowLog {
  if (flowLog !== undefined && isOurFlowLog(flowLog)) return flowLog;
  throw new UserError(`The flow log \`${id}\` was not made by flowlog, so it is left alone.`, {
    hint: 'Set up a second one with `setup`, and let the owner of the old one delete it.',
  });
}
