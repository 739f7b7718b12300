import type { AddressRange } from '../../flow-log/addresses.ts';
import type { RulesNow } from '../../lake/rules-lookup.ts';
import { evaluateRules, type RuleEvaluation } from '../evaluate-rules.ts';
import { capitalised, type Link, type Phrase, phrase } from '../finding.ts';
import type { ConversationEnd } from '../rules/check.ts';
import type { Conversation } from './conversations.ts';
import type { Stretch } from './stretches.ts';
import { at } from './words.ts';

/** What EC2's rules add to what the records show. */
export interface RuleFinding {
  /** Sentences behind that of the records; none where the rules add nothing. */
  readonly words: Phrase;
  readonly links: readonly Link[];
  readonly wouldTell: readonly Phrase[];
}

const NOTHING: RuleFinding = { words: [], links: [], wouldTell: [] };

/**
 * What the rules would do to a conversation now: records say what happened. Where both agree, the rule is the cause; where
 * they do not, that is said too.
 */
export function ruleFinding(
  conversation: Conversation,
  now: Stretch,
  { a, b }: { readonly a: AddressRange; readonly b: AddressRange },
  rules: RulesNow | undefined,
): RuleFinding {
  if (rules === undefined || conversation.protocol === null) return NOTHING;
  const [client, server] = conversation.client === 'a' ? [a, b] : [b, a];
  const evaluation = evaluateRules({
    protocol: conversation.protocol,
    port: conversation.port ?? undefined,
    clientPorts: clientPortsOf(conversation),
    client: endOf(client, rules),
    server: endOf(server, rules),
  });
  return {
    words: wordsOn(evaluation, now),
    links: linksOf(evaluation),
    wouldTell: rules.missing.map((call): Phrase => [`The permission ${call} would show more of the rules.`]),
  };
}

function endOf({ text }: AddressRange, { byAddress }: RulesNow): ConversationEnd {
  return { address: text, ours: byAddress.get(text) };
}

function clientPortsOf({ sightings }: Conversation) {
  const lowest = sightings.flatMap(({ row }) => row.lowest_port ?? []);
  const highest = sightings.flatMap(({ row }) => row.highest_port ?? []);
  if (lowest.length === 0 || highest.length === 0) return undefined;
  return { from: Math.min(...lowest), to: Math.max(...highest) };
}

function wordsOn(
  { verdict, deciding, checks }: RuleEvaluation,
  { verdict: { state }, lastSeconds }: Stretch,
): Phrase {
  const isRejected = state === 'rejected' || state === 'reply rejected';
  if (verdict === 'denied' || verdict === 'partly') {
    if (deciding === undefined) return [];
    const cause = phrase`${capitalised(deciding.sentence)}.`;
    return state === 'answered'
      ? phrase` The rules of now would not allow it: ${deciding.sentence}.`
      : phrase` ${cause}`;
  }
  if (verdict !== 'allowed' || state === 'answered') return [];
  if (isRejected) return phrase` The rules of now allow it; it was last rejected at ${at(lastSeconds)}.`;
  const through = [...new Set(checks.flatMap((check) => check.through ?? []))];
  const passes =
    through.length === 0 ? '' : `, and it passes ${through.join(', ')}, which has rules of its own`;
  return state === 'refused' ? [] : [` Security groups, network ACLs and routes allow it${passes}.`];
}

const LINK_LABELS = {
  'security group': 'Security group',
  'network ACL': 'Network ACL',
  route: 'Route table',
} as const;

/** The console pages of what decides. */
function linksOf({ deciding }: RuleEvaluation): readonly Link[] {
  if (deciding?.consoleUrl === undefined) return [];
  return [{ label: `${LINK_LABELS[deciding.kind]} in the console`, url: deciding.consoleUrl }];
}
