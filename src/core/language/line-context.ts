import type { Entry } from '../entry.ts';

/** What a line means depends on: which queries there are, when and where the asker is, and how much they may ask for. */
export interface LineContext {
  readonly catalog: readonly Entry[];
  readonly now: Date;
  /** The asker's time zone, an IANA name. */
  readonly zone: string;
  readonly longestWindowSeconds: number;
  /** What stands before a line in its place, as `/flowlog`; people paste it along. */
  readonly command?: string;
}
