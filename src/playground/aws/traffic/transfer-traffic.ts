import { type Exchange, inside, outside } from '../exchange/exchange.ts';
import { acknowledgements, bulk, TCP_FLAGS } from '../exchange/packets.ts';
import { HOSTS } from '../network/hosts.ts';
import { OUTSIDE } from '../network/outside.ts';
import { isGoingOn, PLANTED } from '../planted.ts';
import type { Moment } from './moment.ts';
import { clientPort } from './ports.ts';
import { throughout } from './times.ts';

type Transfer = typeof PLANTED.upload | typeof PLANTED.report;

/** The two planted large transfers: backup uploads, batch-1 reads. */
export function transferTraffic(moment: Moment): readonly Exchange[] {
  return [...upload(moment), ...report(moment)];
}

function upload(moment: Moment): readonly Exchange[] {
  const flags = flagsOf(moment, PLANTED.upload);
  return shares(moment, PLANTED.upload).map((bytes, index) => {
    const request = bulk(bytes, flags.request);
    return {
      client: inside(HOSTS.backup, clientPort(moment.lasting('upload', index))),
      server: outside(OUTSIDE.uploadTarget, PLANTED.upload.port),
      protocol: 6,
      request,
      reply: acknowledgements(request, flags.reply),
      ...throughout(moment, moment.random('upload', index)),
      denied: undefined,
    };
  });
}

function report(moment: Moment): readonly Exchange[] {
  const flags = flagsOf(moment, PLANTED.report);
  return shares(moment, PLANTED.report).map((bytes, index) => {
    const reply = bulk(bytes, flags.reply);
    return {
      client: inside(HOSTS.batch1, clientPort(moment.lasting('report', index))),
      server: inside(HOSTS.db1, PLANTED.report.port),
      protocol: 6,
      request: acknowledgements(reply, flags.request),
      reply,
      ...throughout(moment, moment.random('report', index)),
      denied: undefined,
    };
  });
}

/** This minute's bytes of each connection, uneven, and together exactly the planted amount over all minutes. */
function shares(moment: Moment, planted: Transfer): readonly number[] {
  if (!isGoingOn(planted, moment.anchorOffset)) return [];
  const { bytes, connections } = planted.amounts;
  const even = bytes / (planted.untilMinute - planted.fromMinute) / connections;
  const random = moment.random('shares', planted.server);
  const uneven = Array.from({ length: connections - 1 }, () =>
    Math.round((even * random.whole(70, 130)) / 100),
  );
  const rest = even * connections - uneven.reduce((sum, share) => sum + share, 0);
  return [...uneven, rest];
}

/** Flags show in the first minute, when the connections are opened, and in the last, when they are closed. */
function flagsOf(
  { anchorOffset }: Moment,
  { fromMinute, untilMinute }: Transfer,
): { request: number; reply: number } {
  const closed = anchorOffset === untilMinute - 1 ? TCP_FLAGS.fin : TCP_FLAGS.none;
  if (anchorOffset !== fromMinute) return { request: closed, reply: closed };
  return { request: TCP_FLAGS.syn | closed, reply: TCP_FLAGS.synAck | closed };
}
