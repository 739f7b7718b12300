/** Where the records of a file come from, as far as its path and its name say. */
export interface ObjectPlace {
  readonly account: string | undefined;
  readonly region: string | undefined;
}

/** The folder of flow logs below an account's, and a part of the names of their files. */
export const FLOW_LOG_SERVICE = 'vpcflowlogs';

const REGION = '[a-z]{2}(?:-[a-z]+)+-\\d';
const WHOLE_REGION = new RegExp(`^${REGION}$`);
const PLAIN = new RegExp(`(?:^|/)(?:(\\d{12})/)?${FLOW_LOG_SERVICE}/(${REGION})(?:/|$)`);
const HIVE_ACCOUNT = /(?:^|\/)aws-account-id=(\d{12})(?:\/|$)/;
const HIVE_REGION = new RegExp(`(?:^|/)aws-region=(${REGION})(?:/|$)`);
const NAMED = new RegExp(`(?:^|\\D)(\\d{12})_${FLOW_LOG_SERVICE}_(${REGION})_[^/]*$`);

/** Whether a folder is called as a region of AWS. */
export function isRegion(segment: string): boolean {
  return WHOLE_REGION.test(segment);
}

/** Reads account and region from a path in AWS's layouts, plain or Hive, and what it does not say from the file's name. */
export function objectPlace(key: string): ObjectPlace {
  const path = inAwsLayout(key);
  const plain = PLAIN.exec(path);
  const name = NAMED.exec(path);
  return {
    account: plain?.[1] ?? HIVE_ACCOUNT.exec(path)?.[1] ?? name?.[1],
    region: plain?.[2] ?? HIVE_REGION.exec(path)?.[1] ?? name?.[2],
  };
}

/**
 * What AWS begins the names of a flow log's files with: account, service, region and id.
 * @see https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-s3-path.html
 */
export function fileNamesOf(account: string, region: string, flowLogId: string): string {
  return `${account}_${FLOW_LOG_SERVICE}_${region}_${flowLogId}`;
}

/** Whether a name is in the form of AWS for the files of flow logs; what other services deliver has a time in its name too. */
export function isNameOfFlowLog(name: string): boolean {
  return NAMED.test(name);
}

/** Services that write below `AWSLogs/<account>/` too, as their folders are called, in lower case. */
const OTHER_SERVICES: ReadonlySet<string> = new Set([
  'cloudfront',
  'cloudtrail',
  'cloudtrail-aggregated',
  'cloudtrail-digest',
  'cloudtrail-insight',
  'cloudtrail-networkactivity',
  'config',
  'elasticloadbalancing',
  'globalaccelerator',
  'guardduty',
  'network-firewall',
  'redshift',
  'route53resolverdnsquerylogs',
  's3',
  'verifiedaccess',
  'vpcdnsquerylogs',
  'vpclattice',
  'vpc-lattice',
  'waflogs',
]);

const PLAIN_SERVICE = /(?:^|\/)\d{12}\/([^/]+)(?:\/|$)/;
const HIVE_SERVICE = /(?:^|\/)aws-service=([^/]+)(?:\/|$)/;
const NAMED_SERVICE = /(?:^|\/)\d{12}_([A-Za-z0-9-]+)_[^/]*$/;

/**
 * Whether a file or folder is that of another service of AWS, such as CloudTrail, which delivers to the same places as flow logs. Its
 * folders say so first; its name does only where they say nothing.
 */
export function isOfOtherService(key: string): boolean {
  const path = inAwsLayout(key);
  const folder = (PLAIN_SERVICE.exec(path) ?? HIVE_SERVICE.exec(path))?.[1];
  if (folder === FLOW_LOG_SERVICE) return false;
  const isOther = (service = '') => OTHER_SERVICES.has(service.toLowerCase());
  return isOther(folder) || isOther(NAMED_SERVICE.exec(path)?.[1]);
}

/** Whether a file is where flow logs are delivered: there anything else is out of place. */
export function isInFlowLogFolder(key: string): boolean {
  return key
    .split('/')
    .some((segment) => segment === FLOW_LOG_SERVICE || segment === `aws-service=${FLOW_LOG_SERVICE}`);
}

/** What is above `AWSLogs` is a prefix of its owner and may look like anything. */
function inAwsLayout(key: string): string {
  const segments = key.split('/');
  return segments.slice(segments.lastIndexOf('AWSLogs') + 1).join('/');
}

/** The ARN partition of a region: China and GovCloud have their own. */
export function arnPartition(region: string): 'aws' | 'aws-cn' | 'aws-us-gov' {
  if (region.startsWith('cn-')) return 'aws-cn';
  return region.startsWith('us-gov-') ? 'aws-us-gov' : 'aws';
}
