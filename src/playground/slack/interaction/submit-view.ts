import type { InputBlock } from '../blocks/block.ts';
import type { FormValues, PlaygroundPerson, PlaygroundView, Reaction, Submission } from '../protocol.ts';
import { ApiError } from '../web-api/api-method.ts';
import { readView, showView } from '../web-api/views.ts';
import { describeActor, reactionOf, requirePerson, type Stage } from './backend.ts';
import { currentValue, formState } from './form-state.ts';

/** Sends the modal on top of somebody's screen off, and does with it what the app answers. */
export async function submitView(stage: Stage, submission: Submission): Promise<Reaction> {
  const { world } = stage;
  const person = requirePerson(stage, submission.person);
  const view = world.views.top(person.id);
  if (!view) throw new Error(`no modal is open for ${person.name}`);
  const errors = checkForm(view, submission.values);
  if (Object.keys(errors).length > 0) return complain(stage, view, errors);
  const shown = showView(view, world, formState(view.blocks, submission.values));
  const payload = {
    type: 'view_submission',
    ...describeActor(stage, person),
    trigger_id: world.triggers.give(person.id),
    view: shown,
    response_urls: [],
  };
  const ack = await stage.delivery.send({ type: 'interactive', payload, acceptsResponsePayload: true });
  if (ack.outcome !== 'acked') return reactionOf(ack);
  return obey(stage, person, view, ack.payload);
}

/** Takes the modal away; the app hears of it if it asked to. */
export async function cancelView(stage: Stage, name: string): Promise<Reaction> {
  const { world } = stage;
  const person = requirePerson(stage, name);
  const view = world.views.top(person.id);
  if (!view) return { outcome: 'done' };
  world.views.pop(person.id);
  if (!view.notifyOnClose) return { outcome: 'done' };
  const payload = {
    type: 'view_closed',
    ...describeActor(stage, person),
    view: showView(view, world),
    is_cleared: false,
  };
  return reactionOf(
    await stage.delivery.send({ type: 'interactive', payload, acceptsResponsePayload: false }),
  );
}

function obey(stage: Stage, person: PlaygroundPerson, view: PlaygroundView, answer: unknown): Reaction {
  const { world } = stage;
  const order = typeof answer === 'object' && answer !== null ? { ...answer } : {};
  const action = 'response_action' in order ? order.response_action : undefined;
  try {
    switch (action) {
      case 'errors':
        return complain(stage, view, readErrors(order));
      case 'push':
        world.views.push(person.id, readView('view' in order ? order.view : undefined, world));
        break;
      case undefined:
        world.views.pop(person.id);
        break;
      default:
        return { outcome: 'failed', error: `response_action ${action} is not played here` };
    }
    return { outcome: 'acked' };
  } catch (error) {
    if (error instanceof ApiError) return { outcome: 'failed', error: error.error };
    throw error;
  }
}

function complain(stage: Stage, view: PlaygroundView, errors: Readonly<Record<string, string>>): Reaction {
  const known = Object.keys(errors).filter((id) =>
    view.blocks.some((block) => block.type === 'input' && block.block_id === id),
  );
  // An error for a field that is not there leaves the person without a word, so Slack fails the whole submission.
  if (known.length === 0) return { outcome: 'failed', error: 'invalid_error_block_id' };
  stage.world.views.replace({ ...view, errors });
  return { outcome: 'refused', reason: Object.values(errors).join(' ') };
}

function readErrors(order: object): Readonly<Record<string, string>> {
  const errors = 'errors' in order ? order.errors : undefined;
  if (typeof errors !== 'object' || errors === null) return {};
  return Object.fromEntries(Object.entries(errors).map(([id, text]) => [id, String(text)]));
}

/** What Slack's own client finds wrong with a form before the app hears of it, by block id. */
export function checkForm(view: PlaygroundView, values: FormValues): Readonly<Record<string, string>> {
  const inputs = view.blocks.filter((block) => block.type === 'input');
  const found = inputs.map((block) => [block.block_id ?? '', findProblem(block, values)] as const);
  return Object.fromEntries(found.flatMap(([id, problem]) => (problem ? [[id, problem]] : [])));
}

function findProblem(block: InputBlock, values: FormValues): string | undefined {
  const { element } = block;
  const value = currentValue(element, values[block.block_id ?? '']?.[element.action_id ?? '']);
  if (!value) return block.optional ? undefined : 'Please complete this required field.';
  if (element.min_length !== undefined && value.length < element.min_length) {
    return `Please enter at least ${element.min_length} characters.`;
  }
  if (element.max_length !== undefined && value.length > element.max_length) {
    return `Please enter at most ${element.max_length} characters.`;
  }
  return undefined;
}
