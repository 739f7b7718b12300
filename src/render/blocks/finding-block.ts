import type { Answer } from '../../core/answer/answer.ts';
import type { DisplayContext } from '../../core/query/columns.ts';
import type { Phrase, PhrasePart } from '../../core/query/finding.ts';
import { phraseText } from '../../core/query/finding.ts';
import { isDayClear } from '../../core/time/show-time.ts';
import { LIMITS } from '../limits.ts';
import { cut, printable } from '../plain-text.ts';
import { displayOf } from '../shown-columns.ts';
import { stateWords } from '../state-words.ts';
import type { RichTextBlock, RichTextLeaf } from './block-types.ts';

/** How far into a sentence a sentence may end: ` in `10.0.0.1. It` no address is cut, for those are parts of their own. */
const END_OF_SENTENCE = /(?<=[.!?]) /;

/**
 * What was found, to be read first: the state and the first sentence in bold, what limits it behind them. Instants are dates
 * of Slack's, so that each reader sees them in their own time zone.
 */
export function findingBlock(answer: Answer): RichTextBlock {
  const { finding } = answer;
  const display = displayOf(answer);
  const state = stateWords(finding);
  const { lead, rest } = firstSentence(finding.sentence);
  const leaves = [
    ...(state === undefined ? [] : [textLeaf(`${state} · `, true)]),
    ...leavesOf(lead, display, true),
    ...leavesOf(rest, display, false),
  ];
  return { type: 'rich_text', elements: [{ type: 'rich_text_section', elements: withinLimit(leaves) }] };
}

/** What is known from elsewhere than the records, a line each; undefined where that is nothing. */
export function factsBlock(answer: Answer): RichTextBlock | undefined {
  const { facts = [] } = answer.finding;
  if (facts.length === 0) return undefined;
  const display = displayOf(answer);
  const leaves = facts.flatMap(({ label, value }, index) => [
    textLeaf(`${index === 0 ? '' : '\n'}${label}: `, true),
    ...leavesOf(value, display, false),
  ]);
  return { type: 'rich_text', elements: [{ type: 'rich_text_section', elements: withinLimit(leaves) }] };
}

function firstSentence(sentence: Phrase): { readonly lead: Phrase; readonly rest: Phrase } {
  const index = sentence.findIndex((part) => typeof part === 'string' && END_OF_SENTENCE.test(part));
  const part = sentence[index];
  if (typeof part !== 'string') return { lead: sentence, rest: [] };
  const [first = ''] = part.split(END_OF_SENTENCE);
  return {
    lead: [...sentence.slice(0, index), first],
    rest: [part.slice(first.length), ...sentence.slice(index + 1)],
  };
}

function leavesOf(sentence: Phrase, display: DisplayContext, bold: boolean): readonly RichTextLeaf[] {
  return sentence.flatMap((part) => leafOf(part, display, bold));
}

function leafOf(part: PhrasePart, display: DisplayContext, bold: boolean): readonly RichTextLeaf[] {
  const text = printable(phraseText([part], display));
  if (text === '') return [];
  if (typeof part === 'string' || !('at' in part)) return [textLeaf(text, bold)];
  const format = isDayClear(part.at, display.zone, display.window)
    ? '{time_secs}'
    : '{date_short_pretty} {time_secs}';
  const timestamp = Math.floor(part.at.getTime() / 1000);
  return [{ type: 'date', timestamp, format, fallback: text, ...styleOf(bold) }];
}

function textLeaf(text: string, bold: boolean): RichTextLeaf {
  return { type: 'text', text, ...styleOf(bold) };
}

function styleOf(bold: boolean) {
  return bold ? { style: { bold: true } } : {};
}

/** All text of the block is within the limit of one: the end is cut, and marked. */
function withinLimit(leaves: readonly RichTextLeaf[]): readonly RichTextLeaf[] {
  let left: number = LIMITS.sectionText;
  return leaves.flatMap((leaf): readonly RichTextLeaf[] => {
    if (leaf.type !== 'text') return left > 0 ? [leaf] : [];
    const text = left > 0 ? cut(leaf.text, left) : '';
    left -= leaf.text.length;
    return text === '' ? [] : [{ ...leaf, text }];
  });
}
