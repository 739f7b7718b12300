import { type Cloud, CloudError } from '../../core/lake/cloud.ts';
import { type Lake, lakeOver, type OpenFolder } from '../../core/lake/lake.ts';
import { type S3Source, sourceRoot } from '../../core/lake/log-source.ts';
import { ownFolders } from '../../core/lake/whose-files.ts';
import { openBucketFolders } from './s3-lake.ts';

export interface LakesParts {
  readonly cloud: Cloud;
  readonly now: () => Date;
}

/**
 * Gives the lake of a source: its own files, whoever else delivers under the same prefix. The sources of a prefix share
 * one cache of folders.
 */
export function createLakes({ cloud, now }: LakesParts): (source: S3Source) => Lake {
  const known = new Map<string, Promise<OpenFolder>>();

  function foldersOf(source: S3Source, signal: AbortSignal): Promise<OpenFolder> {
    const key = [source.account, source.place.bucket, sourceRoot(source)].join(' ');
    const folders = known.get(key) ?? openFolders(source, signal);
    known.set(key, folders);
    // Those that could not be opened are tried again.
    folders.catch(() => known.delete(key));
    return folders;
  }

  async function openFolders({ account, region, place }: S3Source, signal: AbortSignal): Promise<OpenFolder> {
    const sites = await cloud.sites(signal);
    const site = sites.find((each) => each.account === account && each.region === region) ?? sites[0];
    if (site === undefined) throw noSite(account, region);
    return openBucketFolders({ buckets: site.buckets, bucket: place.bucket, now });
  }

  async function open(source: S3Source, signal: AbortSignal): Promise<Lake> {
    const under = sourceRoot(source).replace(/\/$/, '');
    return lakeOver(ownFolders(await foldersOf(source, signal), source), under);
  }

  return (source) => ({
    during: async (slotRange, signal) => (await open(source, signal)).during(slotRange, signal),
    storedRange: async (signal) => (await open(source, signal)).storedRange(signal),
  });
}

function noSite(account: string, region: string): CloudError {
  const message = `neither ${region} of ${account} nor any other region is configured`;
  return new CloudError('not-found', { call: 's3:ListBucket', fault: 'NotConfigured', message });
}
