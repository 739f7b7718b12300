import type { PickedShortcut, PlaygroundEvent, Press, Reaction, Submission, TypedLine } from '../protocol.ts';

/** The page waits when the server has stopped; it is refused when another server has taken its place. */
export type Connection = 'connected' | 'waiting' | 'refused';

/** Listens to what happens, for one person; returns what ends it. The browser connects again by itself, unless it was refused. */
export function connect(
  person: string,
  hear: (event: PlaygroundEvent) => void,
  onConnection: (connection: Connection) => void,
): () => void {
  const source = new EventSource(`/playground/events?person=${encodeURIComponent(person)}`);
  source.onmessage = (message: MessageEvent<string>) => hear(JSON.parse(message.data));
  source.onopen = () => onConnection('connected');
  source.onerror = () => onConnection(source.readyState === EventSource.CLOSED ? 'refused' : 'waiting');
  return () => source.close();
}

/** What a person does: each is one request to the server. */
export interface Actions {
  type(line: Omit<TypedLine, 'person'>): Promise<Reaction>;
  click(press: Omit<Press, 'person'>): Promise<Reaction>;
  submit(submission: Omit<Submission, 'person'>): Promise<Reaction>;
  cancel(): Promise<Reaction>;
  shortcut(picked: Omit<PickedShortcut, 'person'>): Promise<Reaction>;
}

/** Creates the actions of one person. */
export function createActions(person: string): Actions {
  const act = (name: string) => (action: object) => post(name, { ...action, person });
  return {
    type: act('type'),
    click: act('click'),
    submit: act('submit'),
    cancel: () => act('cancel')({}),
    shortcut: act('shortcut'),
  };
}

/** The server checks what it is sent, and answers with a reaction. */
async function post(name: string, action: object): Promise<Reaction> {
  const headers = { 'content-type': 'application/json' };
  try {
    const body = JSON.stringify(action);
    const response = await fetch(`/playground/${name}`, { method: 'POST', headers, body });
    const answer: unknown = await response.json();
    return response.ok ? (answer as Reaction) : { outcome: 'failed', error: readError(answer) };
  } catch {
    return { outcome: 'failed', error: 'the playground is not running' };
  }
}

function readError(answer: unknown): string {
  return typeof answer === 'object' && answer !== null && 'error' in answer ? String(answer.error) : 'failed';
}
