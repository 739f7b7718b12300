import { listElements, type PlacedElement } from '../blocks/placed-elements.ts';
import type { PickedShortcut, PlaygroundMessage, PlaygroundPerson, Press, Reaction } from '../protocol.ts';
import { showMessage } from '../web-api/message.ts';
import { showView } from '../web-api/views.ts';
import { currentValue, fieldState, formState } from './form-state.ts';
import {
  describeActor,
  reactionOf,
  requireChannel,
  requirePerson,
  responseUrl,
  type SlackBackend,
} from './slack-backend.ts';

/** Presses a button, in a message or in the open modal, or changes a field of that whose changes the app hears of. */
export async function pressElement(backend: SlackBackend, press: Press): Promise<Reaction> {
  const person = requirePerson(backend, press.person);
  const place = press.channel ? messagePlace(backend, person, press) : viewPlace(backend, person, press);
  const ack = await backend.delivery.send({
    type: 'interactive',
    acceptsResponsePayload: false,
    payload: {
      type: 'block_actions',
      ...describeActor(backend, person),
      trigger_id: backend.workspace.triggers.give(person.id),
      ...place.payload,
      actions: [describeAction(place.pressed, press, backend.workspace.nextTs())],
    },
  });
  return reactionOf(ack);
}

/** Picks an entry of a message's menu, or a global one. */
export async function pickShortcut(backend: SlackBackend, picked: PickedShortcut): Promise<Reaction> {
  const { workspace } = backend;
  const person = requirePerson(backend, picked.person);
  const shared = {
    ...describeActor(backend, person),
    callback_id: picked.callbackId,
    trigger_id: workspace.triggers.give(person.id),
    action_ts: workspace.nextTs(),
  };
  const payload = picked.channel && picked.ts ? aboutMessage(backend, picked) : { type: 'shortcut' };
  const ack = await backend.delivery.send({
    type: 'interactive',
    payload: { ...shared, ...payload },
    acceptsResponsePayload: false,
  });
  return reactionOf(ack);
}

interface PressPlace {
  readonly pressed: PlacedElement;
  readonly payload: Readonly<Record<string, unknown>>;
}

function messagePlace(backend: SlackBackend, person: PlaygroundPerson, press: Press): PressPlace {
  const channel = requireChannel(backend, press.channel ?? '');
  const message = findMessage(backend, channel.id, press);
  const pressed = findPressed(listElements(message.blocks), press);
  const container = {
    type: 'message',
    message_ts: message.ts,
    channel_id: channel.id,
    is_ephemeral: message.onlyFor !== undefined,
    ...(message.threadTs && { thread_ts: message.threadTs }),
  };
  const payload = {
    container,
    ...messageFields(backend, person, message, message.threadTs),
    // Slack leaves the message out when only one person sees it.
    ...(!message.onlyFor && { message: showMessage(message, backend.workspace) }),
    state: { values: formState(message.blocks, press.values ?? {}) },
  };
  return { pressed, payload };
}

/** The message that was meant; without `ts` the latest that has such an element, which is what a test usually means. */
function findMessage(backend: SlackBackend, channelId: string, press: Press): PlaygroundMessage {
  const messages = backend.workspace.messages.list(channelId, { person: press.person });
  const message = press.ts
    ? messages.find((one) => one.ts === press.ts)
    : messages.findLast((one) =>
        listElements(one.blocks).some((placed) => placed.element.action_id === press.actionId),
      );
  if (!message) throw new Error(`no message with the element ${JSON.stringify(press.actionId)}`);
  return message;
}

function viewPlace(backend: SlackBackend, person: PlaygroundPerson, press: Press): PressPlace {
  const view = backend.workspace.views.top(person.id);
  if (!view) throw new Error(`no modal is open for ${person.name}`);
  const values = formState(view.blocks, press.values ?? {});
  return {
    pressed: findPressed(listElements(view.blocks), press),
    payload: {
      container: { type: 'view', view_id: view.id },
      view: showView(view, backend.workspace, values),
    },
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
  if (element.type !== 'button') {
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

function aboutMessage(backend: SlackBackend, picked: PickedShortcut): Readonly<Record<string, unknown>> {
  const channel = requireChannel(backend, picked.channel ?? '');
  const message = backend.workspace.messages.find(channel.id, picked.ts ?? '');
  if (!message) throw new Error(`no message ${picked.ts} in ${channel.name}`);
  const person = requirePerson(backend, picked.person);
  return {
    type: 'message_action',
    message_ts: message.ts,
    message: showMessage(message, backend.workspace),
    ...messageFields(backend, person, message, message.threadTs ?? message.ts),
  };
}

/** The fields of a payload about where a message is: its channel, and an address for late answers. */
function messageFields(
  backend: SlackBackend,
  person: PlaygroundPerson,
  { channel: channelId, ts }: PlaygroundMessage,
  threadTs: string | undefined,
): Readonly<Record<string, unknown>> {
  const channel = requireChannel(backend, channelId);
  const place = { person: person.id, channel: channel.id, originTs: ts, ...(threadTs && { threadTs }) };
  return {
    channel: { id: channel.id, name: channel.kind === 'dm' ? 'directmessage' : channel.name },
    response_url: responseUrl(backend, place),
  };
}
