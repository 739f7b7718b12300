import { Fragment } from 'preact';
import type { PlaygroundMessage } from '../protocol.ts';
import { formatDay } from './format.ts';
import { Icon } from './icon.tsx';
import { MessageRow } from './message.tsx';
import { useNewestInView } from './newest-in-view.ts';
import { usePage } from './page.tsx';

/** Messages of one author within this time are shown together. */
const TOGETHER_SECONDS = 300;

interface MessageListProps {
  readonly messages: readonly PlaygroundMessage[];
  readonly place: 'channel' | 'thread';
  readonly label: string;
  /** Counts the lines that the person sent here: whoever sends one wants to see what comes of it. */
  readonly sent: number;
}

/** A log that screen readers follow, with its newest message in view. */
export function MessageList({ messages, place, label, sent }: MessageListProps) {
  const { me, state } = usePage();
  const { list, hasUnseen, onScroll, showNewest } = useNewestInView(messages, sent);
  const dayOf = (message: PlaygroundMessage) => formatDay(Number(message.ts), me.tz);
  const rows = messages.map((message, index) => {
    const before = messages[index - 1];
    const startsDay = !before || dayOf(message) !== dayOf(before);
    const drawn = state.latest?.ts === message.ts ? ` ${state.latest.kind}` : '';
    const follows = !startsDay && belongsTogether(before, message) ? ' follows' : '';
    return (
      <Fragment key={message.ts}>
        {startsDay && (
          <div class="day">
            <span>{dayOf(message)}</span>
          </div>
        )}
        <MessageRow message={message} place={place} classes={`${drawn}${follows}`} />
      </Fragment>
    );
  });
  return (
    <div class="messages-place">
      <div
        class="messages"
        role="log"
        aria-live="polite"
        aria-label={label}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard
        tabIndex={0}
        ref={list}
        onScroll={onScroll}
      >
        {rows}
      </div>
      {hasUnseen && (
        <button type="button" class="chip to-newest" onClick={showNewest}>
          New messages
          <Icon name="down" />
        </button>
      )}
    </div>
  );
}

function belongsTogether(before: PlaygroundMessage, message: PlaygroundMessage): boolean {
  const isNear = Number(message.ts) - Number(before.ts) < TOGETHER_SECONDS;
  return isNear && before.author.id === message.author.id && before.onlyFor === message.onlyFor;
}
