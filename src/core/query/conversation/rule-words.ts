import type { RulesNow } from '../../lake/rules-lookup.ts';
import { evaluateRules, type RuleEvaluation } from '../evaluate-rules.ts';
import { capitalised, type Link, type Phrase, phrase } from '../finding.ts';
import type { ConversationEnd, RuleCheck } from '../rules/check.ts';
import type { Conversation } from './conversations.ts';
import type { Stretch } from './stretches.ts';
import type { Verdict } from './verdict.ts';
import { at, type Parties } from './words.ts';

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
  { client, server }: Parties,
  rules: RulesNow | undefined,
): RuleFinding {
  if (rules === undefined || conversation.protocol === null) return NOTHING;
  if (rules.isLate)
    return {
      ...NOTHING,
      wouldTell: [['EC2 did not say its rules in time: the same question may show them.']],
    };
  const evaluation = evaluateRules({
    protocol: conversation.protocol,
    port: conversation.port ?? undefined,
    clientPorts: clientPortsOf(conversation),
    client: endOf(client, rules),
    server: endOf(server, rules),
  });
  return {
    words: wordsOn(evaluation, now, rulesOfWhom({ client, server }, rules)),
    links: linksOf(evaluation, now.verdict),
    wouldTell: rules.missing.map((call): Phrase => [`The permission ${call} would show more of the rules.`]),
  };
}

function endOf({ address }: Parties['client'], { byAddress }: RulesNow): ConversationEnd {
  return { address, ours: byAddress.get(address) };
}

function clientPortsOf({ sightings }: Conversation) {
  const lowest = sightings.flatMap(({ row }) => row.lowest_port ?? []);
  const highest = sightings.flatMap(({ row }) => row.highest_port ?? []);
  if (lowest.length === 0 || highest.length === 0) return undefined;
  return { from: Math.min(...lowest), to: Math.max(...highest) };
}

/** Whose rules were evaluated: those of an address that is not ours are not known. */
function rulesOfWhom(
  { client, server }: Pick<Parties, 'client' | 'server'>,
  { byAddress }: RulesNow,
): Phrase {
  const known = [client, server].filter(({ address }) => byAddress.has(address));
  const [only] = known;
  return known.length === 1 && only !== undefined ? phrase` of ${only}` : [];
}

function wordsOn(evaluation: RuleEvaluation, { verdict, lastSeconds }: Stretch, whose: Phrase): Phrase {
  const { checks } = evaluation;
  const { state } = verdict;
  const cause = causeOf(evaluation, verdict);
  if (cause !== undefined) return phrase` ${capitalised(cause.sentence)}.`;
  const against = evaluation.verdict === 'unknown' ? undefined : evaluation.deciding;
  // What was let through, or was rejected elsewhere, did not fail by it: it is what would happen now.
  if (against !== undefined) return phrase` By the rules as they are now, ${against.sentence}.`;
  if (evaluation.verdict !== 'allowed' || state === 'answered' || state === 'refused') return [];
  if (state === 'rejected' || state === 'reply rejected')
    return phrase` The rules${whose} allow it now; it was last rejected at ${at(lastSeconds)}.`;
  const through = [...new Set(checks.flatMap((check) => check.through ?? []))];
  const passes =
    through.length === 0 ? '' : `, and it passes ${through.join(', ')}, which has rules of its own`;
  return phrase` Security groups, network ACLs and routes${whose} allow it${passes}.`;
}

/** The check that rejects where the records show the rejection. */
function causeOf({ checks }: RuleEvaluation, { state, at: where, side }: Verdict): RuleCheck | undefined {
  const isReply = state === 'reply rejected';
  if (!isReply && state !== 'rejected') return undefined;
  const direction = side === 'leaving' ? 'outbound' : 'inbound';
  return checks.find(
    (check) =>
      (check.verdict === 'denied' || check.verdict === 'partly') &&
      check.where === where &&
      check.direction === direction &&
      check.isReply === isReply &&
      // What a route drops is not recorded as rejected.
      check.kind !== 'route',
  );
}

const LINK_LABELS = {
  'security group': 'Security group',
  'network ACL': 'Network ACL',
  route: 'Route table',
} as const;

/** The console pages of what decides. */
function linksOf(evaluation: RuleEvaluation, verdict: Verdict): readonly Link[] {
  const shown = causeOf(evaluation, verdict) ?? evaluation.deciding;
  if (shown?.consoleUrl === undefined) return [];
  return [{ label: `${LINK_LABELS[shown.kind]} in the console`, url: shown.consoleUrl }];
}
