import { z } from 'zod';
import { UserError } from '../../core/errors.ts';
import type { Unsuccessful, WantedFlowLog } from '../../core/lake/flow-logs.ts';
import { unsuccessfulWords } from '../plan/setup/unsuccessful-words.ts';
import { PLACE, siteAt } from './at-site.ts';
import { defineStep } from './define-step.ts';
import { type PlannedFlowLog, WANTED_FLOW_LOG } from './wanted-flow-log.ts';

/** Creates the flow log, once however often it is tried. AWS answers a refusal with success: each item is looked at. */
export const createFlowLog = defineStep(
  'create-flow-log',
  z.object({ ...PLACE, wanted: WANTED_FLOW_LOG }),
  async ({ wanted, ...place }, { cloud, signal, token }) => {
    const { flowLogs } = await siteAt(cloud, place, signal);
    const { ids, unsuccessful } = await flowLogs.create(wantedOf(wanted), token, signal);
    const [id] = ids;
    if (id === undefined || unsuccessful.length > 0) throw notCreated(unsuccessful, wanted.resourceIds);
    return {
      words: `Flow log ${id} records ${wanted.resourceIds.join(', ')}`,
      facts: { flowLogId: id },
    };
  },
);

/** A flow log as the cloud wants it, from what a plan wrote down. */
export function wantedOf({ fields, deliveryRoleArn, ...rest }: PlannedFlowLog): WantedFlowLog {
  return {
    ...rest,
    fields: fields ?? undefined,
    ...(deliveryRoleArn === null ? {} : { deliveryRoleArn }),
  };
}

function notCreated(unsuccessful: readonly Unsuccessful[], resourceIds: readonly string[]): UserError {
  const [
    first = { id: resourceIds.join(', '), code: 'none', message: 'AWS named no flow log and no reason' },
  ] = unsuccessful;
  const words = [first, ...unsuccessful.slice(1)].map(unsuccessfulWords);
  return new UserError(words.map(({ problem }) => problem).join(' '), {
    hint: [...new Set(words.map(({ next }) => next))].join(' '),
  });
}
