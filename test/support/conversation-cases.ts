import { flow, NOON, type PlainRecord } from './flow.ts';

/** Fields of a custom format with all that shows a conversation. */
export const ALL_FIELDS =
  'version account-id interface-id srcaddr dstaddr srcport dstport protocol packets bytes start end action log-status tcp-flags pkt-srcaddr pkt-dstaddr flow-direction'.split(
    ' ',
  );
const WITHOUT_FLAGS = ALL_FIELDS.filter((field) => field !== 'tcp-flags');
/** AWS's default format. */
const DEFAULT_FIELDS = ALL_FIELDS.slice(0, 14);

/** A record in every slot that can hold one of the window, so that none is missing. */
export const EVERY_SLOT = Array.from({ length: 10 }, (_, slot) =>
  flow(NOON + slot * 300 + 20, { srcaddr: '10.9.9.8', dstaddr: '10.9.9.9', 'flow-direction': 'ingress' }),
);

/** Records of half an hour, a question about them, and what it must say. */
export interface ConversationCase {
  readonly title: string;
  readonly records: readonly PlainRecord[];
  readonly fields?: readonly string[];
  readonly line?: string;
  /** Nothing says which traffic the flow log records; of a folder nothing ever does. */
  readonly isTrafficUnknown?: boolean;
  /** A slot, by its number, that has no file. */
  readonly missingSlot?: number;
  readonly state: string | undefined;
  readonly certainty: 'proven' | 'likely' | 'unknown';
  /** A part of the headline. */
  readonly says: string;
}

const WINDOW = 'since 2026-03-05T12:00Z until 2026-03-05T12:30Z';
const [APP, DB] = ['10.0.1.5', '10.0.2.7'];
const LINE = `why ${APP} ${DB}:5432`;
const ENI = {
  client: 'eni-0c0c0c0c0c0c0c0c0',
  server: 'eni-0d0d0d0d0d0d0d0d0',
  between: 'eni-0e0e0e0e0e0e0e0e0',
} as const;

interface Party {
  readonly client: string;
  readonly server: string;
  readonly port: number;
  readonly clientPort: number;
  readonly protocol: number;
}

const USUAL: Party = { client: APP, server: DB, port: 5432, clientPort: 50_100, protocol: 6 };

type Place = 'client' | 'server';
type Sent = readonly [way: 'request' | 'reply', at: Place, action: 'ACCEPT' | 'REJECT', flags: number | '-'];

/** What each interface records of one try, by what becomes of it. */
const TRIES = {
  answered: [
    ['request', 'client', 'ACCEPT', 3],
    ['request', 'server', 'ACCEPT', 3],
    ['reply', 'server', 'ACCEPT', 19],
    ['reply', 'client', 'ACCEPT', 19],
  ],
  goesOn: [
    ['request', 'client', 'ACCEPT', 0],
    ['request', 'server', 'ACCEPT', 0],
    ['reply', 'server', 'ACCEPT', 0],
    ['reply', 'client', 'ACCEPT', 0],
  ],
  rejectedArriving: [
    ['request', 'client', 'ACCEPT', 2],
    ['request', 'server', 'REJECT', 2],
  ],
  rejectedLeaving: [['request', 'client', 'REJECT', 2]],
  replyRejectedLeaving: [
    ['request', 'client', 'ACCEPT', 2],
    ['request', 'server', 'ACCEPT', 2],
    ['reply', 'server', 'REJECT', 18],
  ],
  replyRejectedArriving: [
    ['request', 'client', 'ACCEPT', 2],
    ['request', 'server', 'ACCEPT', 2],
    ['reply', 'server', 'ACCEPT', 18],
    ['reply', 'client', 'REJECT', 18],
  ],
  refused: [
    ['request', 'client', 'ACCEPT', 2],
    ['request', 'server', 'ACCEPT', 2],
    ['reply', 'server', 'ACCEPT', 4],
    ['reply', 'client', 'ACCEPT', 4],
  ],
  unanswered: [
    ['request', 'client', 'ACCEPT', 2],
    ['request', 'server', 'ACCEPT', 2],
  ],
  lost: [['request', 'client', 'ACCEPT', 2]],
  replyLost: [
    ['request', 'client', 'ACCEPT', 2],
    ['request', 'server', 'ACCEPT', 2],
    ['reply', 'server', 'ACCEPT', 18],
  ],
  late: [['request', 'server', 'REJECT', 1]],
  reset: [
    ['request', 'client', 'ACCEPT', 0],
    ['reply', 'client', 'ACCEPT', 4],
  ],
} as const satisfies Record<string, readonly Sent[]>;

