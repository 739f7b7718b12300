import { option, required } from '../core/line/argument.ts';
import { singleAddress } from '../core/line/network-arguments.ts';
import { whole } from '../core/line/plain-arguments.ts';
import {
  ABSENT,
  addressColumn,
  bytesColumn,
  countColumn,
  interfaceColumn,
  momentColumn,
  optionalCountColumn,
  portColumn,
  protocolColumn,
  textColumn,
} from '../core/query/columns.ts';
import { anAddress, phrase } from '../core/query/finding.ts';
import { identityInWords } from '../core/query/identity-words.ts';
import { defineQuery } from '../core/query/query.ts';
import { doubtsOnRoles, recordedIdentity, rolesInWords, shownRole } from '../core/query/role-words.ts';
import { FIELDS_OF_AN_ADDRESS, rolesOfAddress } from '../core/query/roles-of-address.ts';

export const who = defineQuery({
  name: 'who',
  summary: 'What an address is, since when, what it listens on and what it talks to',
  about:
    'What EC2 says of the address now, what was written down of it earlier, and a row for each port that it listens on, ' +
    'opens or passes on. It listens where it answered, also where its answers were rejected. Peers on the internet that ' +
    'got no answer are in one row. Bytes are counted, for each peer, at the one interface that saw most of them.',
  args: { addr: required(singleAddress()), top: option(whole(1, 1000)) },
  mayLack: FIELDS_OF_AN_ADDRESS,
  columns: {
    role: textColumn('It'),
    port: portColumn(),
    protocol: protocolColumn(),
    state: textColumn('State'),
    peers: countColumn('Peers'),
    peer: addressColumn('Foremost'),
    second_peer: addressColumn('Second'),
    third_peer: addressColumn('Third'),
    bytes: bytesColumn(),
    records: countColumn('Records'),
    first_seen: momentColumn('First seen'),
    last_seen: momentColumn('Last seen'),
    answered_peers: countColumn('Answered'),
    answering: countColumn('Answered last'),
    rejected: countColumn('Rejected last'),
    inside: countColumn('Inside'),
    most_ports: countColumn('Most ports'),
    confirmed: optionalCountColumn('With flags'),
    failing_peer: addressColumn('Not answered'),
    low_state: textColumn('Lowest state'),
    high_state: textColumn('Highest state'),
    at_interface: interfaceColumn(),
    other_interface: interfaceColumn('Other interface'),
    instance: textColumn('Instance'),
    subnet: textColumn('Subnet'),
    vpc: textColumn('VPC'),
    aws_service: textColumn('AWS service'),
    weight: countColumn('Weight'),
  },
  shown: [
    'role',
    'port',
    'protocol',
    'state',
    'peers',
    'peer',
    'second_peer',
    'third_peer',
    'bytes',
    'records',
    'first_seen',
    'last_seen',
  ],
  foremost: ['role', 'port', 'peers', 'peer', 'state', 'last_seen', 'bytes'],
  order: ['weight desc', 'inside desc', 'bytes desc', 'records desc', 'port', 'protocol', 'role', 'peer'],
  limit: 25,
  judgedRows: 1000,

  sql: ({ addr }) => rolesOfAddress(addr),
  judge: (rows, { addr }, context) => {
    const found = identityInWords(addr.text, context.identity, recordedIdentity(rows), context.window);
    const unsure = doubtsOnRoles(rows, context);
    return {
      rows: rows.map(shownRole),
      finding: {
        sentence: phrase`${found.clause}; it ${rolesInWords(rows, context)}.${found.behind}`,
        withoutRows: phrase`${found.clause}.${found.behind}`,
        certainty: unsure.length > 0 ? 'likely' : found.certainty,
        wouldTell: [...found.wouldTell, ...unsure],
        links: found.links,
        facts: found.facts,
      },
    };
  },
  asksIdentity: true,
  subject: ({ addr }) => phrase`traffic of ${anAddress(addr.text)}`,
  followUps: (rows, { addr: { text } }) => {
    const failing = rows.find((row) => row.failing_peer !== ABSENT);
    return [
      ...(failing === undefined ? [] : [whyNot(failing, text)]),
      { label: 'Who reaches it', line: `to ${text}` },
      { label: 'Whom it reaches', line: `from ${text}` },
      { label: 'What changed', line: `changes ${text}` },
    ];
  },
});

function whyNot({ role, failing_peer: peer, port }: WhyNot, text: string) {
  const ends = role === 'opens' || role === 'tries' ? `${text} ${peer}` : `${peer} ${text}`;
  return { label: `Why not ${peer}`, line: `why ${ends}${port === null ? '' : ` port=${port}`}` };
}

interface WhyNot {
  readonly role: string;
  readonly failing_peer: string;
  readonly port: number | null;
}
