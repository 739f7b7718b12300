import type { FormValue } from '../../../protocol.ts';

/** How a field is labelled, and who hears of its changes. */
export interface FieldUse {
  /** Said to those who do not see a label; absent where `id` is that of a visible label's field. */
  readonly label?: string;
  readonly id?: string;
  readonly describedBy?: string | undefined;
  readonly invalid?: boolean;
  change(value: FormValue): void;
}

/** Attributes that every kind of field has. */
export function fieldAttributes(use: FieldUse) {
  return {
    id: use.id,
    'aria-label': use.id ? undefined : use.label,
    'aria-describedby': use.describedBy,
    'aria-invalid': use.invalid ? 'true' : undefined,
  };
}
