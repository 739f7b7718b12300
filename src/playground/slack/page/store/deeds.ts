// @ts-nocheck: draws kinds that are no longer played; the page is replaced as a whole.
import type {
  OptionAnswer,
  OptionSearch,
  PickedShortcut,
  Press,
  Reaction,
  Submission,
  TypedLine,
} from '../../protocol.ts';

/** What people do: each is one request to the desk. */
export interface Deeds {
  type(line: Omit<TypedLine, 'person'>): Promise<Reaction>;
  click(press: Omit<Press, 'person'>): Promise<Reaction>;
  submit(submission: Omit<Submission, 'person'>): Promise<Reaction>;
  cancel(): Promise<Reaction>;
  shortcut(picked: Omit<PickedShortcut, 'person'>): Promise<Reaction>;
  suggest(search: Omit<OptionSearch, 'person'>): Promise<OptionAnswer>;
}

/** Creates the deeds of whoever `me` says the page is. */
export function createDeeds(me: () => string): Deeds {
  const react = (name: string) => async (deed: object) =>
    (await post(name, { ...deed, person: me() })) as Reaction;
  return {
    type: react('type'),
    click: react('click'),
    submit: react('submit'),
    cancel: () => react('cancel')({}),
    shortcut: react('shortcut'),
    suggest: async (search) => (await post('suggest', { ...search, person: me() })) as OptionAnswer,
  };
}

/** The server checks what it is sent, and answers with the type that belongs to the deed. */
async function post(name: string, body: object): Promise<unknown> {
  const headers = { 'content-type': 'application/json' };
  try {
    const response = await fetch(`/playground/${name}`, {
      method: 'POST',
      headers,
      body: JSON.stringify(body),
    });
    const answer: unknown = await response.json();
    if (response.ok) return answer;
    return { outcome: 'failed', error: readError(answer) };
  } catch {
    return { outcome: 'failed', error: 'the desk is not running' };
  }
}

function readError(answer: unknown): string {
  return typeof answer === 'object' && answer !== null && 'error' in answer ? String(answer.error) : 'failed';
}
