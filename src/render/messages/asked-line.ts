import type { Answer } from '../../core/answer/answer.ts';
import { isDayClear, showMoment } from '../../core/time/show-time.ts';
import type { Window } from '../../core/time/window.ts';
import type { ContextBlock } from '../blocks/block-types.ts';
import { escapeMarkup, isSlackPerson } from '../blocks/slack-text.ts';
import { cut, printable } from '../plain-text.ts';
import { shortReceipt } from '../question-lines.ts';

/** The line behind it can be pasted from the message itself only as far as this. */
const LONGEST_LINE = 300;

/**
 * Who asked what of which window, and what it took, in small print. It is in Slack's markup, because only there readers see
 * the window in their own time zone: what comes from people is escaped. An update of a message notifies no one in it.
 */
export function askedLine(answer: Answer, person: string | undefined): ContextBlock {
  const { question } = answer;
  const line = escapeMarkup(cut(printable(question.line), LONGEST_LINE).replaceAll('`', "'"));
  const who = person !== undefined && isSlackPerson(person) ? [`<@${person}>`] : [];
  const asked = [...who, `\`${line}\``, windowInMarkup(question)].join(' · ');
  const text = `${asked}\n${escapeMarkup(shortReceipt(answer))}`;
  return { type: 'context', elements: [{ type: 'mrkdwn', text, verbatim: true }] };
}

const SHORT_MS = 600_000;

/** As a person's own clock shows it, wherever they are. */
function windowInMarkup({ window, zone }: { readonly window: Window; readonly zone: string }): string {
  const { from, to } = window;
  const time = to.getTime() - from.getTime() < SHORT_MS ? '{time_secs}' : '{time}';
  const end = isDayClear(to, zone, window) ? time : `{date_short_pretty} ${time}`;
  const begin = dateMarkup(from, `{date_short_pretty} ${time}`, showMoment(from, zone));
  return `${begin} – ${dateMarkup(to, end, showMoment(to, zone, window))}`;
}

function dateMarkup(instant: Date, format: string, fallback: string): string {
  return `<!date^${Math.floor(instant.getTime() / 1000)}^${format}|${escapeMarkup(fallback)}>`;
}
