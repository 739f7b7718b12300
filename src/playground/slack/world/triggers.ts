import { PLAYGROUND_LIMITS } from '../limits.ts';
import { createRecent } from './recent.ts';

/** What became of a trigger: whose it was, or why it opens nothing. */
export type TriggerUse =
  | { readonly person: string }
  | { readonly error: 'trigger_expired' | 'trigger_exchanged' | 'invalid_trigger' };

/** Triggers let an app open one modal soon after a person did something. */
export interface Triggers {
  give(person: string): string;
  use(id: string): TriggerUse;
}

/** Creates the trigger book: single use, and only for a few seconds. */
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
