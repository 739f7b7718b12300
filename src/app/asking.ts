import { setTimeout as sleep } from 'node:timers/promises';
import { createAsk } from '../core/answer/ask.ts';
import { createBudget } from '../core/answer/budget.ts';
import type { StoreEvents } from '../core/answer/lasting-writes.ts';
import { createTurns, type QueueAmounts } from '../core/answer/turns.ts';
import { createIdentityLookup } from '../core/lake/identity-lookup.ts';
import { createInterfacesByName } from '../core/lake/interfaces-by-name.ts';
import { createNameBook, type NameBook, type NameBookParts } from '../core/lake/name-book.ts';
import { createRulesLookup } from '../core/lake/rules-lookup.ts';
import { createAct } from '../core/operation/act.ts';
import { type AnswerRequests, createAnswerRequests } from '../core/operation/answer-requests.ts';
import { createKnownNames, type KnownNames, NO_KNOWN_NAMES } from '../core/operation/known-names.ts';
import type { OperationSettings } from '../core/operation/operation.ts';
import type { RequestOrHelp } from '../core/operation/request.ts';
import { createNameResolver } from '../core/operation/resolve-names.ts';
import type { Stores } from '../core/operation/stores.ts';
import { recordedTerminalAsk, type TerminalAsk } from '../terminal/answer-in-terminal.ts';
import { type Origin, originLines } from '../terminal/welcome-text.ts';
import { actingOn, settingsOf } from './acting.ts';
import { openAwsRanges } from './aws-ranges.ts';
import { type Backend, type OpenBackend, openBackend } from './backend.ts';
import type { Config } from './config.ts';
import { openCountries } from './countries.ts';
import { type DebugFor, debuggedBackend, NO_DEBUG } from './debug.ts';
import { type Job, startJobs } from './job.ts';
import {
  createLeases,
  createShare,
  expiryJob,
  type JobEvents,
  type Leases,
  nameJob,
  type Share,
  sweepJob,
} from './jobs.ts';
import { beginState, lastingStores, type OpenedStores } from './lasting-stores.ts';
import { UNWATCHED, type Watch } from './observe/watch.ts';
import { readingWithin } from './reading.ts';
import type { World } from './this-process.ts';
import { watchAwsCalls } from './watch-aws-calls.ts';
import { type WhoMay, whoMay } from './who-may.ts';

/** Reads lines and answers them, for Slack and for the terminal. */
export interface Asking {
  /** Answers requests and records them, for doors that deliver answers by themselves. */
  readonly recorded: AnswerRequests;
  /** Answers a line of a terminal and records it. */
  readonly ask: TerminalAsk;
  /** Parses a line. @throws UserError for a mistake. */
  understand(line: string, zone: string): RequestOrHelp;
  /** What things are called here. */
  readonly knownNames: KnownNames;
  /** How many questions of this process run and wait. */
  queue(): QueueAmounts;
  /** How many processes work on the store: rates of AWS and Slack are shared by them. */
  share(): number;
  /** Whether a question of another process whose lease is over can be taken up. */
  areLeasesTelling(): boolean;
  /** Paths of the state that other users of this machine can still read, because their modes could not be changed. */
  readonly stillOpen: readonly string[];
  /** Starts the jobs: files that land, flow logs whose time is over, leases. Returns what stops them. */
  start(events: JobEvents): () => void;
  /** Sentences on the sources of answers; asks AWS, and never fails. */
  originLines(): Promise<readonly string[]>;
  close(): Promise<void>;
}

/** Who sees what happens inside. */
interface Observers {
  readonly debug: DebugFor;
  readonly watch: Watch;
  /** Called when the store fails and when it works. */
  readonly storeEvents: StoreEvents;
}

const UNSEEN: Observers = {
  debug: NO_DEBUG,
  watch: UNWATCHED,
  storeEvents: { failed: () => {}, worked: () => {} },
};

/**
 * Opens the store, the backend and what answers lines, as configured; `open` opens the backend in another way, and `begun` is
 * what the store comes to where it is being opened already.
 * @throws UserError when there is nothing to ask. @throws StoreError when the store cannot be opened.
 */
