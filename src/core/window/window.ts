/** A stretch of time `[from, to)`. A flow log record is in it when the record's own interval touches it. */
export interface Window {
  readonly from: Date;
  readonly to: Date;
}

/** Units in which people say how long. */
export type DurationUnit = 's' | 'm' | 'h' | 'd' | 'w';

/** A length of time as a person said it: `90m` stays 90 minutes. */
export interface SpokenDuration {
  readonly amount: number;
  readonly unit: DurationUnit;
}

/** How a person said the window. Clock times are already instants: they were read in the asker's time zone. */
export type WindowWords =
  | { readonly kind: 'last'; readonly duration: SpokenDuration }
  | { readonly kind: 'since'; readonly from: Date }
  | { readonly kind: 'between'; readonly from: Date; readonly to: Date }
  | { readonly kind: 'around'; readonly at: Date; readonly duration: SpokenDuration }
  | { readonly kind: 'today' }
  | { readonly kind: 'yesterday' }
  /** `date` is `YYYY-MM-DD` in the asker's time zone. */
  | { readonly kind: 'on'; readonly date: string };
