import { whyOnlyYou } from '../../../render/words/slack-refusal.ts';
import { type SlackRefusal, slackRefusal } from '../../api/slack-refusal.ts';
import type { Place } from '../place.ts';
import type { QuestionParts } from '../question-parts.ts';
import { createChannelSurface } from './channel-surface.ts';
import { createPrivateSurface } from './private-surface.ts';
import type { Surface } from './surface.ts';
import { createThreadSurface } from './thread-surface.ts';

/** The surface of a place; when Slack does not let the app write there, the rest goes to the asker alone. */
export function surfaceFor(place: Place, parts: QuestionParts): Surface {
  const open =
    place.kind === 'channel' ? createChannelSurface(place, parts) : createThreadSurface(place, parts);
  return withFallback(open, (refusal) => {
    const { channel, responseUrl } = place;
    if (responseUrl === undefined) return undefined;
    parts.log.info({ channel, ...refusal }, 'answers privately');
    const why = whyOnlyYou({ ...refusal, channel }, parts.botName());
    return createPrivateSurface(place, responseUrl, why, parts);
  });
}

function withFallback(first: Surface, fallback: (refusal: SlackRefusal) => Surface | undefined): Surface {
  let current = first;
  async function attempt<T>(act: (surface: Surface) => Promise<T>): Promise<T> {
    try {
      return await act(current);
    } catch (error) {
      const refusal = slackRefusal(error);
      const next = current === first && refusal !== undefined ? fallback(refusal) : undefined;
      if (next === undefined) throw error;
      current = next;
      return act(next);
    }
  }
  return {
    open: (working) => attempt((surface) => surface.open(working)),
    show: (message) => current.show(message),
    answer: (answer, csv) => attempt((surface) => surface.answer(answer, csv)),
    report: (report, line) => attempt((surface) => surface.report(report, line)),
    end: (message) => attempt((surface) => surface.end(message)),
  };
}
