import type { Confirm } from '../../blocks/elements.ts';
import { element } from '../dom/element.ts';
import { type Names, plain, renderText } from '../mrkdwn/render-mrkdwn.ts';

/** Asks before something is done; resolves to the person's answer. Escape is a no. */
export function ask(confirm: Confirm, names: Names): Promise<boolean> {
  return new Promise((resolve) => {
    const title = plain(confirm.title?.text ?? 'Are you sure?');
    const style = confirm.style === 'danger' ? 'button button-danger' : 'button button-primary';
    const no = element('button', { type: 'button', class: 'button' }, plain(confirm.deny?.text ?? 'Cancel'));
    const yes = element('button', { type: 'button', class: style }, plain(confirm.confirm?.text ?? 'Yes'));
    const dialog = element(
      'dialog',
      { class: 'dialog dialog-small', 'aria-label': title },
      element('h2', {}, title),
      element('div', { class: 'dialog-body block-text' }, ...renderText(confirm.text, names)),
      element('footer', {}, no, yes),
    );
    let answer = false;
    no.addEventListener('click', () => dialog.close());
    yes.addEventListener('click', () => {
      answer = true;
      dialog.close();
    });
    dialog.addEventListener('close', () => {
      dialog.remove();
      resolve(answer);
    });
    document.body.append(dialog);
    dialog.showModal();
    (confirm.style === 'danger' ? no : yes).focus();
  });
}
