import type { Scan } from './scan.ts';

/** Remembers across restarts what a question reads, so that every attempt at it reads the same and asks the same SQL. */
export interface ScanMemory {
  /** Undefined for a question whose scan was not chosen yet. */
  find(identity: string): Promise<Scan | undefined>;
  /** Writes a scan down before anything is run; of a question that has one the first stays. */
  keep(identity: string, scan: Scan): Promise<void>;
}
