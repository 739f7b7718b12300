/** What has to be fetched before files can be read. */
export interface Fetches {
  readonly files: number;
  readonly bytes: number;
  /** What was asked of CloudWatch Logs when the files were chosen; left out where nothing is there. */
  readonly events?: FetchedEvents;
}

/** What CloudWatch Logs gave. */
export interface FetchedEvents {
  readonly calls: number;
  readonly events: number;
  readonly bytes: number;
}

/** What was fetched before files were read. */
export interface Fetched extends Fetches {
  /** Requests to S3 for what is in objects. */
  readonly gets: number;
}

/** What it is to fetch some files. */
export function fetchesOf(objects: readonly { readonly bytes: number }[]): Fetches {
  return { files: objects.length, bytes: objects.reduce((sum, { bytes }) => sum + bytes, 0) };
}

/** Several windows or groups of files together. Files that they share are counted twice: no more than that is fetched. */
export function addedUp(some: Fetches, others: Fetches): Fetches {
  const events = some.events ?? others.events;
  return {
    files: some.files + others.files,
    bytes: some.bytes + others.bytes,
    ...(events !== undefined && { events: addedEvents(some.events, others.events) }),
  };
}

/** Nothing was asked. */
export const NO_EVENTS: FetchedEvents = { calls: 0, events: 0, bytes: 0 };

/** What several runs of calls gave together. */
export function addedEvents(some = NO_EVENTS, others = NO_EVENTS): FetchedEvents {
  return {
    calls: some.calls + others.calls,
    events: some.events + others.events,
    bytes: some.bytes + others.bytes,
  };
}
