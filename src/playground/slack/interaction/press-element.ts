import { listElements, type PlacedElement } from '../blocks/placed-elements.ts';
import type { PickedShortcut, PlaygroundMessage, PlaygroundPerson, Press, Reaction } from '../protocol.ts';
import { showMessage } from '../web-api/message.ts';
import { showView } from '../web-api/views.ts';
import {
  describeActor,
  reactionOf,
  requireChannel,
  requirePerson,
  responseUrl,
  type Stage,
} from './backend.ts';
import { currentValue, fieldState, formState } from './form-state.ts';

/** Presses a button or chooses an option, in a message or in the open modal. */
export async function pressElement(stage: Stage, press: Press): Promise<Reaction> {
  const person = requirePerson(stage, press.person);
  const place = press.channel ? messagePlace(stage, person, press) : viewPlace(stage, person, press);
  const ack = await stage.delivery.send({
    type: 'interactive',
    acceptsResponsePayload: false,
    payload: {
      type: 'block_actions',
      ...describeActor(stage, person),
      trigger_id: stage.world.triggers.give(person.id),
      ...place.payload,
      actions: [describeAction(place.pressed, press, stage.world.nextTs())],
    },
  });
  return reactionOf(ack);
}

interface Place {
  readonly pressed: PlacedElement;
  readonly payload: Readonly<Record<string, unknown>>;
}

function messagePlace(stage: Stage, person: PlaygroundPerson, press: Press): Place {
  const channel = requireChannel(stage, press.channel ?? '');
  const message = findMessage(stage, channel.id, press);
  const pressed = findPressed(listElements(message.blocks), press);
  const threadTs = message.threadTs && { threadTs: message.threadTs };
  const container = {
    type: 'message',
    message_ts: message.ts,
    channel_id: channel.id,
    is_ephemeral: message.onlyFor !== undefined,
    ...(message.threadTs && { thread_ts: message.threadTs }),
  };
  const payload = {
    container,
    channel: { id: channel.id, name: channel.kind === 'dm' ? 'directmessage' : channel.name },
    // Slack leaves the message out when only one person sees it.
    ...(!message.onlyFor && { message: showMessage(message, stage.world) }),
    state: { values: formState(message.blocks, press.values ?? {}) },
    response_url: responseUrl(stage, {
      person: person.id,
      channel: channel.id,
      originTs: message.ts,
      ...threadTs,
    }),
  };
  return { pressed, payload };
}

/** The message that was meant; without `ts` the latest that has such an element, which is what a test usually means. */
function findMessage(stage: Stage, channelId: string, press: Press): PlaygroundMessage {
  const messages = stage.world.messages.list(channelId, { person: press.person });
  const message = press.ts
    ? messages.find((one) => one.ts === press.ts)
    : messages.findLast((one) =>
        listElements(one.blocks).some((placed) => placed.element.action_id === press.actionId),
      );
  if (!message) throw new Error(`no message with the element ${JSON.stringify(press.actionId)}`);
  return message;
}

function viewPlace(stage: Stage, person: PlaygroundPerson, press: Press): Place {
  const view = stage.world.views.top(person.id);
  if (!view) throw new Error(`no modal is open for ${person.name}`);
  const values = formState(view.blocks, press.values ?? {});
  return {
    pressed: findPressed(listElements(view.blocks), press),
    payload: { container: { type: 'view', view_id: view.id }, view: showView(view, stage.world, values) },
  };
}

function findPressed(elements: readonly PlacedElement[], press: Press): PlacedElement {
  const found = elements.find(
    ({ blockId, element }) =>
      element.action_id === press.actionId && (!press.blockId || press.blockId === blockId),
  );
  if (found) return found;
  const known = elements.map(({ element }) => element.action_id).join(', ');
  throw new Error(`no element ${JSON.stringify(press.actionId)}; there are: ${known}`);
}

function describeAction(
  { blockId, element }: PlacedElement,
  press: Press,
  at: string,
): Readonly<Record<string, unknown>> {
  const shared = { action_id: element.action_id, block_id: blockId, action_ts: at };
  if (element.type === 'plain_text_input') {
    const typed = press.values?.[blockId]?.[press.actionId];
    return { ...shared, ...fieldState(element, currentValue(element, typed)) };
  }
  const { type, text, value, style, confirm, url } = element;
  return {
    ...shared,
    type,
    text,
    ...(value !== undefined && { value }),
    ...(style && { style }),
    ...(confirm && { confirm }),
    ...(url && { url }),
  };
}

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
