import { useEffect, useState } from 'preact/hooks';
import { Composer } from './composer.tsx';
import { Icon } from './icon.tsx';
import { MessageList } from './message-list.tsx';
import { type Page, usePage } from './page.tsx';
import { channelMessages } from './page-state.ts';
import { ChannelSign } from './sidebar.tsx';
import { ThemeToggle } from './theme.tsx';

/** The middle of the page: a channel, its messages, and the box for lines. */
export function ChannelPane({ onMenu }: { readonly onMenu: () => void }) {
  const { state, channel } = usePage();
  const [sent, setSent] = useState(0);
  const messages = channelMessages(state);
  return (
    <main class="channel">
      <ChannelHeader onMenu={onMenu} />
      {messages.length === 0 ? (
        <Welcome />
      ) : (
        <MessageList
          key={`${state.playground.me} ${channel.id}`}
          messages={messages}
          place="channel"
          label="Messages"
          sent={sent}
        />
      )}
      <div hidden={channel.archived}>
        <Composer place="channel" onSent={() => setSent(sent + 1)} />
      </div>
      {channel.archived && <p class="archived-note">This channel is archived: no one can write here.</p>}
    </main>
  );
}

/** The top of the channel: its name, whether the app is in it, and whether the app is connected at all. */
function ChannelHeader({ onMenu }: { readonly onMenu: () => void }) {
  const page = usePage();
  const { channel, state } = page;
  const name = channel.kind === 'dm' ? state.playground.bot.name : channel.name;
  useEffect(() => {
    document.title = `${channel.kind === 'dm' ? '' : '#'}${name} · the playground`;
  }, [channel.kind, name]);
  return (
    <header class="channel-header">
      <button
        type="button"
        class="button button-icon menu-button"
        aria-label="Channels"
        aria-controls="sidebar"
        onClick={onMenu}
      >
        <Icon name="menu" />
      </button>
      <div class="title">
        <h1>
          <ChannelSign kind={channel.kind} />
          {name}
        </h1>
        <span class="quiet">{describe(page)}</span>
      </div>
      <Status />
      <ThemeToggle />
    </header>
  );
}

function Status() {
  const { bot, sockets } = usePage().state.playground;
  const isThere = sockets === null || sockets > 0;
  const words = sockets === null ? 'over HTTP' : isThere ? 'is connected' : 'is not connected';
  const title = sockets === null ? '' : `${sockets} open ${sockets === 1 ? 'socket' : 'sockets'}`;
  return (
    <div class={`status ${isThere ? 'status-on' : 'status-off'}`} role="status" title={title}>
      <span class="lamp" aria-hidden="true" />
      <span>
        {bot.name} {words}
      </span>
    </div>
  );
}

function describe({ channel, state }: Page): string {
  const { bot } = state.playground;
  if (channel.archived) return 'archived';
  if (channel.kind === 'dm') return 'between you and the app';
  const people = channel.members.length === 1 ? '1 person' : `${channel.members.length} people`;
  return channel.botIsMember
    ? `${people} and @${bot.name}`
    : `${people}; @${bot.name} is not in this channel`;
}

/** What an empty channel says. */
function Welcome() {
  const { state, channel } = usePage();
  const { bot, command } = state.playground;
  const isDirect = channel.kind === 'dm';
  return (
    <div class="welcome-place">
      <div class="welcome">
        <Icon name="lamp" />
        <h2>
          {isDirect ? `This is between you and ${bot.name}` : `Nothing was said in #${channel.name} yet`}
        </h2>
        <p>{isDirect ? 'Just write a line.' : `Type ${command.name}, or pick a line below.`}</p>
        {!channel.botIsMember && !channel.archived && (
          <p class="quiet">
            @{bot.name} is not in this channel. Type /invite @{bot.name} and it can answer in threads here.
          </p>
        )}
        <p class="quiet">
          The playground stands in for Slack on this machine: nothing you write here reaches it.
        </p>
      </div>
    </div>
  );
}