interface TryOptions extends Partial<Party> {
  /** Only what these interfaces record is in the log. */
  readonly at?: readonly Place[];
  readonly changes?: PlainRecord;
  /** From the first second of its minute to the last that a record covers. */
  readonly seconds?: readonly [first: number, last: number];
}

/** One try a minute, from a minute up to another. */
export function tries(
  what: keyof typeof TRIES,
  from: number,
  to: number,
  options: TryOptions = {},
): readonly PlainRecord[] {
  const { at = ['client', 'server'], changes = {}, seconds: [first, last] = [5, 25], ...party } = options;
  const { client, server, port, clientPort, protocol } = { ...USUAL, ...party };
  const minutes = Array.from({ length: to - from }, (_, index) => from + index);
  const sent: readonly Sent[] = TRIES[what];
  return minutes.flatMap((minute) =>
    sent
      .filter(([, place]) => at.includes(place))
      .map(([way, place, action, flags]) => {
        const isRequest = way === 'request';
        const leaves = isRequest === (place === 'client');
        return flow(NOON + minute * 60 + last, {
          start: NOON + minute * 60 + first,
          'interface-id': ENI[place],
          srcaddr: isRequest ? client : server,
          dstaddr: isRequest ? server : client,
          srcport: isRequest ? clientPort + minute : port,
          dstport: isRequest ? port : clientPort + minute,
          'pkt-srcaddr': isRequest ? client : server,
          'pkt-dstaddr': isRequest ? server : client,
          protocol,
          action,
          packets: 3,
          'tcp-flags': protocol === 6 ? flags : 0,
          'flow-direction': leaves ? 'egress' : 'ingress',
          ...changes,
        });
      }),
  );
}

/** What an interface records of others meanwhile: it works. */
function others(at: Place, from = 0, to = 30): readonly PlainRecord[] {
  const own = at === 'client' ? APP : DB;
  return tries('answered', from, to, {
    at: [at],
    ...(at === 'client' ? { client: own, server: '10.0.9.9' } : { client: '10.0.9.9', server: own }),
    port: 443,
  });
}

/** Proof that a log records rejected packets too. */
const REJECTED_OTHERS = tries('rejectedArriving', 0, 30, { client: '10.0.9.9', port: 22 });

const ICMP = { protocol: 1, port: 0, clientPort: -30, changes: { srcport: 0, dstport: 0 } } as const;
const UDP = { protocol: 17, port: 53 } as const;
const IPV6 = { client: '2001:db8::5', server: '2001:db8::7' } as const;

/** What is behind a NAT gateway: its interface passes packets on under an address of its own. */
function throughNat(from: number, to: number, isAnswered: boolean): readonly PlainRecord[] {
  const [nat, outside] = ['10.0.0.220', '198.51.100.9'];
  const ends = { client: APP, server: outside, port: 443 } as const;
  const request = (changes: PlainRecord) =>
    tries('lost', from, to, { ...ends, changes: { 'tcp-flags': isAnswered ? 3 : 2, ...changes } });
  const reply = (changes: PlainRecord) =>
    tries('answered', from, to, { ...ends, at: ['client'], changes: {} })
      .filter(({ srcport }) => srcport === 443)
      .map((record) => ({ ...record, 'tcp-flags': 19, ...changes }));
  const between = { 'interface-id': ENI.between };
  return [
    ...request({}),
    ...request({ ...between, 'flow-direction': 'ingress', dstaddr: nat }),
    ...request({ ...between, srcaddr: nat, 'pkt-srcaddr': nat }),
    ...(isAnswered
      ? [
          ...reply({ ...between, dstaddr: nat, 'pkt-dstaddr': nat }),
          ...reply({ ...between, 'flow-direction': 'egress', srcaddr: nat }),
          ...reply({}),
        ]
      : []),
  ];
}

