import { reportReaction } from '../dialogs/toast.ts';
import { element } from '../dom/element.ts';
import { icon } from '../dom/icon.ts';
import type { Page } from '../page.ts';
import { createCompletion } from './completion.ts';
import { createHistory } from './history.ts';

/** The box for lines, at the bottom of a channel or a thread. */
export interface Composer {
  readonly root: HTMLElement;
  focus(): void;
  /** Puts a line into the box, ready to be sent or changed. */
  put(text: string): void;
}

/** Creates the box; `threadTs` says in which thread it is, if it is in one. */
export function createComposer(page: Page, threadTs: () => string | undefined): Composer {
  const isThread = threadTs() !== undefined;
  const label = isThread ? 'Reply in the thread' : 'Write a line';
  const box = element('textarea', { rows: 1, 'aria-label': label, autocomplete: 'off', spellcheck: 'false' });
  const send = element(
    'button',
    { type: 'submit', class: 'button button-primary button-icon', 'aria-label': 'Send' },
    icon('send'),
  );
  const completion = createCompletion(page, box, isThread);
  const history = createHistory(box);
  const form = element(
    'form',
    { class: 'composer' },
    completion.root,
    element('div', { class: 'composer-line' }, box, send),
  );

  const invite = () => {
    box.placeholder = isThread
      ? `Reply, or @${page.store.state().bot.name} to ask`
      : `${page.store.state().command.name} …`;
  };
  const put = (text: string) => {
    box.value = text;
    completion.update();
    box.focus();
  };

  async function submit(): Promise<void> {
    const text = box.value.trim();
    if (text === '') return;
    history.add(text);
    put('');
    const thread = threadTs();
    const line = { channel: page.store.channel().id, text, ...(thread && { threadTs: thread }) };
    const reaction = await page.deeds.type(line);
    // Commands that fail are answered in the channel, in Slack's own words; a corner note would only repeat them.
    if (reaction.outcome === 'refused' || !text.startsWith('/')) reportReaction(reaction);
  }

  box.addEventListener('input', () => completion.update());
  box.addEventListener('keydown', (event) => {
    if (completion.handle(event) || history.handle(event)) return;
    if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      void submit();
    }
  });
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    void submit();
  });
  page.store.listen((event) => {
    if (event.type === 'state') invite();
  });
  invite();
  return { root: form, focus: () => box.focus(), put };
}
