/** A bucket with its settings. */
export interface Bucket {
  readonly name: string;
  readonly region: string;
  /** Whether it belongs to the account of the site. */
  readonly ours: boolean;
  readonly encryption: BucketEncryption;
  readonly publicAccessBlocked: boolean;
  readonly versioned: boolean;
  /** Whether objects can be locked against deletion. */
  readonly objectLock: boolean;
  /** Days after which objects under any prefix expire; undefined when they stay. */
  readonly expiryDays: number | undefined;
}

/** How a bucket encrypts by default; a KMS key is named by its ARN, or by an id that delivery cannot use. */
export type BucketEncryption =
  | { readonly kind: 's3' }
  | { readonly kind: 'kms'; readonly key: string }
  /** The key that AWS manages, which flow log delivery cannot use. */
  | { readonly kind: 'aws-kms' };

/** One object of a bucket. */
export interface StoredObject {
  readonly key: string;
  readonly bytes: number;
  readonly modifiedAt: Date;
}

/** What one level of a bucket holds: as in a folder, with names behind the prefix. */
export interface BucketFolder {
  readonly objects: readonly StoredObject[];
  /** With a slash at the end, as S3 gives common prefixes. */
  readonly prefixes: readonly string[];
}

/** A version of an object, or the mark of a deletion, in a bucket with versions. */
export interface ObjectVersion {
  readonly key: string;
  /** Undefined in a bucket without versions. */
  readonly versionId: string | undefined;
}

/** An object that could not be deleted, and why: a lock, a legal hold, a denied permission. */
export interface Undeleted {
  readonly key: string;
  readonly code: string;
  readonly message: string;
}

/** Which bytes of an object are read. */
export interface ByteRange {
  readonly fromByte: number;
  /** The first one that is not read any more; left out to read to the end. */
  readonly toByte?: number;
  /** When the object was changed last, as it was listed; left out where it does not matter. */
  readonly unchangedSince?: Date | undefined;
}

/**
 * Buckets that one account can reach from one region. Every method throws CloudError. What changes or deletes something,
 * and what is read for that, refuses a bucket of another account at that moment.
 */
export interface Buckets {
  /** Undefined when no bucket has that name. @throws CloudError `taken` when another account's may not be seen. */
  find(bucket: string, signal: AbortSignal): Promise<Bucket | undefined>;
  /** Creates it in this region: private, encrypted, without ACLs. One of ours that is there already is left as it is. */
  create(bucket: string, signal: AbortSignal): Promise<void>;
  /** The policy as JSON; undefined when it has none. */
  policy(bucket: string, signal: AbortSignal): Promise<string | undefined>;
  /** Replaces the policy: the caller has merged it with the one that was there. */
  putPolicy(bucket: string, policy: string, signal: AbortSignal): Promise<void>;
  /** Lets objects under a prefix expire, and keeps the other rules. */
  putExpiry(bucket: string, prefix: string, days: number, signal: AbortSignal): Promise<void>;
  /** One level under a prefix, from all pages. */
  folder(bucket: string, prefix: string, signal: AbortSignal): Promise<BucketFolder>;
  /** Everything under a prefix, page by page, in the order of keys. */
  pages(bucket: string, prefix: string, signal: AbortSignal): AsyncIterable<readonly StoredObject[]>;
  /** The first bytes of an object, as they are stored. */
  head(bucket: string, key: string, bytes: number, signal: AbortSignal): Promise<Uint8Array>;
  /** The bytes of an object, as they come. @throws CloudError with the fault `PreconditionFailed` where it has changed. */
  body(
    bucket: string,
    key: string,
    range: ByteRange,
    signal: AbortSignal,
  ): Promise<AsyncIterable<Uint8Array>>;
  /** Every version and deletion mark under a prefix, page by page; of a bucket without versions its objects. */
  versions(bucket: string, prefix: string, signal: AbortSignal): AsyncIterable<readonly ObjectVersion[]>;
  /** Deletes up to `AWS_LIMITS.objectsPerDelete` versions for good. @returns those that are still there. */
  delete(
    bucket: string,
    versions: readonly ObjectVersion[],
    signal: AbortSignal,
  ): Promise<readonly Undeleted[]>;
}
