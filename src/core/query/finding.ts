import { isPlace } from '../lake/names.ts';
import { showMoment } from '../time/show-time.ts';
import type { ColumnSpec, DisplayContext, RowOf } from './columns.ts';
import { nameText } from './name-text.ts';

/** A part of a sentence that a renderer may write better than as plain text: with a name, a link, a time zone. */
export type PhrasePart =
  | string
  | { readonly address: string }
  | { readonly networkInterface: string }
  | { readonly at: Date };

/** A sentence, or a part of one, in which addresses, interfaces and instants are still known as such. */
export type Phrase = readonly PhrasePart[];

/**
 * Builds a phrase: `phrase`${anAddress('10.0.1.5')} was rejected ${3} times.``. Phrases within are spliced, numbers
 * written.
 */
export function phrase(
  strings: TemplateStringsArray,
  ...parts: readonly (PhrasePart | Phrase | number)[]
): Phrase {
  return joined(
    strings.flatMap((text, index) => {
      const part = parts[index];
      if (part === undefined) return [text];
      if (typeof part === 'number') return [text, String(part)];
      return isPhrase(part) ? [text, ...part] : [text, part];
    }),
  );
}

/** An address or a block, as the records have it. */
export function anAddress(text: string): PhrasePart {
  return { address: text };
}

function isPhrase(part: PhrasePart | Phrase): part is Phrase {
  return Array.isArray(part);
}

/** Neighbouring texts as one, empty ones left out, so that equal sentences are equal phrases. */
function joined(parts: readonly PhrasePart[]): Phrase {
  const phrase: PhrasePart[] = [];
  for (const part of parts) {
    const last = phrase.at(-1);
    if (typeof part === 'string' && typeof last === 'string') phrase[phrase.length - 1] = last + part;
    else if (part !== '') phrase.push(part);
  }
  return phrase;
}

/** A phrase as the beginning of a sentence. */
export function capitalised([first = '', ...others]: Phrase): Phrase {
  if (typeof first !== 'string') return [first, ...others];
  return [first.charAt(0).toUpperCase() + first.slice(1), ...others];
}

/** A phrase as plain text. */
export function phraseText(parts: Phrase, { zone, names, window }: DisplayContext): string {
  return parts
    .map((part) => {
      if (typeof part === 'string') return part;
      if ('at' in part) return showMoment(part.at, zone, window);
      const text = 'address' in part ? part.address : part.networkInterface;
      const known = names.get(text);
      if (known === undefined) return text;
      // What is called so only since later was not called so then, and others are at a place too: the address comes first.
      return known.since === undefined && !isPlace(known)
        ? `${known.name} (${text})`
        : `${text} (${nameText(known, zone)})`;
    })
    .join('');
}

/**
 * What became of a conversation in a part of the window.
 * @public named in the glossary
 */
export type State =
  | 'answered'
  | 'refused'
  | 'unanswered'
  | 'rejected'
  | 'reply rejected'
  | 'not seen'
  | 'not recorded'
  | 'mixed'
  | 'unknown';

/** A page that shows more. */
export interface Link {
  readonly label: string;
  readonly url: string;
}

/** One thing that is known of what the question is about, from elsewhere than the records. */
export interface Fact {
  readonly label: string;
  readonly value: Phrase;
}

/** What the rows mean. Rows are facts; a finding that is not proven says so. */
export interface Finding {
  readonly sentence: Phrase;
  readonly state?: State;
  readonly since?: Date;
  /** `proven` by all records of the window, `likely` by what was read of them, or `unknown`. */
  readonly certainty: 'proven' | 'likely' | 'unknown';
  /** What would give more certainty, a sentence each; none where nothing more is to be known. */
  readonly wouldTell: readonly Phrase[];
  /** Pages where the cause is seen, and changed; left out where there is none. */
  readonly links?: readonly Link[];
  /** What else is known, a line each; left out where that is nothing. */
  readonly facts?: readonly Fact[];
}

/** The rows of an answer with what they mean. */
export interface Judgement<C extends ColumnSpec> {
  readonly rows: readonly RowOf<C>[];
  /** Over doubtful logs it is less certain than said here, whatever the judgement. */
  readonly finding: Pick<Finding, 'sentence' | 'state' | 'since'> &
    Partial<Pick<Finding, 'certainty' | 'wouldTell' | 'links' | 'facts'>> & {
      /** Sentences that hold without any row: an answer that has none says them first, with links and facts. */
      readonly withoutRows?: Phrase;
    };
}
