import type { SlackInputBlock } from '../blocks/block.ts';
import type { FormValues, PlaygroundPerson, PlaygroundView, Reaction, Submission } from '../protocol.ts';
import { ApiError } from '../web-api/api-method.ts';
import { readView, showView } from '../web-api/views.ts';
import { currentValue, formState } from './form-state.ts';
import { describeActor, reactionOf, requirePerson, type SlackBackend } from './slack-backend.ts';

/** Submits the modal on top of a person's screen, and applies the app's answer. */
export async function submitView(backend: SlackBackend, submission: Submission): Promise<Reaction> {
  const { workspace } = backend;
  const person = requirePerson(backend, submission.person);
  const view = workspace.views.top(person.id);
  if (!view) throw new Error(`no modal is open for ${person.name}`);
  const errors = checkForm(view, submission.values);
  if (Object.keys(errors).length > 0) return showErrors(backend, view, errors);
  const shown = showView(view, workspace, formState(view.blocks, submission.values));
  const payload = {
    type: 'view_submission',
    ...describeActor(backend, person),
    trigger_id: workspace.triggers.give(person.id),
    view: shown,
    response_urls: [],
  };
  const ack = await backend.delivery.send({ type: 'interactive', payload, acceptsResponsePayload: true });
  if (ack.outcome !== 'acked') return reactionOf(ack);
  return applyAnswer(backend, person, view, ack.payload);
}

/** Closes the modal; the app is notified if it asked for that. */
export async function cancelView(backend: SlackBackend, name: string): Promise<Reaction> {
  const { workspace } = backend;
  const person = requirePerson(backend, name);
  const view = workspace.views.top(person.id);
  if (!view) return { outcome: 'done' };
  workspace.views.pop(person.id);
  if (!view.notifyOnClose) return { outcome: 'done' };
  const payload = {
    type: 'view_closed',
    ...describeActor(backend, person),
    view: showView(view, workspace),
    is_cleared: false,
  };
  return reactionOf(
    await backend.delivery.send({ type: 'interactive', payload, acceptsResponsePayload: false }),
  );
}

function applyAnswer(
  backend: SlackBackend,
  person: PlaygroundPerson,
  view: PlaygroundView,
  answer: unknown,
): Reaction {
  const { workspace } = backend;
  const response = typeof answer === 'object' && answer !== null ? { ...answer } : {};
  const action = 'response_action' in response ? response.response_action : undefined;
  try {
    switch (action) {
      case 'errors':
        return showErrors(backend, view, readErrors(response));
      case 'push':
        workspace.views.push(person.id, readView('view' in response ? response.view : undefined, workspace));
        break;
      case undefined:
        workspace.views.pop(person.id);
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

function showErrors(
  backend: SlackBackend,
  view: PlaygroundView,
  errors: Readonly<Record<string, string>>,
): Reaction {
  const known = Object.keys(errors).filter((id) =>
    view.blocks.some((block) => block.type === 'input' && block.block_id === id),
  );
  // An error for a field that is not there would not be shown, so Slack fails the whole submission.
  if (known.length === 0) return { outcome: 'failed', error: 'invalid_error_block_id' };
  backend.workspace.views.replace({ ...view, errors });
  return { outcome: 'refused', reason: Object.values(errors).join(' ') };
}

function readErrors(response: object): Readonly<Record<string, string>> {
  const errors = 'errors' in response ? response.errors : undefined;
  if (typeof errors !== 'object' || errors === null) return {};
  return Object.fromEntries(Object.entries(errors).map(([id, text]) => [id, String(text)]));
}

/** What Slack's own client finds wrong with a form before it is sent, by block id. */
function checkForm(view: PlaygroundView, values: FormValues): Readonly<Record<string, string>> {
  const inputs = view.blocks.filter((block) => block.type === 'input');
  const found = inputs.map((block) => [block.block_id ?? '', findProblem(block, values)] as const);
  return Object.fromEntries(found.flatMap(([id, problem]) => (problem ? [[id, problem]] : [])));
}

function findProblem(block: SlackInputBlock, values: FormValues): string | undefined {
  const { element } = block;
  const value = currentValue(element, values[block.block_id ?? '']?.[element.action_id ?? '']);
  if (!value) return block.optional ? undefined : 'Please complete this required field.';
  if (element.type === 'static_select') return undefined;
  if (element.min_length !== undefined && value.length < element.min_length) {
    return `Please enter at least ${element.min_length} characters.`;
  }
  if (element.max_length !== undefined && value.length > element.max_length) {
    return `Please enter at most ${element.max_length} characters.`;
  }
  return undefined;
}
