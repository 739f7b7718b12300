import type { NetworkInterface } from '../../lake/network.ts';
import type { NetworkRules } from '../../lake/network-rules.ts';
import type { PortRange } from '../../line/network-arguments.ts';
import type { Phrase } from '../finding.ts';

/** One end of a conversation. */
export interface ConversationEnd {
  /** As packets at its interface carry it, in canonical form: the private one of an interface that has both. */
  readonly address: string;
  /** The interface that has the address, with the rules of its region; undefined where it is none of ours. */
  readonly ours: { readonly networkInterface: NetworkInterface; readonly rules: NetworkRules } | undefined;
}

/** A conversation for which rules are evaluated. */
export interface RuledConversation {
  /** IANA's number. ICMP is taken for a ping: its other messages have no reply. */
  readonly protocol: number;
  /** Undefined where it is about every port, and for protocols without ports. */
  readonly port: number | undefined;
  /** The ports that the client was seen to use; undefined for all that a client may take. */
  readonly clientPorts?: PortRange | undefined;
  readonly client: ConversationEnd;
  readonly server: ConversationEnd;
}

/** What a rule says: `partly` where it depends on the port, `unknown` where what decides may not be read. */
export type RuleVerdict = 'allowed' | 'denied' | 'partly' | 'unknown';

/** One place where EC2 decides on the packets of a conversation, and what it decides as its rules are now. */
export interface RuleCheck {
  /** Whose interface or subnet it is. */
  readonly where: 'client' | 'server';
  readonly kind: 'security group' | 'network ACL' | 'route';
  readonly direction: 'inbound' | 'outbound';
  /** Whether it is about what the server sends back. */
  readonly isReply: boolean;
  readonly verdict: RuleVerdict;
  /** Begins with a small letter and has no full stop: `rule 100 of acl-0c3 denies tcp 5432 from 10.0.12.0/24`. */
  readonly sentence: Phrase;
  /** Where the deciding group, list or table is shown; undefined where it is not known which one that is. */
  readonly consoleUrl: string | undefined;
  /** What a route leads to that has rules of its own, which are not evaluated: `tgw-…`, `nat-…`. */
  readonly through?: string | undefined;
}

/** What a check found, without the place that it was made for. */
export type Found = Pick<RuleCheck, 'verdict' | 'sentence' | 'consoleUrl' | 'through'>;

/** An end that is ours. */
export type OwnEnd = ConversationEnd & { readonly ours: NonNullable<ConversationEnd['ours']> };
