import { PLAYGROUND_LIMITS } from '../limits.ts';
import { createRecent } from './recent.ts';

/** What became of a trigger: whose it was, or why it opens nothing. */
type TriggerUse =
  | { readonly person: string }
  | { readonly error: 'trigger_expired' | 'trigger_exchanged' | 'invalid_trigger' };

/** Triggers let an app open one modal soon after a person did something. */
export interface Triggers {
  give(person: string): string;
  use(id: string): TriggerUse;
}

/** Creates the triggers: each of a single use, within a few seconds. */
export function createTriggers(now: () => Date, newId: () => string): Triggers {
  const given = createRecent<{ readonly person: string; readonly atMs: number; readonly used: boolean }>(
    PLAYGROUND_LIMITS.rememberedAddresses,
  );
  return {
    give(person) {
      const id = `trigger.${newId()}`;
      given.put(id, { person, atMs: now().getTime(), used: false });
      return id;
    },
    use(id) {
      const trigger = given.get(id);
      if (!trigger) return { error: 'invalid_trigger' };
      if (trigger.used) return { error: 'trigger_exchanged' };
      if (now().getTime() - trigger.atMs > PLAYGROUND_LIMITS.triggerMs) return { error: 'trigger_expired' };
      given.put(id, { ...trigger, used: true });
      return { person: trigger.person };
    },
  };
}

/** Where a `response_url` leads: the person, the place, and the message that was pressed. */
export interface ResponsePlace {
  readonly person: string;
  readonly channel: string;
  readonly threadTs?: string;
  readonly originTs?: string;
}

/** What became of a use of a `response_url`. */
type ResponseUse =
  | { readonly place: ResponsePlace }
  | { readonly error: 'used_url' | 'expired_url' | 'no_such_url' };

/** Addresses under which an app may answer a person a few times. */
export interface ResponseUrls {
  /** Returns the id that ends the address. */
  give(place: ResponsePlace): string;
  use(id: string): ResponseUse;
}

/** Creates the addresses, each valid for a few uses and half an hour. */
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
