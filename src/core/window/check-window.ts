import type { CorrectedReading } from '../args/arg.ts';
import { speakDuration } from './duration/speak-duration.ts';
import { writeDuration } from './duration/write-duration.ts';
import type { Clock } from './moment/clock.ts';
import { writeMoment } from './moment/write-moment.ts';
import { resolveWindow, spokenWindow } from './resolve-window.ts';
import type { Window, WindowWords } from './window.ts';
import { writeWindow } from './write-window.ts';

/**
 * Resolves window words and judges them: refused are windows in the future, empty or reversed ones, and ones above
 * the longest. A window that ends in the future ends now, with a note. `instead` is a whole window: `last 1h`.
 */
export function checkWindow(
  words: WindowWords,
  clock: Clock,
  longestSeconds: number,
): CorrectedReading<Window> {
  const window = resolveWindow(words, clock.now, clock.zone);
  const spoken = spokenWindow(words, clock.now, clock.zone);
  const instead = 'last 1h';
  if (spoken.to < spoken.from && words.kind === 'between') return reversed(words.from, words.to);
  if (spoken.from > clock.now) return { problem: 'is in the future', instead };
  if (window.to <= window.from) return { problem: 'has no length', instead: lengthened(words, spoken) };
  const seconds = (window.to.getTime() - window.from.getTime()) / 1000;
  if (seconds > longestSeconds) {
    const problem = `is longer than ${writeDuration(speakDuration(longestSeconds))}, the longest window`;
    return { problem, instead: narrowed(words, spoken, longestSeconds) };
  }
  if (spoken.to <= clock.now) return { value: window };
  return { value: window, note: `The window ends now: ${writeMoment(spoken.to)} has not come yet` };
}

function reversed(from: Date, to: Date): CorrectedReading<Window> {
  return {
    problem: 'ends before it begins',
    instead: writeWindow({ kind: 'between', from: to, to: from }),
  };
}

function lengthened(words: WindowWords, { from }: Window): string {
  if (words.kind === 'today') return 'yesterday';
  if (words.kind !== 'between') return 'last 1h';
  return writeWindow({ kind: 'around', at: from, duration: { amount: 15, unit: 'm' } });
}

function narrowed(words: WindowWords, { from, to }: Window, longestSeconds: number): string {
  const longest = speakDuration(longestSeconds);
  switch (words.kind) {
    case 'last':
    case 'since':
    case 'today':
      return writeWindow({ kind: 'last', duration: longest });
    case 'around': {
      const duration = speakDuration(Math.max(1, Math.floor(longestSeconds / 2)));
      return writeWindow({ kind: 'around', at: words.at, duration });
    }
    case 'between':
      return writeWindow({ kind: 'between', from: new Date(to.getTime() - longestSeconds * 1000), to });
    case 'yesterday':
    case 'on':
      return writeWindow({ kind: 'between', from, to: new Date(from.getTime() + longestSeconds * 1000) });
  }
}
