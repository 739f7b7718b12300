import type { PlaygroundEvent } from '../protocol.ts';
import { createModal } from './dialogs/modal.ts';
import { element } from './dom/element.ts';
import type { Page } from './page.ts';
import { createChannelPane } from './panes/channel-pane.ts';
import { createKeyboard } from './panes/keyboard.ts';
import { createSidebar } from './panes/sidebar.ts';
import { applyTheme } from './panes/theme.ts';
import { createThreadPane } from './panes/thread-pane.ts';
import { connect } from './store/connect.ts';
import { createDeeds } from './store/deeds.ts';
import { createPageStore, type PageStore } from './store/page-store.ts';
import { recall, remember } from './store/remember.ts';

/** The page begins: it connects as the person it was last, and draws when the first state arrives. */
const WAITING = 'The desk has stopped. This page waits for it to come back.';
const REFUSED = 'The desk was started again: open the address that it printed.';

applyTheme();
const lostNote = element('div', { class: 'lost-note', role: 'status' }, WAITING);
let store: PageStore | undefined;
let disconnect = join(recall('person') ?? '');

function join(person: string): () => void {
  return connect(person, hear, (hearing) => {
    lostNote.textContent = hearing === 'refused' ? REFUSED : WAITING;
    document.body.classList.toggle('lost', hearing !== 'connected');
    // Before the first state there is nothing else to show.
    if (hearing === 'refused' && !store) document.body.replaceChildren(lostNote);
  });
}

function become(person: string): void {
  disconnect();
  remember('person', person);
  disconnect = join(person);
}

function hear(event: PlaygroundEvent): void {
  store?.hear(event);
  if (store || event.type !== 'state') return;
  const [, channel, stamp] = /^\/archives\/(\w+)\/p(\d+)/.exec(location.pathname) ?? [];
  const opened = createPageStore(event.state, channel);
  store = opened;
  draw({ store: opened, deeds: createDeeds(() => opened.me().id), become });
  openLinked(opened, stamp);
}

/** An address of a message opens its thread. */
function openLinked(opened: PageStore, stamp: string | undefined): void {
  if (!stamp) return;
  const ts = `${stamp.slice(0, -6)}.${stamp.slice(-6)}`;
  const message = opened.message(opened.channel().id, ts);
  if (message) opened.openThread(message.threadTs ?? message.ts);
}

function draw(page: Page): void {
  const body = document.body;
  const closeDrawer = () => body.classList.remove('with-drawer');
  const channel = createChannelPane(page, () => body.classList.toggle('with-drawer'));
  const veil = element('div', { class: 'veil', onclick: closeDrawer });
  body.replaceChildren(
    element(
      'div',
      { class: 'desk' },
      createSidebar(page, closeDrawer),
      veil,
      channel.root,
      createThreadPane(page),
    ),
    lostNote,
    element('div', { id: 'toasts', role: 'alert' }),
  );
  createModal(page);
  createKeyboard(page, channel.composer, closeDrawer);
  channel.composer.focus();
}
