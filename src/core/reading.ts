/** A word that an argument understood, with a note for the person when it was read otherwise than typed. */
export interface Recognised<T> {
  readonly value: T;
  readonly note?: string;
}

/** A word that an argument did not understand. */
export interface Unrecognised {
  /** Completes the sentence after the quoted word: `is not an address`. */
  readonly problem: string;
  /**
   * A word that is understood and means what was typed, or the nearest of a few choices. Undefined where none can be
   * known: a value that the person did not type is never put in place of theirs.
   */
  readonly instead?: string | undefined;
}

/** A word that was not understood, with one that is. */
interface Corrected extends Unrecognised {
  readonly instead: string;
}

/** What reading one word gives. */
export type Reading<T> = Recognised<T> | Unrecognised;

/** What reading one word gives where there is always a word that can be typed instead. */
export type CorrectedReading<T> = Recognised<T> | Corrected;

/** Whether a word was understood. */
export function isRecognised<T>(reading: Reading<T>): reading is Recognised<T> {
  return 'value' in reading;
}
