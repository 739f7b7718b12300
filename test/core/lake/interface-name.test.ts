import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { interfaceKind, interfaceName, serviceBehind } from '../../../src/core/lake/interface-name.ts';

type Described = Parameters<typeof interfaceName>[0];

const UUID = '0a1b2c3d-0a1b-0a1b-0a1b-0a1b2c3d4e5f';

/** An interface as EC2 lists it: without a tag its description is its name. */
function described(description: string, others: Partial<Described> = {}): Described {
  return {
    name: description,
    instanceId: undefined,
    interfaceType: 'interface',
    requesterId: undefined,
    description,
    ...others,
  };
}

describe('an interface without a tag', () => {
  it.each([
    ['ELB app/shop/0a1b2c3d4e5f6071', 'load balancer shop'],
    ['ELB net/ingress/0a1b2c3d4e5f6071', 'load balancer ingress'],
    ['ELB gwy/inspection/0a1b2c3d4e5f6071', 'load balancer inspection'],
    ['ELB classic-shop', 'load balancer classic-shop'],
    ['Interface for NAT Gateway nat-0a1b2c3d', 'NAT gateway nat-0a1b2c3d'],
    ['VPC Endpoint Interface vpce-089f2123488812123', 'endpoint vpce-089f2123488812123'],
    ['VPC Endpoint Interface: vpce-089f2123488812123', 'endpoint vpce-089f2123488812123'],
    ['Resource Gateway Interface rgw-0a1b2c3d', 'resource gateway rgw-0a1b2c3d'],
    [
      'Network Interface for Transit Gateway Attachment tgw-attach-0a1b2c3d',
      'transit gateway tgw-attach-0a1b2c3d',
    ],
    [`AWS Lambda VPC ENI-orders-api-${UUID}`, 'Lambda orders-api'],
    ['AWS Lambda VPC ENI-orders-api', 'Lambda orders-api'],
    ['AWS Lambda VPC ENI: orders-api', 'Lambda orders-api'],
    ['RDSNetworkInterface', 'RDS database'],
    ['ElastiCache sessions-0001-001', 'ElastiCache sessions-0001-001'],
    ['ElastiCache+sessions-0001-001', 'ElastiCache sessions-0001-001'],
    ['RedshiftNetworkInterface', 'Redshift'],
    ['EFS mount target for fs-0a1b2c3d (fsmt-0a1b2c3d)', 'EFS fs-0a1b2c3d'],
    [`arn:aws:ecs:eu-west-1:123456789012:attachment/${UUID}`, 'ECS attachment 0a1b2c3d'],
    ['Amazon EKS production', 'EKS production'],
    ['aws-K8S-i-0a1b2c3d', 'EKS node i-0a1b2c3d'],
    ['AWS created network interface for directory d-90670a1b2c', 'directory d-90670a1b2c'],
    ['Route 53 Resolver: rslvr-in-0a1b2c3d:rni-0a1b', 'Route 53 Resolver rslvr-in-0a1b2c3d'],
    ['AWS ElasticMapReduce cluster', 'EMR'],
    ['[Do not delete] arn:aws:sagemaker:eu-west-1:123456789012:notebook-instance/models', 'SageMaker models'],
    ['orders worker of team blue', 'orders worker of team blue'],
  ])('that says `%s` is called %s', (description, name) => {
    expect(interfaceName(described(description))).toBe(name);
  });

  it.each([
    ['nat_gateway', 'NAT gateway'],
    ['natGateway', 'NAT gateway'],
    ['network_load_balancer', 'load balancer'],
    ['gateway_load_balancer_endpoint', 'endpoint'],
    ['vpc_endpoint', 'endpoint'],
    ['transit_gateway', 'transit gateway'],
    ['lambda', 'Lambda'],
  ])('and of an unknown description is called by its type %s', (interfaceType, name) => {
    expect(interfaceName(described('', { interfaceType }))).toBe(name);
    expect(interfaceName(described('something new', { interfaceType }))).toBe(name);
  });

  it('is called by the service that asked for it where nothing else says what it is', () => {
    expect(interfaceName(described('', { requesterId: 'amazon-elasticache' }))).toBe('ElastiCache');
    expect(interfaceName(described('', { requesterId: 'constructor' }))).toBeUndefined();
  });

  it.each(['', 'Primary network interface', 'network interface'])(
    'of an instance that says `%s` is called by the instance',
    (description) => {
      expect(interfaceName(described(description, { instanceId: 'i-0a1b' }))).toBe('i-0a1b');
      expect(interfaceName(described(description))).toBeUndefined();
    },
  );
});

describe('an interface of an instance that has a name', () => {
  const instanceNames = new Map([['i-0a1b', 'app-1']]);
  const named = (change: Partial<Described>) =>
    interfaceName(described('', { instanceId: 'i-0a1b', ...change }), instanceNames);

  it('is called by it, unless it has a tag of its own', () => {
    expect(named({})).toBe('app-1');
    expect(named({ name: 'aws-K8S-i-0a1b', description: 'aws-K8S-i-0a1b' })).toBe('app-1');
    expect(named({ name: 'second card' })).toBe('second card');
    expect(named({ instanceId: 'i-0b' })).toBe('i-0b');
  });
});

describe('an interface with a tag', () => {
  it('is called by it, whatever its description says', () => {
    const database = described('RDSNetworkInterface', { name: 'db-1', requesterId: 'amazon-rds' });
    expect(interfaceName(database)).toBe('db-1');
    expect(interfaceName(described('Primary network interface', { name: 'app-1' }))).toBe('app-1');
  });

  it.each([
    ['ELB app/shop/0a1b2c3d4e5f6071', 'interface', 'load balancer edge'],
    ['', 'nat_gateway', 'NAT gateway edge'],
    ['VPC Endpoint Interface vpce-0a1b', 'vpc_endpoint', 'endpoint edge'],
    ['', 'transit_gateway', 'transit gateway edge'],
  ])('that passes traffic on (`%s`, %s) is named as such too', (description, interfaceType, name) => {
    expect(interfaceName(described(description, { name: 'edge', interfaceType }))).toBe(name);
  });
});

it('the name of an interface is never empty, whatever EC2 says of it', () => {
  const text = fc.oneof(
    fc.string(),
    fc.constantFrom('ELB ', 'ElastiCache ', 'AWS Lambda VPC ENI-', 'toString'),
  );
  fc.assert(
    fc.property(
      text,
      text,
      text,
      fc.option(text, { nil: undefined }),
      (name, description, type, requester) => {
        const found = interfaceName({
          name,
          description,
          interfaceType: type,
          requesterId: requester,
          instanceId: undefined,
        });
        expect(found).not.toBe('');
      },
    ),
  );
});

it.each([
  ['ELB app/shop/0a1b2c3d4e5f6071', 'a load balancer', 'load balancer shop'],
  ['RDSNetworkInterface', 'an RDS database', 'RDS database'],
  ['AWS Lambda VPC ENI-orders-api', 'a Lambda function', 'Lambda orders-api'],
  ['orders worker', 'a network interface', undefined],
])('what carries the addresses of `%s` is %s', (description, kind, service) => {
  expect(interfaceKind(described(description))).toBe(kind);
  expect(serviceBehind(described(description))).toBe(service);
});

it('an interface of an instance that no service made is an EC2 instance, a NAT gateway is one by its type', () => {
  expect(interfaceKind(described('', { instanceId: 'i-0a1b2c3d' }))).toBe('an EC2 instance');
  expect(interfaceKind(described('', { interfaceType: 'natGateway' }))).toBe('a NAT gateway');
});
