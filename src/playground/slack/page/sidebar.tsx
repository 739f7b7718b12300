import type { PlaygroundChannel } from '../protocol.ts';
import { Icon } from './icon.tsx';
import { Avatar } from './message.tsx';
import { usePage } from './page.tsx';

/** The workspace: its channels, the direct message with the app, and who the page is. */
export function Sidebar({ onChosen }: { readonly onChosen: () => void }) {
  const { team, channels } = usePage().state.playground;
  const item = (channel: PlaygroundChannel) => (
    <Room key={channel.id} channel={channel} onChosen={onChosen} />
  );
  return (
    <nav class="sidebar" id="sidebar" aria-label="Workspace">
      <div class="brand">
        <Icon name="lamp" />
        <div>
          <strong>the playground</strong>
          <span>{team}</span>
        </div>
      </div>
      <h2>Channels</h2>
      <ul>{channels.filter((channel) => channel.kind !== 'dm').map(item)}</ul>
      <h2>Direct messages</h2>
      <ul>{channels.filter((channel) => channel.kind === 'dm').map(item)}</ul>
      <Self />
    </nav>
  );
}

interface RoomProps {
  readonly channel: PlaygroundChannel;
  readonly onChosen: () => void;
}

function Room({ channel, onChosen }: RoomProps) {
  const { state, open } = usePage();
  const isUnread = state.unread.has(channel.id);
  const choose = () => {
    open({ type: 'channel-opened', channel: channel.id });
    onChosen();
  };
  return (
    <li>
      <button
        type="button"
        class={`room${isUnread ? ' unread' : ''}${channel.archived ? ' archived' : ''}`}
        aria-current={state.channelId === channel.id ? 'page' : undefined}
        onClick={choose}
      >
        <ChannelSign kind={channel.kind} />
        <span class="room-name">{channel.kind === 'dm' ? state.playground.bot.name : channel.name}</span>
        {isUnread && <span class="dot" role="img" aria-label="new messages" />}
      </button>
    </li>
  );
}

/** The sign before the name of a channel. */
export function ChannelSign({ kind }: Pick<PlaygroundChannel, 'kind'>) {
  if (kind === 'private') return <Icon name="lock" />;
  if (kind === 'dm') return <Icon name="bolt" />;
  return (
    <span class="hash" aria-hidden="true">
      #
    </span>
  );
}

/** Switches the person whom the page acts for: without passwords, because only this machine reaches the playground. */
function Self() {
  const { me, state, become } = usePage();
  return (
    <div class="self">
      <Avatar author={{ kind: 'person', id: me.id, name: me.name }} />
      <div>
        <select aria-label="You are" value={me.id} onChange={(event) => become(event.currentTarget.value)}>
          {state.playground.people.map((person) => (
            <option key={person.id} value={person.id}>
              {person.realName}
            </option>
          ))}
        </select>
        <span class="zone">{me.tz}</span>
      </div>
    </div>
  );
}
