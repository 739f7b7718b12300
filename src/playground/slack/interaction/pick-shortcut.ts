import type { PickedShortcut, Reaction } from '../protocol.ts';
import { showMessage } from '../web-api/chat/show-message.ts';
import {
  describeActor,
  reactionOf,
  requireChannel,
  requirePerson,
  responseUrl,
  type Stage,
} from './actor.ts';

/** Picks an entry of a message's menu, or a global one. */
export async function pickShortcut(stage: Stage, picked: PickedShortcut): Promise<Reaction> {
  const { world } = stage;
  const person = requirePerson(stage, picked.person);
  const shared = {
    ...describeActor(stage, person),
    callback_id: picked.callbackId,
    trigger_id: world.triggers.give(person.id),
    action_ts: world.nextTs(),
  };
  const payload = picked.channel && picked.ts ? aboutMessage(stage, picked) : { type: 'shortcut' };
  const ack = await stage.delivery.send({
    type: 'interactive',
    payload: { ...shared, ...payload },
    acceptsResponsePayload: false,
  });
  return reactionOf(ack);
}

function aboutMessage(stage: Stage, picked: PickedShortcut): Readonly<Record<string, unknown>> {
  const channel = requireChannel(stage, picked.channel ?? '');
  const message = stage.world.messages.find(channel.id, picked.ts ?? '');
  if (!message) throw new Error(`no message ${picked.ts} in ${channel.name}`);
  const person = requirePerson(stage, picked.person);
  const threadTs = message.threadTs ?? message.ts;
  return {
    type: 'message_action',
    message_ts: message.ts,
    channel: { id: channel.id, name: channel.kind === 'dm' ? 'directmessage' : channel.name },
    message: showMessage(message, stage.world),
    response_url: responseUrl(stage, {
      person: person.id,
      channel: channel.id,
      originTs: message.ts,
      threadTs,
    }),
  };
}
