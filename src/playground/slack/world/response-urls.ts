import { PLAYGROUND_LIMITS } from '../limits.ts';
import { createRecent } from './recent.ts';

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
export function createResponseUrls(now: () => Date, newSecret: () => string): ResponseUrls {
  const given = createRecent<{
    readonly place: ResponsePlace;
    readonly atMs: number;
    readonly uses: number;
  }>(PLAYGROUND_LIMITS.rememberedAddresses);
  return {
    give(place) {
      const id = newSecret();
      given.put(id, { place, atMs: now().getTime(), uses: 0 });
      return id;
    },
    use(id) {
      const found = given.get(id);
      if (!found) return { error: 'no_such_url' };
      if (now().getTime() - found.atMs > PLAYGROUND_LIMITS.responseUrlMs) return { error: 'expired_url' };
      if (found.uses >= PLAYGROUND_LIMITS.responseUrlUses) return { error: 'used_url' };
      given.put(id, { ...found, uses: found.uses + 1 });
      return { place: found.place };
    },
  };
}
