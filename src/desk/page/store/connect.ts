import type { DeskEvent } from '../../protocol.ts';

/** Hears what happens on the desk, for one person. The browser connects again by itself. */
export function connect(
  person: string,
  hear: (event: DeskEvent) => void,
  onLost: (lost: boolean) => void,
): () => void {
  const source = new EventSource(`/desk/events?person=${encodeURIComponent(person)}`);
  source.onmessage = (message: MessageEvent<string>) => hear(JSON.parse(message.data));
  source.onopen = () => onLost(false);
  source.onerror = () => onLost(true);
  return () => source.close();
}
