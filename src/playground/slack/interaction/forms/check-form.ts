import type { InputBlock } from '../../blocks/block.ts';
import type { FormValues, PlaygroundView } from '../../protocol.ts';
import { currentValue } from './form-state.ts';

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
