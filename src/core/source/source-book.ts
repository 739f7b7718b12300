import type { LogSource } from './log-source.ts';

/** What looking for flow logs found. */
export interface FoundSources {
  readonly sources: readonly LogSource[];
  /** Flow logs that cannot be asked, and why, a sentence each: they deliver elsewhere, or record a gateway. */
  readonly others: readonly string[];
  /** Accounts and regions that did not answer, a sentence each: what is there is not known. */
  readonly problems: readonly string[];
  readonly foundAt: Date;
}

/** Knows the flow logs of every account and region that is configured. */
export interface SourceBook {
  /**
   * What is known, asked anew when it is older than some minutes or when `fresh` says so.
   * @throws CloudError when nobody answers.
   */
  found(signal: AbortSignal, options?: { readonly fresh?: boolean }): Promise<FoundSources>;
}
