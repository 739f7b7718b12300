import { useLayoutEffect, useState } from 'preact/hooks';
import { type Candidate, findCandidates } from './candidates.ts';
import { usePage } from './page.tsx';

/** What is in the box, with the completion of its last word and the lines that were sent before. */
export function useLine(box: { readonly current: HTMLTextAreaElement | null }, place: 'channel' | 'thread') {
  const { state, channel } = usePage();
  const [history] = useState(createHistory);
  const [text, setText] = useState('');
  const [cursor, setCursor] = useState<number>();
  const [arrow, setArrow] = useState<number>();
  const before = text.slice(0, cursor ?? 0);
  const found = findCandidates(state.playground, before, {
    isThread: place === 'thread',
    isDirect: channel.kind === 'dm',
  });
  const list = cursor === undefined ? [] : found.list;
  const chosen = list.length === 0 ? undefined : (arrow ?? (found.takenByEnter ? 0 : undefined));

  // A value that is set moves the browser's cursor to the end.
  useLayoutEffect(() => {
    if (cursor !== undefined) box.current?.setSelectionRange(cursor, cursor);
  }, [box, text, cursor]);

  /** Puts a text into the box; a cursor says that its word may be completed. */
  const show = (next: string, nextCursor?: number) => {
    setText(next);
    setCursor(nextCursor);
    setArrow(undefined);
  };
  const put = (next: string) => {
    show(next, next.length);
    box.current?.focus();
  };
  const take = ({ name }: Candidate) => {
    const after = text.slice(before.length);
    const gap = after.startsWith(' ') ? '' : ' ';
    const completed = `${before.slice(0, before.length - found.word.length)}${name}${gap}`;
    show(completed + after, completed.length);
    box.current?.focus();
  };
  const complete = (key: string): boolean => {
    const candidate = list[chosen ?? 0];
    if (!candidate) return false;
    if (key === 'Escape') setCursor(undefined);
    else if (key === 'ArrowDown' || key === 'ArrowUp') setArrow(neighbour(key, chosen, list.length));
    else if (key === 'Tab' || (key === 'Enter' && chosen !== undefined)) take(candidate);
    else return false;
    return true;
  };
  const handle = ({ key, shiftKey, isComposing }: KeyboardEvent): boolean => {
    if (isComposing || (shiftKey && key !== 'Tab')) return false;
    if (complete(key)) return true;
    const earlier = history.step(key, text);
    if (earlier !== undefined) show(earlier);
    return earlier !== undefined;
  };
  const onInput = ({ currentTarget }: { readonly currentTarget: HTMLTextAreaElement }) =>
    show(currentTarget.value, currentTarget.selectionStart);
  const sent = (sentText: string) => {
    history.add(sentText);
    put('');
  };
  return { text, list, chosen, put, take, handle, onInput, sent };
}

/** The candidate below or above the chosen one, round the ends of the list. */
function neighbour(key: 'ArrowDown' | 'ArrowUp', chosen: number | undefined, length: number): number {
  if (chosen === undefined) return key === 'ArrowDown' ? 0 : length - 1;
  return (chosen + (key === 'ArrowDown' ? 1 : length - 1)) % length;
}

/** The lines that were sent from a box, reached with the arrow keys. */
interface History {
  add(line: string): void;
  /** The line that an arrow key leads to from what is in the box; undefined where the arrow moves the cursor. */
  step(key: string, text: string): string | undefined;
}

/** Creates the history of one box. */
function createHistory(): History {
  const lines: string[] = [];
  let position = 0;
  return {
    add(line) {
      if (lines.at(-1) !== line) lines.push(line);
      position = lines.length;
    },
    step(key, text) {
      const by = { ArrowUp: -1, ArrowDown: 1 }[key];
      // Inside a longer text the arrows move the cursor, as everywhere.
      const isEdge = text === '' || text === lines[position];
      const next = position + (by ?? 0);
      if (by === undefined || !isEdge || next < 0 || next > lines.length) return undefined;
      position = next;
      return lines[position] ?? '';
    },
  };
}
