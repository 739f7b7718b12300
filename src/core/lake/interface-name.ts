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
  /** What stays before the name of a tag: addresses behind it are not its own. */
  readonly relay?: string;
}

const LOAD_BALANCER = 'load balancer';
const NAT_GATEWAY = 'NAT gateway';
const ENDPOINT = 'endpoint';
const TRANSIT_GATEWAY = 'transit gateway';

const SERVICES: readonly ServicePattern[] = [
  { description: /^ELB (?:app|net|gwy)\/([^/]+)\/\w+$/, name: 'load balancer $1', relay: LOAD_BALANCER },
  { description: /^ELB ([^/ ]+)$/, name: 'load balancer $1', relay: LOAD_BALANCER },
  { description: /^Interface for NAT Gateway (nat-\w+)$/, name: 'NAT gateway $1', relay: NAT_GATEWAY },
  { description: /^VPC Endpoint Interface:? (vpce-\w+)$/, name: 'endpoint $1', relay: ENDPOINT },
  { description: /^Resource Gateway Interface:? (rgw-\w+)$/, name: 'resource gateway $1' },
  {
    description: /^Network Interface for Transit Gateway Attachment (tgw-attach-\w+)$/,
    name: 'transit gateway $1',
    relay: TRANSIT_GATEWAY,
  },
  // The id behind a function's name is that of the interface, not of the function.
  {
    description:
      /^AWS Lambda VPC ENI(?:-|: )(.+?)(?:-[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})?$/,
    name: 'Lambda $1',
  },
  // The same text for RDS, Aurora and Neptune: it does not say which database it is.
  { description: /^RDSNetworkInterface$/, name: 'RDS database' },
  { description: /^ElastiCache[ +](\S+)$/, name: 'ElastiCache $1' },
  { description: /^RedshiftNetworkInterface/, name: 'Redshift' },
  { description: /^EFS mount target for (fs-\w+)(?: \(fsmt-\w+\))?$/, name: 'EFS $1' },
  { description: /^arn:[\w-]+:ecs:[^:]*:\d*:attachment\/([0-9a-f]{8})/, name: 'ECS attachment $1' },
  { description: /^Amazon EKS (\S+)$/, name: 'EKS $1' },
  { description: /^aws-K8S-(i-\w+)$/, name: 'EKS node $1' },
  { description: /^AWS created network interface for directory (d-\w+)$/, name: 'directory $1' },
  { description: /^Route 53 Resolver: (rslvr-[\w-]+)/, name: 'Route 53 Resolver $1' },
  { description: /^AWS ElasticMapReduce\b/, name: 'EMR' },
  { description: /arn:[\w-]+:sagemaker:[^:]*:\d*:notebook-instance\/([\w-]+)/, name: 'SageMaker $1' },
];

/** What EC2's own type of an interface says where its description is of no known form, without `_`, in lower case. */
const TYPES: Readonly<Record<string, Omit<ServicePattern, 'description'>>> = {
  natgateway: { name: NAT_GATEWAY, relay: NAT_GATEWAY },
  loadbalancer: { name: LOAD_BALANCER, relay: LOAD_BALANCER },
  networkloadbalancer: { name: LOAD_BALANCER, relay: LOAD_BALANCER },
  gatewayloadbalancer: { name: LOAD_BALANCER, relay: LOAD_BALANCER },
  vpcendpoint: { name: ENDPOINT, relay: ENDPOINT },
  gatewayloadbalancerendpoint: { name: ENDPOINT, relay: ENDPOINT },
  transitgateway: { name: TRANSIT_GATEWAY, relay: TRANSIT_GATEWAY },
  lambda: { name: 'Lambda' },
  efs: { name: 'EFS' },
  apigatewaymanaged: { name: 'API Gateway' },
  globalacceleratormanaged: { name: 'Global Accelerator' },
  quicksight: { name: 'QuickSight' },
};

/** What makes interfaces, by EC2's `RequesterId`, where neither description nor type says it. */
const REQUESTERS: Readonly<Record<string, Omit<ServicePattern, 'description'>>> = {
  'amazon-elb': { name: LOAD_BALANCER, relay: LOAD_BALANCER },
  'amazon-rds': { name: 'RDS database' },
  'amazon-elasticache': { name: 'ElastiCache' },
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

function serviceOf({ interfaceType, requesterId = '', description }: Described) {
  for (const service of SERVICES) {
    const found = service.description.exec(description);
    if (found !== null) return { ...service, name: service.name.replace('$1', () => found[1] ?? '') };
  }
  // The wire says `nat_gateway`, the list of types in the SDK `natGateway`.
  const type = interfaceType.replaceAll('_', '').toLowerCase();
  if (Object.hasOwn(TYPES, type)) return TYPES[type];
  return Object.hasOwn(REQUESTERS, requesterId) ? REQUESTERS[requesterId] : undefined;
}
