import type { Cloud } from '../../core/ports/cloud/cloud.ts';
import { CloudError } from '../../core/ports/cloud/cloud-error.ts';
import type { Lake } from '../../core/ports/lake.ts';
import type { LogSource } from '../../core/source/log-source.ts';
import { sourceRoot } from '../../core/source/source-root.ts';
import { createS3Lake } from './s3-lake.ts';

/** What the lakes of sources need. */
export interface LakesParts {
  readonly cloud: Cloud;
  readonly now: () => Date;
}

/** Gives the lake of a source: the same one again, because it remembers what its folders hold. */
export function createLakes({ cloud, now }: LakesParts): (source: LogSource) => Lake {
  const known = new Map<string, Promise<Lake>>();

  function lakeOf(source: LogSource, signal: AbortSignal): Promise<Lake> {
    const key = [source.account, source.files.bucket, sourceRoot(source)].join(' ');
    const lake = known.get(key) ?? openLake(source, signal);
    known.set(key, lake);
    // One that could not be opened is tried again.
    lake.catch(() => known.delete(key));
    return lake;
  }

  async function openLake(source: LogSource, signal: AbortSignal): Promise<Lake> {
    const { account, region, files } = source;
    const sites = await cloud.sites(signal);
    const site = sites.find((each) => each.account === account && each.region === region) ?? sites[0];
    if (site === undefined) throw noSite(account, region);
    const under = sourceRoot(source).replace(/\/$/, '');
    return createS3Lake({ buckets: site.buckets, bucket: files.bucket, under, now });
  }

  return (source) => ({
    during: async (stretch, signal) => (await lakeOf(source, signal)).during(stretch, signal),
    extent: async (signal) => (await lakeOf(source, signal)).extent(signal),
  });
}

function noSite(account: string, region: string): CloudError {
  const message = `neither ${region} of ${account} nor any other region is configured`;
  return new CloudError('not-found', { call: 's3:ListBucket', fault: 'NotConfigured', message });
}