const ANSWERED = `${DB} has answered ${APP} on 5432 postgres since before 12:00 UTC`;
const REJECTED_SINCE = `${DB} has rejected ${APP} on 5432 postgres since 12:13:05 UTC; it answered until 12:12:25 UTC`;

/** Conversations with what became of them, each planted by itself. */
export const CONVERSATION_CASES: readonly ConversationCase[] = [
  {
    title: 'answers all the time',
    records: tries('answered', 0, 30),
    state: 'answered',
    certainty: 'proven',
    says: ANSWERED,
  },
  {
    title: 'answers, then rejects what arrives',
    records: [...tries('answered', 0, 13), ...tries('rejectedArriving', 13, 30)],
    state: 'rejected',
    certainty: 'proven',
    says: REJECTED_SINCE,
  },
  {
    title: 'rejects all the time',
    records: tries('rejectedArriving', 0, 30),
    state: 'rejected',
    certainty: 'proven',
    says: `${DB} has rejected ${APP} on 5432 postgres since before 12:00 UTC`,
  },
  {
    title: 'rejects, then answers again',
    records: [...tries('rejectedArriving', 0, 13), ...tries('answered', 13, 30)],
    state: 'answered',
    certainty: 'proven',
    says: `${DB} has answered ${APP} on 5432 postgres since 12:13:05 UTC; requests were rejected until`,
  },
  {
    title: 'is not let out by the client',
    records: [...tries('answered', 0, 13), ...tries('rejectedLeaving', 13, 30), ...others('server')],
    state: 'rejected',
    certainty: 'proven',
    says: `${APP} has rejected its own requests to ${DB} on 5432 postgres since 12:13:05 UTC`,
  },
  {
    title: 'rejects its own replies, as a network ACL does',
    records: [...tries('answered', 0, 13), ...tries('replyRejectedLeaving', 13, 30)],
    state: 'reply rejected',
    certainty: 'proven',
    says: `They are rejected leaving ${DB}, as a network ACL does`,
  },
  {
    title: 'sends replies that the client rejects, as a network ACL does',
    records: tries('replyRejectedArriving', 0, 30),
    state: 'reply rejected',
    certainty: 'proven',
    says: `They are rejected arriving ${APP}, as a network ACL does`,
  },
  {
    title: 'refuses, because nothing listens',
    records: tries('refused', 0, 30),
    state: 'refused',
    certainty: 'proven',
    says: `${DB} has refused ${APP} on 5432 postgres since before`,
  },
  {
    title: 'answers, then refuses',
    records: [...tries('answered', 0, 13), ...tries('refused', 13, 30)],
    state: 'refused',
    certainty: 'proven',
    says: `${DB} has refused ${APP} on 5432 postgres since 12:13:05 UTC; it answered until`,
  },
  {
    title: 'gets requests and sends nothing back',
    records: [...tries('unanswered', 0, 30), ...REJECTED_OTHERS],
    state: 'unanswered',
    certainty: 'proven',
    says: `${DB} has not answered ${APP} on 5432 postgres`,
  },
  {
    title: 'answers, then is silent',
    records: [...tries('answered', 0, 13), ...tries('unanswered', 13, 30), ...REJECTED_OTHERS],
    state: 'unanswered',
    certainty: 'proven',
    says: `${DB} has not answered ${APP} on 5432 postgres since 12:14:05 UTC; it answered until`,
  },
  {
    title: 'is not reached, though its interface records others',
    records: [...tries('lost', 0, 30), ...others('server'), ...REJECTED_OTHERS],
    state: 'not seen',
    certainty: 'proven',
    says: `Requests of ${APP} to ${DB} on 5432 postgres leave ${APP} and are not seen at ${DB}`,
  },
  {
    title: 'is not reached any more since a route changed',
    records: [...tries('answered', 0, 13), ...tries('lost', 13, 30), ...others('server'), ...REJECTED_OTHERS],
    state: 'not seen',
    certainty: 'proven',
    says: `are not seen at ${DB} since 12:14:05 UTC; ${DB} answered until`,
  },
  {
    title: 'sends replies that get lost on the way',
    records: [...tries('replyLost', 0, 30), ...others('client'), ...REJECTED_OTHERS],
    state: 'not seen',
    certainty: 'proven',
    says: `Replies of ${DB} to ${APP} on 5432 postgres leave ${DB} and are not seen at ${APP}`,
  },
  {
    title: 'is silent, in a log that may not record rejections',
    isTrafficUnknown: true,
    records: tries('unanswered', 0, 30),
    state: 'unanswered',
    certainty: 'likely',
    says: `${DB} has not answered ${APP} on 5432 postgres`,
  },
  {
    title: 'is not recorded, and nothing comes back',
    records: tries('lost', 0, 30),
    state: 'not recorded',
    certainty: 'unknown',
    says: `leave ${APP} and nothing comes back since before 12:00 UTC. Nothing is recorded at ${DB}`,
  },
  {
    title: 'rejects a client that is not recorded',
    records: tries('rejectedArriving', 0, 30, { at: ['server'] }),
    state: 'rejected',
    certainty: 'proven',
    says: `${DB} has rejected ${APP}`,
  },
  {
    title: 'answers a client that is not recorded',
    records: tries('answered', 0, 30, { at: ['server'] }),
    state: 'answered',
    certainty: 'proven',
    says: ANSWERED,
  },
  {
    title: 'is silent to a client that is not recorded',
    records: [...tries('unanswered', 0, 30, { at: ['server'] }), ...REJECTED_OTHERS],
    state: 'unanswered',
    // The reply may have left by an interface that is not recorded.
    certainty: 'likely',
    says: `${DB} has not answered ${APP}`,
  },
  {
    title: 'rejects late packets while it answers',
    records: [...tries('answered', 0, 30), ...tries('late', 3, 30, { seconds: [40, 41] })],
    state: 'answered',
    certainty: 'proven',
    says: ANSWERED,
  },
  {
    title: 'rejects late packets behind the last close',
    records: [...tries('answered', 0, 15), ...tries('late', 15, 18)],
    state: 'answered',
    certainty: 'proven',
    says: `${DB} answered ${APP} on 5432 postgres, from 12:00:05 UTC to 12:14:25 UTC.`,
  },
  {
    title: 'answers, then rejects, in a log without flags',
    fields: WITHOUT_FLAGS,
    records: [...tries('answered', 0, 13), ...tries('rejectedArriving', 13, 30)],
    state: 'rejected',
    certainty: 'likely',
    says: REJECTED_SINCE,
  },
  {
    title: 'rejects what the other interface let go, in the default format',
    fields: DEFAULT_FIELDS,
    records: tries('rejectedArriving', 0, 30),
    state: 'rejected',
    certainty: 'likely',
    says: `${DB} has rejected ${APP}`,
  },
  {
    title: 'is rejected at one interface of which nothing shows the side, in the default format',
    fields: DEFAULT_FIELDS,
    records: tries('rejectedLeaving', 0, 30),
    state: 'rejected',
    certainty: 'likely',
    says: `Requests of ${APP} to ${DB} on 5432 postgres have been rejected since before`,
  },
  {
    title: 'changes in a record of ten minutes, which blurs when',
    records: [
      ...tries('answered', 0, 1, { seconds: [5, 580] }),
      ...tries('answered', 10, 11, { seconds: [2, 590] }),
      ...tries('rejectedArriving', 12, 13, { seconds: [20, 480] }),
      ...tries('rejectedArriving', 20, 21, { seconds: [5, 580] }),
    ],
    state: 'rejected',
    certainty: 'proven',
    says: 'since a time between 12:12:20 UTC and 12:19:50 UTC; it answered before',
  },
  {
    title: 'rejects replies to some client ports alone',
    records: [
      ...tries('answered', 0, 30, { clientPort: 50_000 }),
      ...tries('replyRejectedLeaving', 0, 30, { clientPort: 20_000, seconds: [30, 50] }),
    ],
    state: 'mixed',
    certainty: 'likely',
    says: 'Client ports 20000 to 20029 are rejected, 50000 to 50029 are answered',
  },
  {
    title: 'serves open connections and rejects new ones',
    records: [...tries('goesOn', 0, 30), ...tries('rejectedArriving', 0, 30, { seconds: [30, 50] })],
    state: 'mixed',
    certainty: 'likely',
    says: 'Connections that were open go on, and new ones are rejected',
  },
  {
    title: 'answers by UDP',
    line: `why ${APP} ${DB}:53`,
    records: tries('answered', 0, 30, UDP),
    state: 'answered',
    certainty: 'proven',
    says: `${DB} has answered ${APP} on 53 dns`,
  },
  {
    title: 'is silent by UDP, which need not mean much',
    line: `why ${APP} ${DB}:53`,
    records: [...tries('unanswered', 0, 30, UDP), ...REJECTED_OTHERS],
    state: 'unanswered',
    certainty: 'proven',
    says: 'UDP need not be answered',
  },
  {
    title: 'answers a ping',
    line: `why ${APP} ${DB}`,
    records: tries('answered', 0, 30, ICMP),
    state: 'answered',
    certainty: 'proven',
    says: `${DB} has answered ${APP} by icmp`,
  },
  {
    title: 'rejects a ping',
    line: `why ${APP} ${DB}`,
    records: tries('rejectedArriving', 0, 30, ICMP),
    state: 'rejected',
    certainty: 'proven',
    says: `${DB} has rejected ${APP} by icmp`,
  },
  {
    title: 'rejects by IPv6',
    line: `why ${IPV6.client} ${IPV6.server} port=5432`,
    records: tries('rejectedArriving', 0, 30, IPV6),
    state: 'rejected',
    certainty: 'proven',
    says: `${IPV6.server} has rejected ${IPV6.client} on 5432 postgres`,
  },
  {
    title: 'answers a pod, whose address is in the packet fields alone',
    line: `why 10.0.1.117 ${DB}:5432`,
    records: tries('answered', 0, 30, { client: '10.0.1.117' }).map((record) =>
      record['interface-id'] === ENI.client
        ? { ...record, [record.dstport === 5432 ? 'srcaddr' : 'dstaddr']: APP }
        : record,
    ),
    state: 'answered',
    certainty: 'proven',
    says: `${DB} has answered 10.0.1.117`,
  },
  {
    title: 'answers through a NAT gateway',
    line: `why ${APP} 198.51.100.9:443`,
    records: throughNat(0, 30, true),
    state: 'answered',
    certainty: 'proven',
    says: `198.51.100.9 has answered ${APP} on 443 https`,
  },
  {
    title: 'is silent behind a NAT gateway, where nothing of it can be recorded',
    line: `why ${APP} 198.51.100.9:443`,
    records: throughNat(0, 30, false),
    state: 'not recorded',
    certainty: 'unknown',
    says: 'Nothing is recorded at 198.51.100.9',
  },
  {
    title: 'was asked through an interface on the way, which alone is recorded',
    records: tries('lost', 0, 30, {
      changes: { 'interface-id': ENI.between, srcaddr: '10.0.0.9', 'pkt-srcaddr': APP },
    }).flatMap((record) => [record, { ...record, 'flow-direction': 'ingress' }]),
    state: 'not recorded',
    certainty: 'unknown',
    says: `No reply of ${DB} to ${APP} on 5432 postgres was recorded since before 12:00 UTC.`,
  },
  {
    title: 'rejects a client that was answered, where the client rejects itself',
    records: [...tries('answered', 0, 13), ...tries('rejectedLeaving', 13, 30)],
    state: 'rejected',
    certainty: 'proven',
    says: `${DB} answered until 12:12:25 UTC. They are rejected leaving it.`,
  },
  {
    title: 'is named first, and is the server all the same',
    line: `why ${DB} ${APP} port=5432`,
    records: [...tries('answered', 0, 13), ...tries('rejectedArriving', 13, 30)],
    state: 'rejected',
    certainty: 'proven',
    says: REJECTED_SINCE,
  },
  {
    title: 'fails on one port and answers on another',
    line: `why ${APP} ${DB}`,
    records: [...tries('rejectedArriving', 0, 30), ...tries('answered', 0, 30, { port: 443 })],
    state: 'rejected',
    certainty: 'proven',
    says: 'Also on 443 https: answered.',
  },
  {
    title: 'comes and goes',
    records: Array.from({ length: 10 }, (_, turn) => [
      ...tries('answered', turn * 3, turn * 3 + 2),
      ...tries('rejectedArriving', turn * 3 + 2, turn * 3 + 3),
    ]).flat(),
    state: 'mixed',
    certainty: 'likely',
    says: `${DB} has answered some requests of ${APP} on 5432 postgres and not others`,
  },
  {
    title: 'changes over some minutes, as in a rolling deploy',
    records: [...tries('answered', 0, 16), ...tries('rejectedArriving', 12, 30, { seconds: [30, 50] })],
    state: 'rejected',
    certainty: 'proven',
    says: `${DB} has rejected ${APP} on 5432 postgres since`,
  },
  {
    title: 'ends connections by resets, and answers',
    records: [
      ...tries('answered', 0, 30),
      ...tries('goesOn', 0, 30, { at: ['server'], changes: { 'tcp-flags': 4 }, seconds: [30, 31] }).filter(
        ({ srcport }) => srcport === 5432,
      ),
    ],
    state: 'answered',
    certainty: 'proven',
    says: ANSWERED,
  },
  {
    title: 'listens on a port that clients get too',
    line: `why ${APP} ${DB}:50051`,
    records: [
      ...tries('answered', 0, 13, { port: 50_051, clientPort: 40_000 }),
      ...tries('rejectedArriving', 13, 30, { port: 50_051, clientPort: 40_000 }),
    ],
    state: 'rejected',
    certainty: 'proven',
    says: `${DB} has rejected ${APP} on 50051 since 12:13:05 UTC`,
  },
  {
    title: 'replies by another interface than it is asked at',
    records: tries('answered', 0, 30).map((record) =>
      record.srcport === 5432 && record['interface-id'] === ENI.server
        ? { ...record, 'interface-id': ENI.between }
        : record,
    ),
    state: 'answered',
    certainty: 'proven',
    says: ANSWERED,
  },
  {
    title: 'answers again after a connection was idle and was cut, which is no refusal',
    records: [
      ...tries('goesOn', 0, 5, { clientPort: 50_100 }),
      ...tries('reset', 14, 15, { clientPort: 50_086, seconds: [5, 7] }),
      ...tries('answered', 15, 30),
    ],
    state: 'answered',
    certainty: 'likely',
    says: 'was reset at 12:14:05 UTC: NAT gateways and Network Load Balancers forget idle ones',
  },
  {
    title: 'gets data on a connection that is no more, and nothing else is recorded',
    records: tries('reset', 14, 15, { seconds: [5, 7] }),
    state: 'unknown',
    certainty: 'unknown',
    says: `What became of requests of ${APP} to ${DB} on 5432 postgres cannot be said`,
  },
  {
    title: 'answers, and gets no long packets',
    records: [
      ...tries('answered', 0, 30),
      ...tries('goesOn', 0, 30, { changes: { packets: 12, bytes: 17_400 } }).filter(
        (record) => record['interface-id'] === ENI.client && record['flow-direction'] === 'egress',
      ),
    ],
    state: 'answered',
    certainty: 'likely',
    says: `Packets of ${APP} of 1450 bytes on average are not seen at ${DB}, where short ones arrive`,
  },
  {
    title: 'answers long packets with short ones, which are what they are',
    records: [
      ...tries('answered', 0, 30, { changes: { packets: 3, bytes: 180 } }),
      ...tries('goesOn', 0, 30, { changes: { packets: 12, bytes: 17_400 } }).filter(
        (record) => record.dstport === 5432,
      ),
    ],
    state: 'answered',
    certainty: 'proven',
    says: ANSWERED,
  },
  {
    title: 'has no packets at all, which is proven',
    records: [...others('client'), ...others('server'), ...REJECTED_OTHERS],
    state: undefined,
    certainty: 'proven',
    says: `No traffic between ${APP} and ${DB} with port=5432 seen; the logs of the window are complete.`,
  },
  {
    title: 'has no packets in what was read, and a slot is missing',
    records: [...others('client'), ...others('server')],
    missingSlot: 3,
    state: undefined,
    certainty: 'unknown',
    says: `Cannot say whether there was traffic between ${APP} and ${DB} with port=5432`,
  },
];

/** The line of a case. */
export function lineOfCase({ line = LINE }: ConversationCase): string {
  return `${line} ${WINDOW}`;
}
