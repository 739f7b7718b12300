import { writeDuration } from './duration/write-duration.ts';
import { writeMoment } from './moment/write-moment.ts';
import type { WindowWords } from './window.ts';

/** Writes window words as a line has them; reading them again in the same zone gives the same words. */
export function writeWindow(words: WindowWords): string {
  switch (words.kind) {
    case 'last':
      return `last ${writeDuration(words.duration)}`;
    case 'since':
      return `since ${writeMoment(words.from)}`;
    case 'between':
      return `since ${writeMoment(words.from)} until ${writeMoment(words.to)}`;
    case 'around':
      return `around ${writeMoment(words.at)} ${writeDuration(words.duration)}`;
    case 'on':
      return `on ${words.date}`;
    case 'today':
    case 'yesterday':
      return words.kind;
  }
}
