import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import type { Candidate } from './candidates.ts';
import { Icon } from './icon.tsx';
import { usePage } from './page.tsx';
import { useLine } from './use-line.ts';

interface ComposerProps {
  readonly place: 'channel' | 'thread';
  readonly onSent: () => void;
}

/** The box for lines at the bottom of a channel or a thread, with lines to try above that of a channel. */
export function Composer({ place, onSent }: ComposerProps) {
  const page = usePage();
  const { bot, command } = page.state.playground;
  const box = useRef<HTMLTextAreaElement>(null);
  const line = useLine(box, place);
  const { threadTs } = page.state;
  const isActive = (place === 'thread') === (threadTs !== undefined);
  useLayoutEffect(() => {
    if (isActive) box.current?.focus();
  }, [isActive, threadTs]);
  useSlashKey(box, place === 'channel', line.put);

  const submit = async () => {
    const text = line.text.trim();
    if (text === '') return;
    line.sent(text);
    onSent();
    const thread = place === 'thread' && threadTs ? { threadTs } : {};
    const reaction = await page.actions.type({ channel: page.channel.id, text, ...thread });
    // Commands that fail are answered in the channel, in Slack's own words; a corner note would only repeat them.
    if (reaction.outcome === 'refused' || !text.startsWith('/')) page.report(reaction);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (line.handle(event)) event.preventDefault();
    else if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      void submit();
    }
  };
  const onSubmit = (event: Event) => {
    event.preventDefault();
    void submit();
  };
  return (
    <div class="foot">
      {place === 'channel' && <Chips onLine={line.put} />}
      <form class="composer" onSubmit={onSubmit}>
        <Completion text={line.text} list={line.list} chosen={line.chosen} onTaken={line.take} />
        <div class="composer-line">
          <textarea
            rows={1}
            aria-label={place === 'thread' ? 'Reply in the thread' : 'Write a line'}
            autocomplete="off"
            spellcheck={false}
            placeholder={place === 'thread' ? `Reply, or @${bot.name} to ask` : `${command.name} …`}
            ref={box}
            value={line.text}
            onInput={line.onInput}
            onKeyDown={onKeyDown}
          />
          <button type="submit" class="button button-primary button-icon" aria-label="Send">
            <Icon name="send" />
          </button>
        </div>
      </form>
    </div>
  );
}

/** The key `/`, pressed where nothing is typed, begins a command. */
function useSlashKey(
  box: { readonly current: HTMLTextAreaElement | null },
  isOn: boolean,
  put: (text: string) => void,
): void {
  useEffect(() => {
    if (!isOn) return;
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== '/' || event.defaultPrevented || isTyping(event.target)) return;
      if (document.querySelector('dialog[open], .menu')) return;
      event.preventDefault();
      put(box.current?.value || '/');
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  });
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && ['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tagName);
}

/** Lines to try, and the shortcuts that belong to no message. A line goes into the box; it is not sent. */
function Chips({ onLine }: { readonly onLine: (text: string) => void }) {
  const { state, actions, report } = usePage();
  const { suggestions, shortcuts } = state.playground;
  const globals = shortcuts.filter((shortcut) => shortcut.type === 'global');
  if (suggestions.length + globals.length === 0) return null;
  return (
    <fieldset class="chips" aria-label="Lines to try">
      {globals.map(({ name, callbackId }) => (
        <button
          type="button"
          class="chip"
          key={callbackId}
          onClick={async () => report(await actions.shortcut({ callbackId }))}
        >
          <Icon name="bolt" />
          {name}
        </button>
      ))}
      {suggestions.map(({ label, text }) => (
        <button type="button" class="chip" title={text} key={label} onClick={() => onLine(text)}>
          <span class="chip-word">{label}</span>
        </button>
      ))}
    </fieldset>
  );
}

interface CompletionProps {
  readonly text: string;
  readonly list: readonly Candidate[];
  readonly chosen: number | undefined;
  readonly onTaken: (candidate: Candidate) => void;
}

/** The list above the box while a word may be completed; behind the bare command, how it is used. */
function Completion({ text, list, chosen, onTaken }: CompletionProps) {
  const { name, usageHint } = usePage().state.playground.command;
  const hasHint = list.length === 0 && text.trim() === name;
  return (
    <div class="completion" role="status" hidden={list.length === 0 && !hasHint}>
      {list.map((candidate, index) => (
        <button
          type="button"
          class="candidate"
          tabIndex={-1}
          data-chosen={index === chosen || undefined}
          key={candidate.name}
          // Pressing the mouse would take the focus out of the box before the click arrives.
          onMouseDown={(event) => {
            event.preventDefault();
            onTaken(candidate);
          }}
        >
          <strong>{candidate.name}</strong>
          <span>{candidate.about}</span>
        </button>
      ))}
      {hasHint && (
        <div class="usage">
          <strong>{name}</strong>
          <span>{usageHint}</span>
        </div>
      )}
    </div>
  );
}
