import type { Who } from '../core/answer/budget.ts';
import type { Config } from './config.ts';

/** Who may do what, and the sentence for those who may not. */
export interface WhoMay {
  readonly mayChange: (who: Who) => boolean;
  readonly whoMay: string;
  readonly mayRaise: (who: Who) => boolean;
  readonly whoMayRaise: string;
}

type Named = Pick<Config, 'operators' | 'spenders' | 'botToken'>;

/**
 * A person in the playground or at a terminal owns what is changed and paid for. In Slack the configuration names the
 * people who may change something, and those who may approve higher costs. No Slack id equals the name of a terminal's
 * user.
 */
export function whoMay({ operators, spenders, botToken }: Named): WhoMay {
  const inSlack = botToken !== undefined;
  const isHere = ({ person }: Who) => !inSlack || person === 'terminal';
  const mayChange = (who: Who) => isHere(who) || isListed(operators ?? [], who);
  const raisers = spenders.flatMap((each) => (each === 'operators' ? (operators ?? []) : [each]));
  return {
    mayChange,
    whoMay:
      operators === undefined
        ? 'No one may yet: list Slack ids in `FLOWLOG_OPERATORS`, or `operators` in flowlog.yml.'
        : `Ask one of ${operators.join(', ')}, or have your id added to \`operators\`.`,
    mayRaise: (who) => isHere(who) || isListed(raisers, who),
    whoMayRaise:
      raisers.length === 0
        ? 'No one may approve it: that needs `FLOWLOG_SPENDERS`, or `spenders` in flowlog.yml'
        : `Ask one of ${raisers.join(', ')} to say that it may cost that much`,
  };
}

function isListed(ids: readonly string[], { person, isOutsider = false }: Who): boolean {
  return ids.some((id) => id === person || (id === 'everyone' && !isOutsider));
}