export async function openAsking(
  config: Config,
  world: World,
  observers: Partial<Observers> = {},
  open: OpenBackend = openBackend,
  begun?: Promise<OpenedStores>,
): Promise<Asking> {
  const { debug, watch, storeEvents } = { ...UNSEEN, ...observers };
  const { now, elapsedMs } = world;
  const { stillOpen, stores: opened } = await (begun ?? (await beginState(config, world)).opening);
  const stopWatching = watchAwsCalls(debug('aws'), elapsedMs);
  const stores = lastingStores(opened, { watch, events: storeEvents, pause: unheld });
  const opening = openOver(stores, () => open(config, stores.scans, world));
  const backend = debuggedBackend(await opening, debug, elapsedMs);
  const looked = lookedAfter(backend);
  const [settings, rights] = [settingsOf(config), whoMay(config)];
  const understand = readingWithin(config.longestWindow, now);
  const ranges = await openRanges(config, now);
  const published = { ofRange: ranges?.nameOf, countries: openCountries() };
  const names = nameBookOf(backend, stores, published, now);
  const [share, leases] = [createShare(stores, now), createLeases(stores, now)];
  const { queue, ...turns } = turnsFor(backend, share, watch);
  const ask = createAsk({
    sources: backend.sources,
    engine: backend.engine,
    rules: looked && createRulesLookup(looked),
    identify: identityLookupOf(backend, stores, published),
    prices: settings.prices,
    names,
    isNamed: config.names,
    longestWindowSeconds: config.longestWindow * 3_600,
    now,
    budget: budgetOf(backend, stores, settings, { ...rights, now }),
    ...turns,
  });
  const act = createAct({ ...actingOn(backend, stores, world), queue, settings, ...rights });
  const answering = createAnswerRequests({
    ask,
    understand,
    resolveNames: createNameResolver(looked && createInterfacesByName({ sites: looked.sites, now })),
    act,
    store: stores.store,
    now,
    timeoutMs: config.timeoutSeconds * 1000,
  });
  const recorded = watch.requests(answering, backend.engine.name);
  return {
    recorded,
    stillOpen,
    queue,
    share: share.processes,
    areLeasesTelling: leases.areTelling,
    ask: recordedTerminalAsk(recorded, world),
    knownNames: looked ? createKnownNames({ sites: looked.sites, now, pause: unheld }) : NO_KNOWN_NAMES,
    understand,
    start(events) {
      const parts = { backend, stores, names, share, leases, ranges };
      return startJobs(jobsOf(parts, { ...config, now }, events), events.failed);
    },
    originLines: () => originLines(originOf(config, backend)),
    async close() {
      names.close();
      await stores.close();
      backend.close();
      stopWatching();
    },
  };
}

/** Over a folder there is no EC2 to ask. */
function lookedAfter({ cloud, looksAfter }: Backend) {
  return looksAfter ? cloud : undefined;
}

interface JobParts {
  readonly backend: Backend;
  readonly stores: Stores;
  readonly names: NameBook;
  readonly share: Share;
  readonly leases: Leases;
  readonly ranges: Awaited<ReturnType<typeof openRanges>>;
}

/** What goes on by itself. A process that shows no endings is one of a terminal, which takes no part of what is shared. */
function jobsOf(
  { backend, stores, names, share, leases, ranges }: JobParts,
  config: Config & Pick<World, 'now'>,
  events: JobEvents,
): readonly Job[] {
  const expiry = expiryJob(backend.cloud, stores, config, events);
  const naming = nameJob({ book: backend.book, names, history: stores.names }, config);
  const looking = backend.looksAfter ? [expiry, ...(config.names ? [naming] : [])] : [];
  const counting = events.endings === undefined ? [] : [share.job];
  return [
    ...backend.jobs,
    leases.job,
    sweepJob(stores, config),
    ...counting,
    ...looking,
    ...(ranges ? [ranges.job] : []),
  ];
}

/** Where there is nothing to ask, the stores are closed. */
async function openOver(stores: Stores, open: () => Promise<Backend>): Promise<Backend> {
  try {
    return await open();
  } catch (error) {
    await stores.close();
    throw error;
  }
}

/** The ranges that AWS publishes; undefined where they are not wanted, or AWS is not asked at all. */
async function openRanges(config: Config, now: () => Date) {
  const isWanted = config.awsRanges ?? config.awsRegion !== undefined;
  return isWanted ? openAwsRanges({ ...config, now }) : undefined;
}

/** Undefined where nothing is billed. */
function budgetOf(
  { engine }: Backend,
  { store: reserving }: Stores,
  { limits }: OperationSettings,
  rights: WhoMay & Pick<World, 'now'>,
) {
  return engine.bills ? createBudget({ reserving, limits, ...rights }) : undefined;
}

/** Turns for choosing what to read and for the engine, and how many questions run and wait in both. */
function turnsFor(
  { places: { atOnce, longAtOnce, longerThanBytes }, engine }: Backend,
  share: Share,
  watch: Watch,
) {
  // What is embedded shares nothing.
  const turns = createTurns(atOnce, longAtOnce, engine.bills ? share.processes : undefined);
  const choosing = createTurns(atOnce);
  const queue = (): QueueAmounts => {
    const { running, waiting } = turns.amounts();
    return { running, waiting: waiting + choosing.amounts().waiting };
  };
  watch.queue(queue);
  return { turns, choosing, longerThanBytes, queue };
}

/** What addresses are called: by EC2, by the names of before, by the ranges that AWS publishes, and in which country they are. */
function nameBookOf(
  { cloud }: Backend,
  { names: history }: Stores,
  published: Pick<NameBookParts, 'ofRange' | 'countries'>,
  now: () => Date,
): NameBook {
  return createNameBook({ cloud, ...published, history, now, pause: unheld });
}

/** What addresses are, by the same; over a folder there is no EC2 to ask. */
function identityLookupOf(
  { cloud, looksAfter }: Backend,
  { names: history }: Stores,
  published: Pick<NameBookParts, 'ofRange' | 'countries'>,
) {
  return createIdentityLookup({ cloud: looksAfter ? cloud : undefined, history, ...published });
}

/** A pause that does not keep the process from ending. */
function unheld(milliseconds: number): Promise<void> {
  return sleep(milliseconds, undefined, { ref: false });
}

function originOf({ awsRegion, lake }: Config, { cloud, book }: Backend): Origin {
  if (awsRegion !== undefined) return { kind: 'aws', region: awsRegion, cloud, book };
  return lake === undefined ? { kind: 'sample' } : { kind: 'folder', folder: lake };
}
