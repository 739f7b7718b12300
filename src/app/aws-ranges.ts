import { readFile, rename, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { withDeadline } from '../core/deadline.ts';
import { rangeNames } from '../core/lake/aws-ranges.ts';
import type { Job } from './job.ts';

/** What AWS publishes of its public addresses. */
export interface AwsRanges {
  /** What uses an address, `S3 us-east-1`; undefined where that is not known. */
  readonly nameOf: (address: string) => string | undefined;
  /** Fetches the list when it is a day old. */
  readonly job: Job;
}

export interface AwsRangesParts {
  readonly stateFolder: string;
  /** Where AWS publishes the list; a server of the test in tests. */
  readonly url?: string;
  readonly now: () => Date;
}

/** @see https://docs.aws.amazon.com/vpc/latest/userguide/aws-ip-ranges.html */
const PUBLISHED_AT = 'https://ip-ranges.amazonaws.com/ip-ranges.json';
const LOOK_EVERY_MS = 60_000;
const DAY_MS = 86_400_000;
/** After a failure: where the network is closed, it stays so for a while. */
const AGAIN_AFTER_MS = 3_600_000;
const TIMEOUT_MS = 20_000;
/** The list had 2 MB in 2026. */
const MOST_BYTES = 20_000_000;

const SERVICE = z.string().regex(/^[A-Z0-9_]{1,60}$/);
const REGION = z.string().regex(/^(?:GLOBAL|[a-z0-9-]{1,40})$/);
const BLOCKS = z.object({
  prefixes: z.array(z.object({ ip_prefix: z.cidrv4(), service: SERVICE, region: REGION })),
  ipv6_prefixes: z.array(z.object({ ipv6_prefix: z.cidrv6(), service: SERVICE, region: REGION })),
});

/**
 * Opens the list that was fetched last, as AWS dated it, and fetches a newer one in the background. Without a list, and
 * without a network, public addresses have no names, and nothing fails.
 */
export async function openAwsRanges({
  stateFolder,
  url = PUBLISHED_AT,
  now,
}: AwsRangesParts): Promise<AwsRanges> {
  const path = join(stateFolder, 'ip-ranges.json');
  let names = namesIn(await readFile(path, 'utf8').catch(() => ''));
  let triedMs = Number.NEGATIVE_INFINITY;

  async function isOld(): Promise<boolean> {
    if (names === undefined) return true;
    const written = await stat(path).catch(() => undefined);
    return written === undefined || now().getTime() - written.mtimeMs > DAY_MS;
  }

  return {
    nameOf: (address) => names?.(address),
    job: {
      name: 'fetch the address ranges of AWS',
      everyMs: LOOK_EVERY_MS,
      async run(stopped) {
        if (now().getTime() - triedMs < AGAIN_AFTER_MS || !(await isOld())) return;
        triedMs = now().getTime();
        const text = await withDeadline(TIMEOUT_MS, (signal) => fetchText(url, signal), stopped).catch(
          () => '',
        );
        const fetched = namesIn(text);
        if (fetched === undefined) return;
        names = fetched;
        const written = `${path}.${process.pid}`;
        await writeFile(written, text, { mode: 0o600 });
        await rename(written, path);
      },
    },
  };
}

async function fetchText(url: string, signal: AbortSignal): Promise<string> {
  const response = await fetch(url, { signal });
  if (!response.ok || response.body === null) return '';
  const parts: Uint8Array[] = [];
  let bytes = 0;
  for await (const part of response.body) {
    bytes += part.length;
    if (bytes > MOST_BYTES) return '';
    parts.push(part);
  }
  return Buffer.concat(parts).toString('utf8');
}

/** Undefined for a text that is no such list. */
function namesIn(text: string): AwsRanges['nameOf'] | undefined {
  try {
    const { prefixes, ipv6_prefixes } = BLOCKS.parse(JSON.parse(text));
    return rangeNames([
      ...prefixes.map(({ ip_prefix: block, ...rest }) => ({ block, ...rest })),
      ...ipv6_prefixes.map(({ ipv6_prefix: block, ...rest }) => ({ block, ...rest })),
    ]);
  } catch {
    return undefined;
  }
}
