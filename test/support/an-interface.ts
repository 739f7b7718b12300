import type { NetworkInterface } from '../../src/core/lake/network.ts';

/** A network interface in the first subnet of a VPC, without groups and with one address, unless said otherwise. */
export function anInterface(differences: Partial<NetworkInterface> = {}): NetworkInterface {
  return {
    id: 'eni-0a1',
    vpcId: 'vpc-1',
    subnetId: 'subnet-1',
    zone: 'eu-central-1a',
    addresses: ['10.0.1.5'],
    publicAddresses: [],
    instanceId: undefined,
    name: '',
    securityGroups: [],
    interfaceType: 'interface',
    requesterId: undefined,
    description: '',
    attachedAt: undefined,
    ...differences,
  };
}
