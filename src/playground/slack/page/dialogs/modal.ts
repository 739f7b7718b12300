import type { FormValue, FormValues, PlaygroundView } from '../../protocol.ts';
import { renderBlocks } from '../blocks/render-block.ts';
import { createBlockContext } from '../create-block-context.ts';
import { element } from '../dom/element.ts';
import { icon } from '../dom/icon.ts';
import { plain } from '../mrkdwn/render-mrkdwn.ts';
import type { Page } from '../page.ts';
import { restoreForm } from './restore-form.ts';
import { reportReaction } from './toast.ts';

/** Shows the modal that the app opened, and keeps it in step with what the app makes of it. */
export function createModal(page: Page): void {
  let values: Record<string, Record<string, FormValue>> = {};
  let shownId: string | undefined;
  const dialog = element('dialog', { class: 'dialog modal' });
  document.body.append(dialog);
  dialog.addEventListener('cancel', (event) => {
    event.preventDefault();
    void page.deeds.cancel();
  });

  function show(view: PlaygroundView | null): void {
    if (!view) {
      dialog.close();
      shownId = undefined;
      return;
    }
    if (view.id !== shownId) values = {};
    shownId = view.id;
    const fill = (blockId: string, actionId: string, value: FormValue) => {
      values[blockId] = { ...values[blockId], [actionId]: value };
    };
    dialog.replaceChildren(renderForm(view, page, () => values, fill));
    restoreForm(dialog, values);
    if (!dialog.open) dialog.showModal();
    focusFirst(dialog, view);
  }

  page.store.listen((event) => {
    if (event.type === 'view') show(event.view);
    if (event.type === 'state') show(event.state.view);
  });
  show(page.store.state().view);
}

function renderForm(
  view: PlaygroundView,
  page: Page,
  values: () => FormValues,
  fill: (blockId: string, actionId: string, value: FormValue) => void,
): HTMLElement {
  const context = createBlockContext(page, { errors: view.errors, fill, values });
  const cancel = () => void page.deeds.cancel();
  const titleId = context.newDomId();
  const close = element(
    'button',
    { type: 'button', class: 'button button-icon', 'aria-label': 'Close', onclick: cancel },
    icon('close'),
  );
  const back = element('button', { type: 'button', class: 'button', onclick: cancel }, plain(view.close));
  const submit =
    view.submit && element('button', { type: 'submit', class: 'button button-primary' }, plain(view.submit));
  const form = element(
    'form',
    { 'aria-labelledby': titleId, novalidate: true },
    element('header', {}, element('h2', { id: titleId }, plain(view.title)), close),
    element('div', { class: 'dialog-body' }, renderBlocks(view.blocks, context)),
    element('footer', {}, back, submit),
  );
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    form.setAttribute('aria-busy', 'true');
    const reaction = await page.deeds.submit({ values: values() });
    form.removeAttribute('aria-busy');
    if (reaction.outcome === 'failed') reportReaction(reaction);
  });
  return form;
}

function focusFirst(dialog: HTMLElement, view: PlaygroundView): void {
  const wrong = dialog.querySelector<HTMLElement>('[aria-invalid]');
  const first = dialog.querySelector<HTMLElement>(
    '[autofocus], .dialog-body input, .dialog-body textarea, .dialog-body select',
  );
  (wrong ?? first ?? dialog.querySelector<HTMLElement>('footer button:last-child'))?.focus();
  dialog.setAttribute('aria-label', view.title);
}
