import { render } from 'preact';
import { useCallback, useEffect, useMemo, useReducer, useState } from 'preact/hooks';
import { ChannelPane } from './channel-pane.tsx';
import { ModalDialog } from './modal.tsx';
import { mentionWriter, type Page, PageContext } from './page.tsx';
import { changePage, channelOf, type PageChange, type PageState, personOf } from './page-state.ts';
import { recall, remember } from './remember.ts';
import { type Connection, connect, createActions } from './server.ts';
import { Sidebar } from './sidebar.tsx';
import { applyTheme } from './theme.tsx';
import { ThreadPane } from './thread-pane.tsx';
import { Toasts, useToasts } from './toasts.tsx';

const LOST = {
  waiting: 'The playground has stopped. This page waits for it to come back.',
  refused: 'The playground was started again: open the address that it printed.',
} as const;

/** The whole page: it connects as the last chosen person, and is drawn when the first state arrives. */
function PlaygroundPage() {
  const [person, setPerson] = useState(() => recall('person') ?? '');
  const [state, change] = useReducer(changePage, undefined);
  const [connection, setConnection] = useState<Connection>('connected');
  useEffect(() => connect(person, change, setConnection), [person]);
  const become = useCallback((next: string) => {
    remember('person', next);
    setPerson(next);
  }, []);
  return (
    <>
      {state && <WorkspaceView state={state} change={change} become={become} />}
      {connection !== 'connected' && (
        <div class="lost-note" role="status">
          {LOST[connection]}
        </div>
      )}
    </>
  );
}

interface WorkspaceViewProps {
  readonly state: PageState;
  readonly change: (change: PageChange) => void;
  readonly become: (person: string) => void;
}

function WorkspaceView({ state, change, become }: WorkspaceViewProps) {
  const [hasDrawer, setDrawer] = useState(false);
  const { toasts, report } = useToasts();
  const me = personOf(state);
  const { people, channels, bot } = state.playground;
  const names = useMemo(() => mentionWriter(state.playground, me.tz), [people, channels, bot, me.tz]);
  const actions = useMemo(() => createActions(me.id), [me.id]);
  const page: Page = { state, me, channel: channelOf(state), names, actions, open: change, become, report };
  const closeDrawer = () => setDrawer(false);
  useEscape(state, change, closeDrawer);
  const classes = `playground${state.threadTs ? ' with-thread' : ''}${hasDrawer ? ' with-drawer' : ''}`;
  return (
    <PageContext.Provider value={page}>
      <div class={classes}>
        <Sidebar onChosen={closeDrawer} />
        <button type="button" class="veil" aria-label="Close the channels" onClick={closeDrawer} />
        <ChannelPane onMenu={() => setDrawer(!hasDrawer)} />
        <ThreadPane />
      </div>
      <ModalDialog />
      <Toasts toasts={toasts} />
    </PageContext.Provider>
  );
}

/** Escape closes the drawer and the thread, unless a dialog or a menu takes it. */
function useEscape({ threadTs }: PageState, change: (change: PageChange) => void, closeDrawer: () => void) {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== 'Escape' || event.defaultPrevented) return;
      if (document.querySelector('dialog[open], .menu')) return;
      closeDrawer();
      if (threadTs) change({ type: 'thread-opened', ts: undefined });
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  });
}

applyTheme();
render(<PlaygroundPage />, document.body);
