import type { NetworkInterface } from './network.ts';

/** What of an interface decides on its name. */
type Described = Pick<
  NetworkInterface,
  'name' | 'instanceId' | 'interfaceType' | 'requesterId' | 'description'
>;

/**
 * How a service is recognised by the descriptions that it writes, and what its interface is called then; `$1` is what
 * the description says of it. The patterns are those of `requester-managed-eni.html` in the EC2 user guide and of
 * public classifiers.
 */
interface ServicePattern {
  readonly description: RegExp;
  readonly name: string;
  /** What carries its addresses, for a sentence. */
  readonly kind: string;
  /** What stays before the name of a tag: addresses behind it are not its own. */
  readonly relay?: string;
}

const LOAD_BALANCER = { kind: 'a load balancer', relay: 'load balancer' } as const;
const NAT_GATEWAY = { kind: 'a NAT gateway', relay: 'NAT gateway' } as const;
const ENDPOINT = { kind: 'a VPC endpoint', relay: 'endpoint' } as const;
const TRANSIT_GATEWAY = { kind: 'a transit gateway attachment', relay: 'transit gateway' } as const;
const RDS = { name: 'RDS database', kind: 'an RDS database' } as const;

const SERVICES: readonly ServicePattern[] = [
  { description: /^ELB (?:app|net|gwy)\/([^/]+)\/\w+$/, name: 'load balancer $1', ...LOAD_BALANCER },
  { description: /^ELB ([^/ ]+)$/, name: 'load balancer $1', ...LOAD_BALANCER },
  { description: /^Interface for NAT Gateway (nat-\w+)$/, name: 'NAT gateway $1', ...NAT_GATEWAY },
  { description: /^VPC Endpoint Interface:? (vpce-\w+)$/, name: 'endpoint $1', ...ENDPOINT },
  {
    description: /^Resource Gateway Interface:? (rgw-\w+)$/,
    name: 'resource gateway $1',
    kind: 'a resource gateway',
  },
  {
    description: /^Network Interface for Transit Gateway Attachment (tgw-attach-\w+)$/,
    name: 'transit gateway $1',
    ...TRANSIT_GATEWAY,
  },
  // The id behind a function's name is that of the interface, not of the function.
  {
    description:
      /^AWS Lambda VPC ENI(?:-|: )(.+?)(?:-[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})?$/,
    name: 'Lambda $1',
    kind: 'a Lambda function',
  },
  // The same text for RDS, Aurora and Neptune: it does not say which database it is.
  { description: /^RDSNetworkInterface$/, ...RDS },
  { description: /^ElastiCache[ +](\S+)$/, name: 'ElastiCache $1', kind: 'an ElastiCache node' },
  { description: /^RedshiftNetworkInterface/, name: 'Redshift', kind: 'a Redshift cluster' },
  {
    description: /^EFS mount target for (fs-\w+)(?: \(fsmt-\w+\))?$/,
    name: 'EFS $1',
    kind: 'an EFS mount target',
  },
  {
    description: /^arn:[\w-]+:ecs:[^:]*:\d*:attachment\/([0-9a-f]{8})/,
    name: 'ECS attachment $1',
    kind: 'an ECS task',
  },
  { description: /^Amazon EKS (\S+)$/, name: 'EKS $1', kind: 'an EKS control plane' },
  { description: /^aws-K8S-(i-\w+)$/, name: 'EKS node $1', kind: 'an EKS node' },
  {
    description: /^AWS created network interface for directory (d-\w+)$/,
    name: 'directory $1',
    kind: 'a directory',
  },
  {
    description: /^Route 53 Resolver: (rslvr-[\w-]+)/,
    name: 'Route 53 Resolver $1',
    kind: 'a Route 53 Resolver endpoint',
  },
  { description: /^AWS ElasticMapReduce\b/, name: 'EMR', kind: 'an EMR cluster' },
  {
    description: /arn:[\w-]+:sagemaker:[^:]*:\d*:notebook-instance\/([\w-]+)/,
    name: 'SageMaker $1',
    kind: 'a SageMaker notebook',
  },
];

