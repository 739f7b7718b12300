import { useState } from 'preact/hooks';
import { Composer } from './composer.tsx';
import { Icon } from './icon.tsx';
import { MessageList } from './message-list.tsx';
import { usePage } from './page.tsx';
import { threadMessages } from './page-state.ts';

/** The pane next to the channel that shows one thread; hidden while no thread is open. */
export function ThreadPane() {
  const { state, channel, open } = usePage();
  const [sent, setSent] = useState(0);
  const { threadTs } = state;
  return (
    <aside class="thread" aria-label="Thread" hidden={threadTs === undefined}>
      <header>
        <h2>Thread</h2>
        <span class="quiet">{channel.kind === 'dm' ? '' : `#${channel.name}`}</span>
        <button
          type="button"
          class="button button-icon"
          aria-label="Close the thread"
          onClick={() => open({ type: 'thread-opened', ts: undefined })}
        >
          <Icon name="close" />
        </button>
      </header>
      {threadTs !== undefined && (
        <MessageList
          key={threadTs}
          messages={threadMessages(state, threadTs)}
          place="thread"
          label="Thread"
          sent={sent}
        />
      )}
      <Composer place="thread" onSent={() => setSent(sent + 1)} />
    </aside>
  );
}
