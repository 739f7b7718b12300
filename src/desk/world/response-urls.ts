import { LIMITS } from '../../render/limits.ts';

/** Where a `response_url` leads: the person, the place, and the message that was pressed. */
export interface ResponsePlace {
  readonly person: string;
  readonly channel: string;
  readonly threadTs?: string;
  readonly originTs?: string;
}

/** What became of a use of a `response_url`. */
export type ResponseUse =
  | { readonly place: ResponsePlace }
  | { readonly error: 'used_url' | 'expired_url' | 'no_such_url' };

/** Addresses under which an app may answer a person a few times. */
export interface ResponseUrls {
  /** Returns the id that ends the address. */
  give(place: ResponsePlace): string;
  use(id: string): ResponseUse;
}

/** Creates the book of addresses, each good for a few uses and half an hour. */
export function createResponseUrls(now: () => Date, newId: () => string): ResponseUrls {
  const given = new Map<
    string,
    { readonly place: ResponsePlace; readonly atMs: number; readonly uses: number }
  >();
  return {
    give(place) {
      const id = newId();
      given.set(id, { place, atMs: now().getTime(), uses: 0 });
      return id;
    },
    use(id) {
      const found = given.get(id);
      if (!found) return { error: 'no_such_url' };
      if (now().getTime() - found.atMs > LIMITS.responseUrlMs) return { error: 'expired_url' };
      if (found.uses >= LIMITS.responseUrlUses) return { error: 'used_url' };
      given.set(id, { ...found, uses: found.uses + 1 });
      return { place: found.place };
    },
  };
}
