import { App, type Logger, type Receiver } from '@slack/bolt';
import { sureOptions } from '../api/clients.ts';
import { addListeners } from '../listener/add-listeners.ts';
import { reportFailure } from '../question/post/report-failure.ts';
import type { QuestionParts } from '../question/question-parts.ts';
import { dropDuplicates } from './drop-duplicates.ts';
import { createSeenOnce } from './seen-once.ts';

/** What Bolt is made of. */
export interface BoltParts {
  readonly botToken: string;
  readonly slackApiUrl: string | undefined;
  readonly receiver: Receiver;
  readonly logger: Logger;
  readonly parts: QuestionParts;
}

/** Creates the Bolt app with everything that listens in it; it is not yet joined to Slack. */
export function createBoltApp({ botToken, slackApiUrl, receiver, logger, parts }: BoltParts): App {
  const app = new App({
    token: botToken,
    receiver,
    logger,
    clientOptions: sureOptions({ slackApiUrl, logger }),
    // Its memory of conversations would grow for ever.
    convoStore: false,
    // In the constructor a refused token would be an unhandled rejection.
    deferInitialization: true,
  });
  app.use(dropDuplicates(createSeenOnce(parts.now)));
  addListeners(app, parts);
  app.error(async (error) => void reportFailure(error.original ?? error, { bolt: error.code }, parts));
  return app;
}
