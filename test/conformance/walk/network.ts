import type { AwsClients } from '../../../src/aws/clients.ts';

/** A network in the walk's account. */
export interface WalkNetwork {
  readonly vpcId: string;
  readonly subnetId: string;
  /** The interface that carries 10.0.1.5. */
  readonly interfaceId: string;
}

/** Makes a VPC with one subnet, and in it an interface with the address that is asked for. */
export async function makeNetwork(clients: AwsClients): Promise<WalkNetwork> {
  const ec2 = await clients.ec2();
  const { Vpc } = await ec2.createVpc({ CidrBlock: '10.0.0.0/16' });
  const vpcId = Vpc?.VpcId ?? '';
  const { Subnet } = await ec2.createSubnet({ VpcId: vpcId, CidrBlock: '10.0.1.0/24' });
  const subnetId = Subnet?.SubnetId ?? '';
  const { NetworkInterface } = await ec2.createNetworkInterface({
    SubnetId: subnetId,
    PrivateIpAddress: '10.0.1.5',
  });
  return { vpcId, subnetId, interfaceId: NetworkInterface?.NetworkInterfaceId ?? '' };
}
