import type { Deeds } from './store/deeds.ts';
import type { PageStore } from './store/page-store.ts';

/** What every part of the page works with. */
export interface Page {
  readonly store: PageStore;
  readonly deeds: Deeds;
  /** Becomes another person. */
  become(person: string): void;
}
