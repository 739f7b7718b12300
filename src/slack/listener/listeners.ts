import type { App } from '@slack/bolt';
import type { QuestionParts } from '../question/question-parts.ts';
import { onForm, onShortcut } from './line-form-listeners.ts';
import { onButton } from './on-button.ts';
import { onCommand } from './on-command.ts';
import { onDirectMessage, onMention } from './on-message.ts';

const ANY = /.*/s;

/**
 * The surface of the app in Slack. Listeners take anything of their kind, because what is acknowledged by nobody
 * hangs for three seconds and then fails with a code.
 */
export function addListeners(app: App, parts: QuestionParts): void {
  app.command(ANY, onCommand(parts));
  app.event('app_mention', onMention(parts));
  app.event('message', onDirectMessage(parts));
  app.action(ANY, onButton(parts));
  app.shortcut(ANY, onShortcut(parts));
  app.view(ANY, onForm(parts));
  app.options(ANY, async ({ ack }) => ack({ options: [] }));
}