type Service = Omit<ServicePattern, 'description'>;

/** What EC2's own type of an interface says where its description is of no known form, without `_`, in lower case. */
const TYPES: Readonly<Record<string, Service>> = {
  natgateway: { name: 'NAT gateway', ...NAT_GATEWAY },
  loadbalancer: { name: 'load balancer', ...LOAD_BALANCER },
  networkloadbalancer: { name: 'load balancer', ...LOAD_BALANCER },
  gatewayloadbalancer: { name: 'load balancer', ...LOAD_BALANCER },
  vpcendpoint: { name: 'endpoint', ...ENDPOINT },
  gatewayloadbalancerendpoint: { name: 'endpoint', ...ENDPOINT },
  transitgateway: { name: 'transit gateway', ...TRANSIT_GATEWAY },
  lambda: { name: 'Lambda', kind: 'a Lambda function' },
  efs: { name: 'EFS', kind: 'an EFS mount target' },
  apigatewaymanaged: { name: 'API Gateway', kind: 'an API Gateway' },
  globalacceleratormanaged: { name: 'Global Accelerator', kind: 'a Global Accelerator' },
  quicksight: { name: 'QuickSight', kind: 'an interface of QuickSight' },
};

/** What makes interfaces, by EC2's `RequesterId`, where neither description nor type says it. */
const REQUESTERS: Readonly<Record<string, Service>> = {
  'amazon-elb': { name: 'load balancer', ...LOAD_BALANCER },
  'amazon-rds': RDS,
  'amazon-elasticache': { name: 'ElastiCache', kind: 'an ElastiCache node' },
};

/** What consoles write for every interface: it tells none from another. */
const SAYS_NOTHING = /^(?:(?:primary|secondary) )?network interface$/i;

/**
 * What a network interface is called: by its `Name` tag; by that of its instance; by what the service that made it
 * wrote; by its owner's own description; by the id of its instance. What passes traffic on is always named as such, also before a tag: `NAT gateway nat-1`.
 * Undefined where nothing is known of it.
 */
export function interfaceName(
  networkInterface: Described,
  instanceNames: ReadonlyMap<string, string> = new Map(),
): string | undefined {
  const { name, description, instanceId } = networkInterface;
  const service = serviceOf(networkInterface);
  // Without a tag EC2's description takes the place of the name.
  if (name !== '' && name !== description)
    return service?.relay === undefined ? name : `${service.relay} ${name}`;
  const instanceName = instanceNames.get(instanceId ?? '');
  if (instanceName !== undefined) return instanceName;
  if (service !== undefined) return service.name;
  if (description !== '' && !SAYS_NOTHING.test(description)) return description;
  return instanceId;
}

/** What carries the addresses of an interface, for a sentence: `an EC2 instance`, `a load balancer`. */
export function interfaceKind(networkInterface: Described): string {
  const service = serviceOf(networkInterface);
  if (service !== undefined) return service.kind;
  return networkInterface.instanceId === undefined ? 'a network interface' : 'an EC2 instance';
}

/** What an AWS service calls what it made the interface for: `load balancer shop`; undefined for any other interface. */
export function serviceBehind(networkInterface: Described): string | undefined {
  return serviceOf(networkInterface)?.name;
}

function serviceOf({ interfaceType, requesterId = '', description }: Described): Service | undefined {
  for (const service of SERVICES) {
    const found = service.description.exec(description);
    if (found !== null) return { ...service, name: service.name.replace('$1', () => found[1] ?? '') };
  }
  // The wire says `nat_gateway`, the list of types in the SDK `natGateway`.
  const type = interfaceType.replaceAll('_', '').toLowerCase();
  if (Object.hasOwn(TYPES, type)) return TYPES[type];
  return Object.hasOwn(REQUESTERS, requesterId) ? REQUESTERS[requesterId] : undefined;
}
