import { withDeadline } from '../core/deadline.ts';
import type { Cloud } from '../core/lake/cloud.ts';
import { nameWithResource } from '../core/lake/log-source.ts';
import type { FoundSources, SourceBook } from '../core/lake/source-book.ts';
import { errorWords } from '../core/operation/error-words.ts';
import { alignedLines } from '../render/plain-text.ts';

/** A line to try, and what it shows. */
export interface Suggestion {
  readonly label: string;
  readonly line: string;
}

/** What the app prints when it is ready: what it answers from, the address of the playground, and what to try. */
export function welcomeText(
  playgroundUrl: string,
  origin: readonly string[],
  suggestions: readonly Suggestion[],
): string {
  const tries = alignedLines(suggestions.map(({ line, label }) => [line, label]));
  return [
    '',
    ...origin,
    `The playground, a Slack look-alike on this machine: ${playgroundUrl}`,
    '',
    'Try, there after /flowlog or here:',
    ...tries.map((line) => `  ${line}`),
    '',
    '',
  ].join('\n');
}

/** What questions are answered from, as it was configured. */
export type Origin =
  | { readonly kind: 'sample' }
  | { readonly kind: 'folder'; readonly folder: string }
  | {
      readonly kind: 'aws';
      /** Where Athena runs. */
      readonly region: string;
      readonly cloud: Pick<Cloud, 'sites'>;
      readonly book: SourceBook;
    };

/** Further flow logs are counted: `sources` lists them all. */
const MOST_LISTED = 10;
const TIMEOUT_MS = 15_000;
const WHERE_POLICIES = 'The policies that flowlog needs are in deploy/iam.';

/**
 * Says what questions are answered from: for AWS the accounts and regions, and the flow logs that were found there, or
 * why they could not be found, with the missing permission. Never fails.
 */
export async function originLines(origin: Origin): Promise<readonly string[]> {
  switch (origin.kind) {
    case 'sample':
      return ['flowlog answers from the sample network.'];
    case 'folder':
      return [`flowlog answers from ${origin.folder}.`];
    case 'aws':
      return withDeadline(TIMEOUT_MS, (signal) => awsLines(origin, signal));
  }
}

async function awsLines(
  { region, cloud, book }: Extract<Origin, { kind: 'aws' }>,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const athena = `Athena in ${region}`;
  try {
    const where = placesOf(await withSignal(cloud.sites(signal), signal));
    const heading = `flowlog answers from AWS: ${where}, with ${athena}.`;
    return [heading, ...(await foundLines(book, signal))];
  } catch (error) {
    return [`flowlog is to answer from AWS, with ${athena}, but cannot yet: ${failureText(error)}`];
  }
}

/** A failure here does not hide the accounts and regions, which are known by then. */
async function foundLines(book: SourceBook, signal: AbortSignal): Promise<readonly string[]> {
  try {
    return linesOf(await book.found(signal));
  } catch (error) {
    return [`Flow logs could not be looked for: ${failureText(error)}`];
  }
}

function linesOf(found: FoundSources): readonly string[] {
  const { others, problems } = found;
  const sources = [...found.sources, ...found.logGroups];
  const listed = sources.slice(0, MOST_LISTED).map(nameWithResource).join(', ');
  const more = sources.length - MOST_LISTED;
  const rest = more > 0 ? ` and ${more} more, which \`sources\` lists` : '';
  const none = problems.length > 0 ? 'No flow logs were found' : 'There are no flow logs';
  return [
    sources.length === 0
      ? `${none} to answer from; \`setup vpc-…\` creates one.`
      : `Flow logs found: ${listed}${rest}.`,
    ...others.slice(0, MOST_LISTED).map((other) => `${other}.`),
    ...problems.map((problem) => `${problem.replace(/[.\s]+$/, '')}.`),
    ...(problems.length > 0 ? [`What is there is not known. ${WHERE_POLICIES}`] : []),
  ];
}

function placesOf(sites: readonly { readonly account: string; readonly region: string }[]): string {
  const accounts = [...new Set(sites.map(({ account }) => account))];
  const regionsOf = (account: string) =>
    sites.flatMap((site) => (site.account === account ? [site.region] : []));
  return accounts.map((account) => `account ${account} in ${regionsOf(account).join(', ')}`).join('; ');
}

function failureText(error: unknown): string {
  if (error instanceof Error && error.name === 'TimeoutError')
    return `AWS did not answer within ${TIMEOUT_MS / 1000} seconds. Check the network and the credentials.`;
  return errorWords(error) ?? (error instanceof Error ? error.message : String(error));
}

/** Waits for work that may ignore its signal. */
function withSignal<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  const stopped = new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
  return Promise.race([work, stopped]);
}
