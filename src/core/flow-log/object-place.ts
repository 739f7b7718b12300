/** Where the records of a file come from, as far as its path says. */
export interface ObjectPlace {
  readonly account: string | undefined;
  readonly region: string | undefined;
}

const PLAIN = /(?:^|\/)(\d{12})\/vpcflowlogs\/([a-z]{2}(?:-[a-z]+)+-\d)(?:\/|$)/;
const HIVE_ACCOUNT = /(?:^|\/)aws-account-id=(\d{12})(?:\/|$)/;
const HIVE_REGION = /(?:^|\/)aws-region=([a-z]{2}(?:-[a-z]+)+-\d)(?:\/|$)/;

/** Reads account and region from a path in AWS's layouts, plain or Hive. */
export function objectPlace(key: string): ObjectPlace {
  const plain = PLAIN.exec(key);
  return {
    account: plain?.[1] ?? HIVE_ACCOUNT.exec(key)?.[1],
    region: plain?.[2] ?? HIVE_REGION.exec(key)?.[1],
  };
}
