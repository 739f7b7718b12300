/** A process with a distant Slack in it, of which another process asks whether a question has ended. */

import { createRandom } from '../../src/playground/aws/random.ts';
import { startDistantSlack } from '../chaos/distant-slack.ts';
import { isWorkedOn } from '../chaos/load.ts';

/** How far away it is, in milliseconds. */
const [NEAREST_MS, FARTHEST_MS] = [15, 75] as const;

const random = createRandom('bench', 'slack');
const slack = await startDistantSlack(() => random.whole(NEAREST_MS, FARTHEST_MS));
process.on('message', (request: unknown) => {
  const own = slack.messages.filter((message) => message.request === request && message.part !== 'answer');
  process.send?.({ request, isOver: own.some(({ text }) => !isWorkedOn(text)) });
});
process.once('disconnect', () => process.exit());
process.send?.({ apiUrl: slack.apiUrl, responseUrl: slack.responseUrl });
