import { createContext } from 'preact';
import { useContext, useId } from 'preact/hooks';
import type { SlackInputBlock } from '../blocks/block.ts';
import { plainTextOf } from './mrkdwn.tsx';

/** What the form that a field is in holds of it. */
interface FormFields {
  readonly errors: Readonly<Record<string, string>>;
  valueOf(blockId: string, actionId: string): string | undefined;
  fill(blockId: string, actionId: string, value: string): void;
}

/** Gives the form to its fields. */
export const FormContext = createContext<FormFields | undefined>(undefined);

/** A text field of a form with its label, its hint and what is wrong with it. */
export function Input({ block }: { readonly block: SlackInputBlock }) {
  const form = useContext(FormContext);
  const id = useId();
  const { element, hint } = block;
  const blockId = block.block_id ?? '';
  const actionId = element.action_id ?? '';
  if (!form) return null;
  const error = form.errors[blockId];
  const note = error ?? (hint && plainTextOf(hint.text));
  return (
    <div class="block-input">
      <label for={id}>
        {plainTextOf(block.label.text)}
        {block.optional && <span class="optional"> (optional)</span>}
      </label>
      <input
        class="field-input"
        type="text"
        id={id}
        aria-describedby={note && `${id}-note`}
        aria-invalid={error ? 'true' : undefined}
        placeholder={element.placeholder && plainTextOf(element.placeholder.text)}
        maxLength={element.max_length}
        autocomplete="off"
        spellcheck={false}
        value={form.valueOf(blockId, actionId) ?? element.initial_value ?? ''}
        onInput={(event) => form.fill(blockId, actionId, event.currentTarget.value)}
      />
      {note && (
        <p class={error ? 'field-error' : 'hint'} id={`${id}-note`} role={error ? 'alert' : undefined}>
          {note}
        </p>
      )}
    </div>
  );
}
