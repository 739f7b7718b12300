import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { PlaygroundMessage } from '../protocol.ts';

/** So close to the end, the list follows new messages. */
const NEAR_END_PIXELS = 120;
/** What is left free above a message that is taller than the list. */
const ABOVE_PIXELS = 8;

/**
 * Keeps the newest message of a list in view: when the list is drawn, when a message comes or changes, when the list
 * gets another size, and when the person sends a line (`sent` counts them). Whoever has scrolled away stays there, and
 * `hasUnseen` says that something came meanwhile.
 */
export function useNewestInView(messages: readonly PlaygroundMessage[], sent: number) {
  const list = useRef<HTMLDivElement>(null);
  const isFollowing = useRef(true);
  const seenTop = useRef(0);
  const [hasUnseen, setUnseen] = useState(false);
  const newest = newestAnswer(messages);
  const shown = useRef<
    { readonly messages: readonly PlaygroundMessage[]; readonly sent: number } | undefined
  >(undefined);
  const follow = () => {
    if (!list.current || !isFollowing.current) return;
    scrollToNewest(list.current, newest);
    seenTop.current = list.current.scrollTop;
  };
  const followNow = useRef(follow);
  followNow.current = follow;
  const showNewest = () => {
    isFollowing.current = true;
    follow();
  };

  // After every drawing, because any event draws the list again; it moves only when its messages are others.
  useLayoutEffect(() => {
    const before = shown.current;
    shown.current = { messages, sent };
    if (before && before.sent === sent && areSame(before.messages, messages)) return;
    // The page hears of scrolling in the next frame: a message can be drawn before that.
    if (before && list.current && list.current.scrollTop !== seenTop.current) {
      isFollowing.current = isNewestInView(list.current, newestAnswer(before.messages));
    }
    if (before && before.sent !== sent) isFollowing.current = true;
    const hasNewer = before && newestAnswer(before.messages) !== newest;
    if (hasNewer && !isFollowing.current) setUnseen(true);
    follow();
  });
  useLayoutEffect(() => {
    if (!list.current) return;
    const observer = new ResizeObserver(() => followNow.current());
    observer.observe(list.current);
    return () => observer.disconnect();
  }, []);

  const onScroll = () => {
    if (!list.current) return;
    seenTop.current = list.current.scrollTop;
    isFollowing.current = isNewestInView(list.current, newest);
    if (isFollowing.current) setUnseen(false);
  };
  return { list, hasUnseen, onScroll, showNewest };
}

/** The newest message that says something: files alone belong to the answer before them. */
function newestAnswer(messages: readonly PlaygroundMessage[]): string | undefined {
  const says = ({ text, blocks }: PlaygroundMessage) => text !== '' || blocks.length > 0;
  return (messages.findLast(says) ?? messages.at(-1))?.ts;
}

function areSame(before: readonly PlaygroundMessage[], after: readonly PlaygroundMessage[]): boolean {
  return before.length === after.length && before.every((message, index) => message === after[index]);
}

/** To the end of the list; but what is taller than the list is read from its beginning. */
function scrollToNewest(list: HTMLElement, newest: string | undefined): void {
  const top = topOf(list, newest);
  const end = list.scrollHeight - list.clientHeight;
  list.scrollTop = top === undefined ? end : Math.min(end, Math.max(0, top - ABOVE_PIXELS));
}

function isNewestInView(list: HTMLElement, newest: string | undefined): boolean {
  const fromEnd = list.scrollHeight - list.scrollTop - list.clientHeight;
  if (fromEnd < NEAR_END_PIXELS) return true;
  const top = topOf(list, newest);
  return top !== undefined && top >= list.scrollTop && top < list.scrollTop + list.clientHeight;
}

function topOf(list: HTMLElement, ts: string | undefined): number | undefined {
  const messages = [...list.querySelectorAll<HTMLElement>('.message')];
  return messages.find((message) => message.dataset.ts === ts)?.offsetTop;
}
