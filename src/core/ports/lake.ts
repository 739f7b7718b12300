import type { LakeObject, Slot } from './scan.ts';

/** Lists files in AWS's S3 layout: on S3, or in a folder. */
export interface Lake {
  /** The files whose records ended in the stretch, and those whose time nothing tells; folders of other times stay shut. */
  during(stretch: Slot, signal: AbortSignal): Promise<readonly LakeObject[]>;
  /** From the oldest file's time to the end of the newest one's first slot; undefined for an empty lake. */
  extent(signal: AbortSignal): Promise<Slot | undefined>;
}
