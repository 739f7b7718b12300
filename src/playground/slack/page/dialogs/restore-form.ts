import type { FormValues } from '../../protocol.ts';

/** Puts back what was filled in when the app answers with errors, or with a new form of the same view. */
export function restoreForm(form: HTMLElement, values: FormValues): void {
  for (const field of form.querySelectorAll<HTMLElement>('[data-block]')) {
    const value = values[field.dataset.block ?? '']?.[field.dataset.action ?? ''];
    if (value === undefined) continue;
    const wanted = typeof value === 'string' ? [value] : (value ?? []);
    for (const control of field.querySelectorAll('input, textarea, select')) put(control, wanted);
  }
}

function put(control: Element, wanted: readonly string[]): void {
  if (control instanceof HTMLSelectElement) {
    for (const option of control.options) option.selected = wanted.includes(option.value);
  } else if (control instanceof HTMLInputElement && ['radio', 'checkbox'].includes(control.type)) {
    control.checked = wanted.includes(control.value);
  } else if (control instanceof HTMLInputElement || control instanceof HTMLTextAreaElement) {
    control.value = wanted[0] ?? '';
  }
}
