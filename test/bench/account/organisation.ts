import { DEFAULT_FORMAT } from '../../../src/core/flow-log/fields.ts';
import type { S3Source } from '../../../src/core/lake/log-source.ts';
import { tableFor } from '../../../src/core/lake/table-for.ts';
import type { TableInGlue } from '../../fakes/athena/select/stored-files.ts';
import { tableInGlue } from '../../fakes/athena/select/table-in-glue.ts';
import { ec2, json, jsonFault, sts } from '../../fakes/aws/answers.ts';
import type { AwsAnswer, AwsCall } from '../../fakes/aws/fake-aws.ts';
import { LAKE_FLOW_LOG } from '../text-lake.ts';

/** A flow log of a VPC of an organisation. */
export interface OrganisationLog {
  readonly account: string;
  readonly region: string;
  readonly id: string;
  readonly vpcId: string;
}

export const ACCOUNTS = 4;
const VPCS_A_REGION = 5;
const REGIONS = [LAKE_FLOW_LOG.region, 'us-east-1'] as const;

/** The bucket to which all of them deliver. */
export const ORGANISATION_BUCKET = 'organisation-flow-logs';

/** When all of them were created. */
const CREATED = new Date('2026-01-01T00:00:00Z');

/** The flow logs of all accounts, each of a VPC; the first is the one that is asked about. */
export const ORGANISATION_LOGS: readonly OrganisationLog[] = Array.from({ length: ACCOUNTS }, (_, nth) =>
  REGIONS.flatMap((region, of) =>
    Array.from({ length: VPCS_A_REGION }, (_, vpc) => {
      const own = (nth * REGIONS.length + of) * VPCS_A_REGION + vpc;
      const account = String(BigInt(LAKE_FLOW_LOG.account) + BigInt(nth));
      const id = own === 0 ? LAKE_FLOW_LOG.id : `fl-${hex(own)}`;
      return { account, region, id, vpcId: `vpc-${hex(own)}` };
    }),
  ),
).flat();

function hex(nth: number): string {
  return (nth + 1).toString(16).padStart(17, '0');
}

/** Those of the one account and region in which the app works: it knows no others. */
export const OWN_LOGS = ORGANISATION_LOGS.filter(
  ({ account, region }) => account === LAKE_FLOW_LOG.account && region === LAKE_FLOW_LOG.region,
);

/** The tables that flowlog makes for them, in which Athena works the partitions out, by name. */
export const OWN_TABLES: ReadonlyMap<string, TableInGlue> = new Map(
  OWN_LOGS.map((log) => {
    const spec = tableFor(sourceOf(log), { database: 'flowlog', mode: 'projected', since: CREATED });
    return [spec.name, tableInGlue(spec)];
  }),
);

function sourceOf({ id, account, region }: OrganisationLog): S3Source {
  const files = { format: 'text', hive: false, hourly: false } as const;
  return {
    ...{ name: id, account, region, fields: DEFAULT_FORMAT, trafficType: 'ALL' },
    place: { kind: 's3', bucket: ORGANISATION_BUCKET, prefix: '', files },
    ...{ resource: undefined, flowLog: undefined, adopted: undefined },
  };
}

/** What EC2, STS and Glue say of the account of the app. */
export function saidOfOrganisation({ action, params, body }: AwsCall): AwsAnswer {
  switch (action) {
    case 'GetCallerIdentity': {
      const { account } = LAKE_FLOW_LOG;
      return sts(action, { Account: account, Arn: `arn:aws:iam::${account}:role/flowlog` });
    }
    case 'DescribeFlowLogs':
      return ec2({ flowLogSet: OWN_LOGS.map(described) });
    case 'DescribeVpcs':
      return ec2({ vpcSet: OWN_LOGS.map(({ vpcId }) => ({ vpcId, cidrBlock: '10.0.0.0/16' })) });
    case 'DescribeSubnets':
      return ec2({ subnetSet: [] });
    case 'DescribeNetworkInterfaces':
      return ec2({ networkInterfaceSet: interfacesAsked(Object.values(params)) });
    case 'DescribeTags':
      return ec2({ tagSet: [] });
    case 'GetTable': {
      const name = /"Name":"(\w+)"/.exec(body)?.[1] ?? '';
      const table = OWN_TABLES.get(name);
      return table === undefined ? jsonFault('EntityNotFoundException') : json({ Table: table });
    }
    default:
      return jsonFault('UnknownOperation');
  }
}

function described({ id, vpcId }: OrganisationLog) {
  return {
    ...{ flowLogId: id, resourceId: vpcId, trafficType: 'ALL', maxAggregationInterval: 60 },
    ...{ logDestinationType: 's3', logDestination: `arn:aws:s3:::${ORGANISATION_BUCKET}` },
    ...{ creationTime: CREATED.toISOString(), deliverLogsStatus: 'SUCCESS' },
    logFormat: DEFAULT_FORMAT.map((field) => `\${${field}}`).join(' '),
  };
}

/** The first VPC has the interfaces whose records are in the lake, and those that are asked for by address are shown. */
function interfacesAsked(asked: readonly string[]) {
  return asked.flatMap((address) => {
    const [, third, fourth] = /^10\.0\.([01])\.(\d+)$/.exec(address) ?? [];
    if (third === undefined) return [];
    const host = Number(third) * 250 + Number(fourth) - 4;
    return [
      {
        networkInterfaceId: `eni-${(host + 4_096).toString(16).padStart(17, '0')}`,
        ...{ vpcId: OWN_LOGS[0]?.vpcId, subnetId: 'subnet-0000000000000000a', interfaceType: 'interface' },
        ...{ availabilityZone: `${LAKE_FLOW_LOG.region}a`, privateIpAddress: address },
        privateIpAddressesSet: [{ privateIpAddress: address, primary: true }],
      },
    ];
  });
}
