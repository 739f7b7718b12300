/** How AWS names folders below the account. */
export type Layout = 'daily' | 'hourly' | 'hive' | 'hive-hourly';

/** Whose flow log it is, and how its creator wanted the paths. */
export interface KeyOptions {
  readonly layout: Layout;
  /** In front of `AWSLogs`, with `/` between its parts; empty for none. */
  readonly prefix: string;
  readonly account: string;
  readonly region: string;
  readonly flowLog: string;
  /** What the name ends with: `log.gz`, `log`, `log.parquet`. */
  readonly ending: string;
}

/** The key that AWS gives the file of the slot that begins at `slotSeconds`. */
export function lakeKey(slotSeconds: number, options: KeyOptions): string {
  const { prefix, account, region, flowLog, ending } = options;
  const stamp = new Date(slotSeconds * 1000).toISOString().slice(0, 16).replaceAll(/[-:]/g, '');
  const name = `${account}_vpcflowlogs_${region}_${flowLog}_${stamp}Z_${hash(slotSeconds)}.${ending}`;
  return [
    ...prefix.split('/').filter((part) => part !== ''),
    'AWSLogs',
    ...folders(slotSeconds, options),
    name,
  ].join('/');
}

function folders(slotSeconds: number, { layout, account, region }: KeyOptions): readonly string[] {
  const [date = '', time = ''] = new Date(slotSeconds * 1000).toISOString().split('T');
  const [year, month, day] = date.split('-');
  const hour = time.slice(0, 2);
  if (!layout.startsWith('hive')) {
    return [
      account,
      'vpcflowlogs',
      region,
      `${year}/${month}/${day}`,
      ...(layout === 'hourly' ? [hour] : []),
    ];
  }
  return [
    `aws-account-id=${account}/aws-service=vpcflowlogs/aws-region=${region}`,
    `year=${year}/month=${month}/day=${day}`,
    ...(layout === 'hive-hourly' ? [`hour=${hour}`] : []),
  ];
}

/** Eight hex digits that differ from slot to slot, as in AWS's names. */
function hash(slotSeconds: number): string {
  return (slotSeconds % 0x1_0000_0000).toString(16).padStart(8, '0');
}
