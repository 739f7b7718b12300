import { element } from '../dom/element.ts';
import type { Page } from '../page.ts';

interface Candidate {
  readonly insert: string;
  readonly name: string;
  readonly about: string;
}

/** Offers commands and names while somebody types. */
export interface Completion {
  readonly root: HTMLElement;
  update(): void;
  /** Returns true when it used the key. */
  handle(event: KeyboardEvent): boolean;
}

/** Creates the list above a box; it knows the app's command, the invitation and the app's name. */
export function createCompletion(page: Page, box: HTMLTextAreaElement, isThread: boolean): Completion {
  const root = element('div', { class: 'completion', role: 'status', hidden: true });
  let candidates: readonly Candidate[] = [];
  let chosen = 0;

  function take(candidate: Candidate): void {
    box.value = `${box.value.replace(/\S*$/, '')}${candidate.insert} `;
    box.focus();
    update();
  }

  function update(): void {
    candidates = findCandidates(page, box.value, isThread);
    chosen = 0;
    draw();
  }

  function draw(): void {
    const items = candidates.map((candidate, index) =>
      renderCandidate(candidate, index === chosen, () => take(candidate)),
    );
    const hint = usageHint(page, box.value);
    root.replaceChildren(...(items.length > 0 ? items : hint ? [hint] : []));
    root.hidden = root.childElementCount === 0;
  }

  function handle(event: KeyboardEvent): boolean {
    const candidate = candidates[chosen];
    if (!candidate) return false;
    if (event.key === 'Escape') candidates = [];
    else if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      chosen = (chosen + (event.key === 'ArrowDown' ? 1 : candidates.length - 1)) % candidates.length;
    } else if (event.key === 'Tab' || event.key === 'Enter') take(candidate);
    else return false;
    event.preventDefault();
    event.stopPropagation();
    draw();
    return true;
  }

  return { root, update, handle };
}

function renderCandidate(candidate: Candidate, isChosen: boolean, onTaken: () => void): HTMLElement {
  const attributes = { type: 'button', class: 'candidate', tabindex: -1, 'data-chosen': isChosen && 'true' };
  const words = [element('strong', {}, candidate.name), element('span', {}, candidate.about)];
  const item = element('button', attributes, ...words);
  // Pressing the mouse would take the focus out of the box before the click arrives.
  item.addEventListener('mousedown', (event) => {
    event.preventDefault();
    onTaken();
  });
  return item;
}

function findCandidates(page: Page, text: string, isThread: boolean): readonly Candidate[] {
  const { command, bot } = page.store.state();
  const known: readonly Candidate[] = [
    { insert: command.name, name: command.name, about: `${command.description}  ${command.usageHint}` },
    { insert: `/invite @${bot.name}`, name: `/invite @${bot.name}`, about: 'Add the app to this channel' },
  ];
  if (!isThread && /^\/\S*$/.test(text))
    return known.filter((one) => one.name.startsWith(text) && one.name !== text);
  const word = /(?:^|\s)(@\w*)$/.exec(text)?.[1];
  const mention = { insert: `@${bot.name}`, name: `@${bot.name}`, about: 'Ask the app here' };
  return word && mention.name.startsWith(word) && mention.name !== word ? [mention] : [];
}

function usageHint(page: Page, text: string): HTMLElement | undefined {
  const { name, usageHint: hint } = page.store.state().command;
  if (text.trim() !== name) return undefined;
  return element('div', { class: 'usage' }, element('strong', {}, name), element('span', {}, hint));
}
