import { DEFAULT_FORMAT } from '../../../src/core/flow-log/fields.ts';
import type { S3Source } from '../../../src/core/lake/log-source.ts';
import { tableFor } from '../../../src/core/lake/table-for.ts';
import { tableInGlue } from '../../fakes/athena/select/table-in-glue.ts';
import { ec2, json, sts } from '../../fakes/aws/answers.ts';
import type { AwsAnswer } from '../../fakes/aws/fake-aws.ts';

/** The address that every question is about. */
export const ASKED_ADDRESS = '10.0.21.31';

/** Its interface. */
export const ASKED_INTERFACE = 'eni-0c4a05c4a05000001';

const VPC = 'vpc-0c4a05c4a05000001';
const CREATED = new Date('2026-01-01T00:00:00Z');
const FLOW_LOG = 'fl-0c4a05c4a05000001';

/** The one flow log of the account: of its VPC, as text, with a folder for each day. */
export const SOURCE: S3Source = {
  name: FLOW_LOG,
  account: '111111111111',
  region: 'eu-central-1',
  place: {
    kind: 's3',
    bucket: 'chaos-logs',
    prefix: '',
    files: { format: 'text', hive: false, hourly: false },
  },
  fields: DEFAULT_FORMAT,
  trafficType: 'ALL',
  resource: undefined,
  flowLog: undefined,
  adopted: undefined,
};

/** Its table, in which Athena works the partitions out. */
export const TABLE = tableInGlue(
  tableFor(SOURCE, { database: 'flowlog', mode: 'projected', since: CREATED }),
);

const INTERFACE = {
  networkInterfaceId: ASKED_INTERFACE,
  vpcId: VPC,
  subnetId: 'subnet-0c4a05c4a05000001',
  availabilityZone: 'eu-central-1a',
  interfaceType: 'interface',
  privateIpAddress: ASKED_ADDRESS,
  privateIpAddressesSet: [{ privateIpAddress: ASKED_ADDRESS, primary: true }],
  attachment: { instanceId: 'i-0c4a05c4a05000001', attachTime: CREATED.toISOString() },
};

/** What EC2, STS and Glue say of the account, by the names of calls. */
export const SAID: Readonly<Record<string, AwsAnswer>> = {
  GetCallerIdentity: sts('GetCallerIdentity', {
    Account: SOURCE.account,
    Arn: `arn:aws:iam::${SOURCE.account}:role/flowlog`,
  }),
  DescribeFlowLogs: ec2({
    flowLogSet: [
      {
        flowLogId: FLOW_LOG,
        resourceId: VPC,
        trafficType: 'ALL',
        logFormat: DEFAULT_FORMAT.map((field) => `\${${field}}`).join(' '),
        logDestinationType: 's3',
        logDestination: `arn:aws:s3:::${SOURCE.place.bucket}`,
        maxAggregationInterval: 60,
        creationTime: CREATED.toISOString(),
        deliverLogsStatus: 'SUCCESS',
      },
    ],
  }),
  DescribeVpcs: ec2({ vpcSet: [{ vpcId: VPC, cidrBlock: '10.0.0.0/16' }] }),
  DescribeSubnets: ec2({ subnetSet: [] }),
  DescribeNetworkInterfaces: ec2({ networkInterfaceSet: [INTERFACE] }),
  DescribeTags: ec2({ tagSet: [] }),
  GetTable: json({ Table: TABLE }),
};
