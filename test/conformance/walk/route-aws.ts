import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { onTestFinished } from 'vitest';
import { createAwsClients } from '../../../src/aws/clients.ts';
import { REGION } from '../../aws/given-aws.ts';
import { type AthenaServers, createAthenaRoute } from './route/athena-route.ts';
import { type AwsReply, type AwsRequest, awsRequest } from './route/aws-request.ts';
import { createDdlByGlue } from './route/ddl-by-glue.ts';
import { expiredReply } from './route/expired-reply.ts';
import { bridgeFlowLogs } from './route/flow-logs-on-moto.ts';
import { forward } from './route/forward.ts';

/** The servers that answer, by what they do best. */
export interface Servers extends Pick<AthenaServers, 'ministack' | 'selects' | 'onSelect'> {
  readonly moto: string;
}

/** All of AWS at one address, as the SDK's one endpoint wants it. */
export interface Route {
  readonly endpoint: string;
  /** Every call from now on is refused, as AWS does when credentials have expired; and heard again. */
  expire(): void;
  renew(): void;
  /** The calls that were made so far: `ec2 CreateFlowLogs`, `s3 PUT /bucket/key`. */
  readonly calls: readonly string[];
}

/**
 * Sends each call by its service to a server that we did not write: EC2 and STS to moto, S3, Glue and Athena to
 * ministack. What they cannot do is ours, in `route/`: a prefix behind a bucket and the options of files, two kinds of
 * DDL, and every SELECT. Expired credentials are answered here, because no judge looks at signatures.
 */
export async function routeAws(servers: Servers): Promise<Route> {
  const calls: string[] = [];
  let expired = false;
  const clientsOf = (endpoint: string) =>
    createAwsClients({ region: REGION, credentials: undefined, endpoint });
  const [moto, ministack] = [clientsOf(servers.moto), clientsOf(servers.ministack)];
  const bridge = bridgeFlowLogs({ ours: await ministack.s3(), ofMoto: await moto.s3() });
  const athena = createAthenaRoute({ ...servers, ddl: createDdlByGlue(await ministack.glue()) });

  async function answer(request: AwsRequest): Promise<AwsReply> {
    if (expired) return expiredReply(request);
    const { service, account } = request;
    if (service === 'athena') return athena(request);
    if (service === 's3' || service === 'glue') return forward(servers.ministack, request);
    const asked = await bridge.toMoto(request);
    return bridge.fromMoto(await forward(servers.moto, asked, { 'x-moto-account-id': account }));
  }

  const server = createServer(async (incoming, response) => {
    const { method = '', url: path = '', headers } = incoming;
    const request = awsRequest({ method, path, headers }, await buffer(incoming));
    calls.push(`${request.service} ${request.action || `${method} ${path.split('?')[0]}`}`);
    const reply = await answer(request).catch(brokenReply);
    // The walk has a clock of its own, which the app would find to differ from that of this machine.
    response.sendDate = false;
    const { date: _, ...replied } = reply.headers;
    response.writeHead(reply.status, replied).end(method === 'HEAD' ? undefined : reply.body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return {
    endpoint: `http://127.0.0.1:${port}`,
    calls,
    expire: () => {
      expired = true;
    },
    renew: () => {
      expired = false;
    },
  };
}

/** A fault of the router is no fault of AWS: it is reported as one that is not retried. */
function brokenReply(error: unknown): AwsReply {
  console.error('the router failed', error);
  return { status: 400, headers: {}, body: `the router failed: ${error}` };
}
