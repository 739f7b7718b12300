import type { Modal } from '../../render/blocks/block-types.ts';
import { viewArguments } from '../api/message-forms.ts';
import { slackRefusal } from '../api/slack-refusal.ts';
import type { SlackOutput } from '../question/thread-posts.ts';

/** A view as it was when a person changed a field of it. */
interface ChangedView {
  readonly id: string;
  readonly hash: string;
  /** Slack's time of the change. */
  readonly at: string;
}

/** Modals that are changed while people fill them in. */
export interface LiveViews {
  /**
   * Shows a view as it is to be after a change; one update at a time, and of the changes that come meanwhile the newest
   * alone. Never fails: a view that is closed, or changed otherwise, stays as it is.
   */
  show(changed: ChangedView, modal: Modal): Promise<void>;
}

interface LiveView {
  at: string;
  /** Of the view as it was last put there; undefined where that is not known: then that of the change counts. */
  hash: string | undefined;
  changedHash: string;
  shown: string;
  next: Modal | undefined;
  showing: Promise<void>;
}

const MOST_VIEWS = 500;

/** Creates it without any view. */
export function createLiveViews({ clients, log }: Pick<SlackOutput, 'clients' | 'log'>): LiveViews {
  const open = new Map<string, LiveView>();

  async function showNewest(id: string, view: LiveView): Promise<void> {
    const modal = view.next;
    view.next = undefined;
    const written = JSON.stringify(modal);
    if (modal === undefined || written === view.shown) return;
    try {
      const hash = view.hash ?? view.changedHash;
      // The hash keeps an older state from being put over a newer one of another process.
      const reply = await clients.quick.views.update({ view_id: id, hash, view: viewArguments(modal) });
      view.hash = reply.view?.hash ?? hash;
      view.shown = written;
    } catch (error) {
      view.hash = undefined;
      log.info({ view: id, code: slackRefusal(error)?.code ?? String(error) }, 'a form was not updated');
    }
  }

  return {
    show({ id, hash, at }, modal) {
      const view = open.get(id) ?? newView(hash);
      if (at < view.at) return view.showing;
      view.at = at;
      view.changedHash = hash;
      view.next = modal;
      open.delete(id);
      open.set(id, view);
      for (const oldest of [...open.keys()].slice(0, -MOST_VIEWS)) open.delete(oldest);
      view.showing = view.showing.then(() => showNewest(id, view));
      return view.showing;
    },
  };
}

function newView(hash: string): LiveView {
  return {
    at: '',
    hash: undefined,
    changedHash: hash,
    shown: '',
    next: undefined,
    showing: Promise.resolve(),
  };
}
