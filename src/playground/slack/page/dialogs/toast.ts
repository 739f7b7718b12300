import type { Reaction } from '../../protocol.ts';
import { element } from '../dom/element.ts';

const shownForMs = 6_000;

/** Says in a corner what went wrong, aloud for screen readers, and goes away by itself. */
export function toast(text: string): void {
  const shelf = document.getElementById('toasts');
  const note = element('div', { class: 'toast' }, text);
  shelf?.append(note);
  setTimeout(() => note.remove(), shownForMs);
}

const reasons: Readonly<Record<string, string>> = {
  operation_timeout: 'The app did not answer within three seconds.',
  dispatch_failed: 'The app is not connected.',
};

/** Tells the person if the app did not take what they did. */
export function reportReaction(reaction: Reaction): void {
  if (reaction.outcome === 'refused' && !reaction.noted) toast(reaction.reason);
  if (reaction.outcome === 'failed')
    toast(reasons[reaction.error] ?? `That did not work: ${reaction.error}.`);
}
