import { createContext } from 'preact';
import { useContext, useId } from 'preact/hooks';
import type { SlackInputBlock } from '../blocks/block.ts';
import type { SlackOption, SlackStaticSelect } from '../blocks/elements.ts';
import { plainTextOf } from './mrkdwn.tsx';

/** What the form that a field is in holds of it. */
interface FormFields {
  readonly errors: Readonly<Record<string, string>>;
  valueOf(blockId: string, actionId: string): string | undefined;
  /** `tells`: the app wants to hear of it. */
  fill(blockId: string, actionId: string, value: string, tells: boolean): void;
}

/** Gives the form to its fields. */
export const FormContext = createContext<FormFields | undefined>(undefined);

/** A field of a form with its label, its hint and what is wrong with it. */
export function Input({ block }: { readonly block: SlackInputBlock }) {
  const form = useContext(FormContext);
  const id = useId();
  const { element, hint } = block;
  const blockId = block.block_id ?? '';
  const actionId = element.action_id ?? '';
  if (!form) return null;
  const error = form.errors[blockId];
  const note = error ?? (hint && plainTextOf(hint.text));
  const field = {
    id,
    'aria-describedby': note && `${id}-note`,
    'aria-invalid': error ? ('true' as const) : undefined,
  };
  return (
    <div class="block-input">
      <label for={id}>
        {plainTextOf(block.label.text)}
        {block.optional && <span class="optional"> (optional)</span>}
      </label>
      {element.type === 'static_select' ? (
        <Select
          select={element}
          field={field}
          value={form.valueOf(blockId, actionId)}
          onChosen={(value) => form.fill(blockId, actionId, value, block.dispatch_action === true)}
        />
      ) : (
        <input
          class="field-input"
          type="text"
          {...field}
          placeholder={element.placeholder && plainTextOf(element.placeholder.text)}
          maxLength={element.max_length}
          autocomplete="off"
          spellcheck={false}
          value={form.valueOf(blockId, actionId) ?? element.initial_value ?? ''}
          onInput={(event) =>
            form.fill(blockId, actionId, event.currentTarget.value, block.dispatch_action === true)
          }
        />
      )}
      {note && (
        <p class={error ? 'field-error' : 'hint'} id={`${id}-note`} role={error ? 'alert' : undefined}>
          {note}
        </p>
      )}
    </div>
  );
}

interface SelectProps {
  readonly select: SlackStaticSelect;
  /** What ties it to its label and its note. */
  readonly field: Readonly<Record<string, string | undefined>>;
  readonly value: string | undefined;
  readonly onChosen: (value: string) => void;
}

/** A menu of the browser's own, which works with keyboard and screen reader. */
function Select({ select, field, value, onChosen }: SelectProps) {
  const { options = [], option_groups = [], initial_option, placeholder } = select;
  const chosen = value ?? initial_option?.value ?? '';
  return (
    <select
      class="field-input"
      {...field}
      value={chosen}
      onChange={(event) => onChosen(event.currentTarget.value)}
    >
      {chosen === '' && (
        <option value="" disabled>
          {plainTextOf(placeholder?.text ?? 'Choose an option')}
        </option>
      )}
      {options.map(choice)}
      {option_groups.map(({ label, options: grouped }) => (
        <optgroup key={label.text} label={plainTextOf(label.text)}>
          {grouped.map(choice)}
        </optgroup>
      ))}
    </select>
  );
}

function choice({ value, text }: SlackOption) {
  return (
    <option key={value} value={value}>
      {plainTextOf(text.text)}
    </option>
  );
}
