import { z } from 'zod';
import { UserError } from '../../core/errors.ts';
import { isOurs } from '../plan/find/ownership.ts';
import { unsuccessfulWords } from '../plan/setup/unsuccessful-words.ts';
import { PLACE, siteAt } from './at-site.ts';
import { defineStep } from './define-step.ts';

/** Stops a flow log that flowlog made; whose it is is looked up once more before it is deleted. */
export const deleteFlowLog = defineStep(
  'delete-flow-log',
  z.object({ ...PLACE, id: z.string() }),
  async ({ id, ...place }, { cloud, signal }) => {
    const { flowLogs } = await siteAt(cloud, place, signal);
    const [flowLog] = await flowLogs.describe({ ids: [id] }, signal);
    if (flowLog === undefined) return { words: `Flow log ${id} is gone already` };
    if (!isOurs(flowLog))
      throw new UserError(`The flow log \`${id}\` does not carry flowlog's tag any more.`, {
        hint: 'It was left as it is.',
      });
    const [failed] = await flowLogs.delete([id], signal);
    if (failed !== undefined) {
      const { problem, next } = unsuccessfulWords(failed);
      throw new UserError(problem, { hint: next });
    }
    return { words: `Flow log ${id} is deleted; it stops within minutes, and its files stay` };
  },
);
