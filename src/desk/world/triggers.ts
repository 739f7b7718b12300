import { LIMITS } from '../../render/limits.ts';

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
  const given = new Map<string, { readonly person: string; readonly atMs: number; readonly used: boolean }>();
  return {
    give(person) {
      const id = `trigger.${newId()}`;
      given.set(id, { person, atMs: now().getTime(), used: false });
      return id;
    },
    use(id) {
      const trigger = given.get(id);
      if (!trigger) return { error: 'invalid_trigger' };
      if (trigger.used) return { error: 'trigger_exchanged' };
      if (now().getTime() - trigger.atMs > LIMITS.triggerMs) return { error: 'trigger_expired' };
      given.set(id, { ...trigger, used: true });
      return { person: trigger.person };
    },
  };
}
