// @ts-nocheck: draws kinds that are no longer played; the page is replaced as a whole.
import type { Element } from '../../../blocks/elements.ts';
import { openMenu } from '../../dialogs/menu.ts';
import { element } from '../../dom/element.ts';
import { icon } from '../../dom/icon.ts';
import { plain } from '../../mrkdwn/render-mrkdwn.ts';
import type { BlockContext } from '../block-context.ts';
import { renderField } from './field.ts';

/** Draws something that acts at once: a button, a menu, a select in a message. */
export function renderElement(one: Element, blockId: string, context: BlockContext): HTMLElement {
  if (one.type === 'button' || one.type === 'workflow_button' || one.type === 'icon_button')
    return renderButton(one, blockId, context);
  if (one.type === 'overflow') return renderOverflow(one, blockId, context);
  if (one.type === 'image')
    return element(
      'span',
      { class: 'picture-word', role: 'img', 'aria-label': one.alt_text ?? '' },
      one.alt_text ?? '',
    );
  const label = one.placeholder ? plain(one.placeholder.text) : one.type.replaceAll('_', ' ');
  return renderField(one, blockId, context, {
    label,
    change: (value) => {
      if (typeof value === 'string') void confirmAndPress(one, blockId, context, value);
    },
  });
}

async function confirmAndPress(
  one: Element,
  blockId: string,
  context: BlockContext,
  choice: string,
): Promise<void> {
  if (await context.confirms(one)) await context.press(blockId, one, choice);
}

function renderButton(one: Element, blockId: string, context: BlockContext): HTMLElement {
  const style = one.style ? ` button-${one.style}` : '';
  const button = element(
    'button',
    { type: 'button', class: `button${style}`, 'aria-label': one.accessibility_label },
    plain(one.text?.text ?? ''),
  );
  button.addEventListener('click', async () => {
    if (!(await context.confirms(one))) return;
    if (one.url && /^https?:/i.test(one.url)) open(one.url, '_blank', 'noreferrer,noopener');
    await whilePressed(button, () => context.press(blockId, one));
  });
  return button;
}

/** Shows that the press is on its way, and forgets a second press until the app has taken the first. */
async function whilePressed(button: HTMLButtonElement, press: () => Promise<unknown>): Promise<void> {
  if (button.getAttribute('aria-busy') === 'true') return;
  button.setAttribute('aria-busy', 'true');
  try {
    await press();
  } finally {
    button.removeAttribute('aria-busy');
  }
}

function renderOverflow(one: Element, blockId: string, context: BlockContext): HTMLElement {
  const button = element(
    'button',
    { type: 'button', class: 'button button-icon', 'aria-label': 'More actions', 'aria-haspopup': 'menu' },
    icon('more'),
  );
  button.addEventListener('click', () => {
    const entries = (one.options ?? []).map((option) => ({
      label: plain(option.text.text),
      pick: () => void confirmAndPress(one, blockId, context, option.value ?? ''),
    }));
    openMenu(button, entries);
  });
  return button;
}
