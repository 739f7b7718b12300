import type { NetworkInterface, Resource } from '../../ports/cloud/network.ts';

/** Whether a flow log on a resource records the traffic of an interface: on it, on its subnet or on its VPC. */
export function coversInterface(resource: Resource, { id, subnetId, vpcId }: NetworkInterface): boolean {
  return [id, subnetId, vpcId].includes(resource.id);
}

/** Whether all traffic of one resource is also traffic of another: of an interface in a subnet in a VPC. */
export function contains(outer: Resource, inner: Resource): boolean {
  if (outer.id === inner.id) return true;
  if (outer.kind === 'vpc') return inner.vpcId === outer.id;
  return outer.kind === 'subnet' && inner.kind === 'interface' && inner.subnetId === outer.id;
}
