import { App, type Logger, type Receiver } from '@slack/bolt';
import { sureOptions } from '../api/clients.ts';
import { slackRefusal } from '../api/slack-refusal.ts';
import { addListeners } from '../listener/listeners.ts';
import type { QuestionParts } from '../question/question-parts.ts';
import { reportFailure } from '../slack-log.ts';
import { createSeenOnce, dropDuplicates } from './duplicates.ts';

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

/** Slack could not be joined; the message says what to do. */
export class SlackStartError extends Error {
  override readonly name = 'SlackStartError';
}

const TOKEN_CODES = new Set([
  'invalid_auth',
  'not_authed',
  'account_inactive',
  'token_revoked',
  'token_expired',
  'not_allowed_token_type',
]);

/** The words for a failure of joining Slack with one of the tokens. */
export function startError(error: unknown, token: 'SLACK_BOT_TOKEN' | 'SLACK_APP_TOKEN'): SlackStartError {
  const code = slackRefusal(error)?.code ?? (error instanceof Error ? error.message : String(error));
  if (TOKEN_CODES.has(code)) {
    return new SlackStartError(
      `Slack refused ${token} (${code}): copy it again from the settings of the app.`,
      { cause: error },
    );
  }
  if (code === 'missing_scope') {
    return new SlackStartError(
      `${token} lacks a scope: reinstall the app with manifest.yml, and give the app-level token connections:write.`,
      { cause: error },
    );
  }
  return new SlackStartError(
    `Slack could not be joined with ${token} (${code}): check that this machine reaches slack.com, then start again.`,
    { cause: error },
  );
}
