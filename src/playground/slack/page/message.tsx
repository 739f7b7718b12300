import { useMemo } from 'preact/hooks';
import type { PlaygroundAuthor, PlaygroundMessage } from '../protocol.ts';
import { Blocks } from './blocks.tsx';
import { FileCard } from './file-card.tsx';
import { formatDateTime, formatTime } from './format.ts';
import { Icon } from './icon.tsx';
import { MenuButton } from './menu.tsx';
import { Mrkdwn } from './mrkdwn.tsx';
import { usePage } from './page.tsx';
import { threadMessages } from './page-state.ts';

interface MessageRowProps {
  readonly message: PlaygroundMessage;
  readonly place: 'channel' | 'thread';
  readonly classes: string;
}

/** One message; in a channel its thread is summed up in a line below it. */
export function MessageRow({ message, place, classes }: MessageRowProps) {
  const { me, names } = usePage();
  const { author, channel, ts, text, blocks, files } = message;
  // The same nodes as before, so that what comes elsewhere does not draw every table again.
  const body = useMemo(() => {
    if (blocks.length > 0) return <Blocks blocks={blocks} place={{ channel, ts }} />;
    return text === '' ? null : (
      <div class="block-text">
        <Mrkdwn text={text} names={names} />
      </div>
    );
  }, [channel, ts, text, blocks, names]);
  return (
    <article
      class={`message message-${author.kind}${message.onlyFor ? ' message-private' : ''}${classes}`}
      data-ts={ts}
      aria-label={`${author.name} at ${formatTime(Number(ts), me.tz)}`}
    >
      <Avatar author={author} />
      <div class="message-main">
        <Byline message={message} />
        {body}
        {files.map((file) => (
          <FileCard key={file.id} file={file} />
        ))}
        {place === 'channel' && <ThreadLine message={message} />}
      </div>
      <Tools message={message} place={place} />
    </article>
  );
}

/** A coloured sign for the author: initials for people, the lightning bolt for the app. */
export function Avatar({ author }: { readonly author: PlaygroundAuthor }) {
  const hue = [...author.id].reduce((sum, letter) => sum + letter.charCodeAt(0), 0) % 4;
  const kind = author.kind === 'person' ? hue : author.kind;
  return (
    <span class={`avatar avatar-${kind}`} aria-hidden="true">
      {author.kind === 'person' ? (
        author.name.slice(0, 2).toUpperCase()
      ) : (
        <Icon name={author.kind === 'bot' ? 'bolt' : 'lamp'} />
      )}
    </span>
  );
}

function Byline({ message }: Pick<MessageRowProps, 'message'>) {
  const { tz } = usePage().me;
  const seconds = Number(message.ts);
  const tag = { bot: 'app', slack: 'slack', person: '' }[message.author.kind];
  return (
    <div class="byline">
      <span class="author">{message.author.name}</span>
      {tag !== '' && <span class="tag">{tag}</span>}
      <time title={formatDateTime(seconds, tz)}>{formatTime(seconds, tz)}</time>
      {message.edited && <span class="quiet edited">(edited)</span>}
      {message.onlyFor && (
        <span class="private-note">
          <Icon name="eye" />
          Only visible to you
        </span>
      )}
    </div>
  );
}

function ThreadLine({ message }: Pick<MessageRowProps, 'message'>) {
  const { state, me, open } = usePage();
  const replies = threadMessages(state, message.ts).filter((reply) => reply.ts !== message.ts);
  const last = replies.at(-1);
  if (!last) return null;
  return (
    <button type="button" class="thread-line" onClick={() => open({ type: 'thread-opened', ts: message.ts })}>
      <strong>{replies.length === 1 ? '1 reply' : `${replies.length} replies`}</strong>
      <span class="quiet">last at {formatTime(Number(last.ts), me.tz)}</span>
      <Icon name="chevron" />
    </button>
  );
}

function Tools({ message, place }: Pick<MessageRowProps, 'message' | 'place'>) {
  const { state, actions, open, report } = usePage();
  if (message.onlyFor) return null;
  const { channel, ts, threadTs } = message;
  const reply = {
    label: 'Reply in thread',
    pick: () => open({ type: 'thread-opened', ts: threadTs ?? ts }),
  };
  const shortcuts = state.playground.shortcuts
    .filter((shortcut) => shortcut.type === 'message')
    .map(({ name, callbackId }) => ({
      label: name,
      pick: async () => report(await actions.shortcut({ callbackId, channel, ts })),
    }));
  const entries = place === 'channel' ? [reply, ...shortcuts] : shortcuts;
  if (entries.length === 0) return null;
  return (
    <div class="message-tools">
      <MenuButton label={`Actions for the message of ${message.author.name}`} entries={entries} />
    </div>
  );
}
