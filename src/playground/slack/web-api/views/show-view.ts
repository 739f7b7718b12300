import type { PlaygroundView } from '../../protocol.ts';
import type { World } from '../../world/world.ts';

/** A modal as the Web API and the interaction payloads show it. `values` is what a person has filled in. */
export function showView(view: PlaygroundView, world: World, values: Readonly<Record<string, unknown>> = {}) {
  const plain = (text: string) => ({ type: 'plain_text', text, emoji: true });
  return {
    id: view.id,
    team_id: world.team.id,
    app_id: world.bot.appId,
    bot_id: world.bot.botId,
    type: 'modal',
    title: plain(view.title),
    submit: view.submit ? plain(view.submit) : null,
    close: plain(view.close),
    blocks: view.blocks,
    private_metadata: view.privateMetadata,
    callback_id: view.callbackId,
    external_id: view.externalId,
    notify_on_close: view.notifyOnClose,
    clear_on_close: false,
    hash: view.hash,
    state: { values },
    root_view_id: view.id,
    previous_view_id: null,
  };
}
