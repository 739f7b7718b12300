/** Time and chance, which enter at the doors and nowhere else. */
export interface World {
  readonly now: () => Date;
  readonly elapsedMs: () => number;
  readonly newId: () => string;
  /** At least 0, less than 1. */
  readonly random: () => number;
}
