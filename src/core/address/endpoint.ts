import { servicePort } from '../flow-log/services.ts';

/** An address as it is typed together with its port: `10.0.1.5:443`, `https://10.0.1.5`, `[2001:db8::1]:53/udp`. */
export interface Endpoint {
  /** As typed; it may be wrong. */
  readonly host: string;
  /** A number, a range or a service, as typed; it may be wrong. */
  readonly port: string;
  /** The protocol, where it was said. */
  readonly proto: string | undefined;
}

const SCHEME = '(?:(?<scheme>[a-z][a-z0-9+.-]{0,20})://)?';
const HOST = String.raw`(?<host>\d{1,4}(?:\.\d{1,4}){3}|\[[0-9a-f:.]{2,45}\])`;
const PORT = '(?::(?<port>[a-z0-9-]{1,30})(?:/(?<proto>tcp|udp|sctp))?)?';
const ENDPOINT = new RegExp(`^${SCHEME}${HOST}${PORT}/?$`, 'i');

/** Splits an address from its port; undefined for a word that is not both. */
export function splitEndpoint(word: string): Endpoint | undefined {
  const { scheme, host, port, proto } = ENDPOINT.exec(word)?.groups ?? {};
  const meant = port ?? (scheme === undefined ? undefined : servicePort(scheme)?.toString());
  if (host === undefined || meant === undefined) return undefined;
  return { host: host.replace(/^\[(.*)\]$/, '$1'), port: meant, proto };
}
