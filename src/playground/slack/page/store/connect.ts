import type { PlaygroundEvent } from '../../protocol.ts';

/** Whether the page hears the desk: it waits when the desk has stopped, and is refused when another has taken its place. */
export type Hearing = 'connected' | 'waiting' | 'refused';

/** Hears what happens on the desk, for one person. The browser connects again by itself, unless it was refused. */
export function connect(
  person: string,
  hear: (event: PlaygroundEvent) => void,
  onHearing: (hearing: Hearing) => void,
): () => void {
  const source = new EventSource(`/playground/events?person=${encodeURIComponent(person)}`);
  source.onmessage = (message: MessageEvent<string>) => hear(JSON.parse(message.data));
  source.onopen = () => onHearing('connected');
  source.onerror = () => onHearing(source.readyState === EventSource.CLOSED ? 'refused' : 'waiting');
  return () => source.close();
}
