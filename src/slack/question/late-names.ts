import type { Answer } from '../../core/answer/answer.ts';
import { orReport } from '../slack-log.ts';
import type { RunningRequests } from './running.ts';
import type { Surface } from './surface.ts';
import type { SlackOutput } from './thread-posts.ts';

/** The answer whose names may come later. */
interface NamedAnswer {
  readonly surface: Pick<Surface, 'rename'>;
  readonly running: Pick<RunningRequests, 'run'>;
  /** What the log says of the request. */
  readonly facts: () => Readonly<Record<string, unknown>>;
}

/** Hears of both, in any order. */
interface LateNames {
  /** The answer with its names. */
  readonly came: (answer: Answer) => void;
  readonly answerShown: () => void;
}

/**
 * Shows the names that come later than an answer: once, and not before the answer is shown. Nothing waits for them: when the
 * app stops before they come, the answer stays as it is.
 */
export function showLateNames(
  { surface, running, facts }: NamedAnswer,
  id: string,
  output: Pick<SlackOutput, 'log' | 'newId'>,
): LateNames {
  let late: Answer | undefined;
  let isShown = false;
  function rename(): void {
    const answer = late;
    if (answer === undefined || !isShown) return;
    late = undefined;
    void running.run(`${id} names`, async (signal) => {
      if (signal.aborted) return;
      await orReport(surface.rename(answer), { ...facts(), doing: 'show names' }, output);
    });
  }
  return {
    came(answer) {
      late = answer;
      rename();
    },
    answerShown() {
      isShown = true;
      rename();
    },
  };
}
