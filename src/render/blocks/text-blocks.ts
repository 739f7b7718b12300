import { LIMITS } from '../limits.ts';
import { cut, packed, printable } from '../plain-text.ts';
import type { ContainerBlock, ContextBlock, RichTextBlock, RichTextLeaf } from './block-types.ts';
import { splitAtPeople } from './slack-text.ts';

/** A sentence in bold, shown literally except for the people in it, who are shown by their names. */
export function boldLine(text: string, people: readonly string[] = []): RichTextBlock {
  return line(...leavesOf(literalText(text), people, { style: { bold: true } }));
}

/**
 * A sentence, shown literally except for the people in it, who are shown by their names, and the words that it quotes
 * in backticks, which are shown as code.
 */
export function plainLine(text: string, people: readonly string[] = []): RichTextBlock {
  const pieces = literalText(text).split('`');
  // An odd number of backticks is no pair: then they are characters like any other.
  if (pieces.length % 2 === 0) return line(...leavesOf(literalText(text), people));
  const leaves = pieces.flatMap((piece, index): readonly RichTextLeaf[] => {
    if (piece === '') return [];
    return index % 2 === 0 ? leavesOf(piece, people) : [{ type: 'text', text: piece, style: { code: true } }];
  });
  return line(...(leaves.length === 0 ? [{ type: 'text' as const, text: literalText(text) }] : leaves));
}

function leavesOf(
  text: string,
  people: readonly string[],
  styled: { readonly style?: { readonly bold: boolean } } = {},
): readonly RichTextLeaf[] {
  return splitAtPeople(text, people).map((piece) =>
    'person' in piece
      ? { type: 'user', user_id: piece.person }
      : { type: 'text', text: piece.text, ...styled },
  );
}

/** A sentence, followed by a line that can be copied. */
export function lineWithCode(text: string, code: string): RichTextBlock {
  return line(
    { type: 'text', text: `${literalText(text)} ` },
    { type: 'text', text: literalText(code), style: { code: true } },
  );
}

/** A sentence that ends in the name of a person. Slack notifies them, except when a message is updated. */
export function lineWithPerson(text: string, personId: string): RichTextBlock {
  return line({ type: 'text', text: `${literalText(text)} ` }, { type: 'user', user_id: personId });
}

/** A person, whom Slack notifies of the message, with words behind. */
export function personLine(personId: string, text: string): RichTextBlock {
  return line({ type: 'user', user_id: personId }, { type: 'text', text: ` ${literalText(text)}` });
}

/** A sentence, followed by a link. */
export function lineWithLink(text: string, label: string, url: string): RichTextBlock {
  return line(
    { type: 'text', text: `${literalText(text)} ` },
    { type: 'link', url, text: literalText(label) },
  );
}

/** Text in a fixed width, shown literally. */
export function codeBlock(code: string): RichTextBlock {
  const text = literalText(code);
  return {
    type: 'rich_text',
    elements: [{ type: 'rich_text_preformatted', elements: [{ type: 'text', text }] }],
  };
}

/** Text in a fixed width that may be longer than one block takes: cut between lines, with nothing left out. */
export function codeBlocks(code: string): readonly RichTextBlock[] {
  return packed(code.split('\n'), '\n', LIMITS.sectionText).map(codeBlock);
}

/** Small print, shown literally: `plain_text` needs no escaping, but reads `:emoji:` unless that is switched off. */
export function smallPrint(lines: readonly string[]): ContextBlock {
  return {
    type: 'context',
    elements: atMost(LIMITS.contextElements, lines).map((text) => ({
      type: 'plain_text',
      text: literalText(text),
      emoji: false,
    })),
  };
}

/** Lines that do not fit join the last one: what is dropped may be the doubt that matters. */
function atMost(amount: number, lines: readonly string[]): readonly string[] {
  if (lines.length <= amount) return lines;
  return [...lines.slice(0, amount - 1), lines.slice(amount - 1).join(' ')];
}

/** Blocks behind a title, closed until a person opens them. */
export function folded(title: string, blocks: ContainerBlock['child_blocks']): ContainerBlock {
  return {
    type: 'container',
    title: { type: 'plain_text', text: literalText(title, LIMITS.containerTitle) },
    is_collapsible: true,
    default_collapsed: true,
    child_blocks: blocks,
  };
}

function line(...leaves: readonly RichTextLeaf[]): RichTextBlock {
  return { type: 'rich_text', elements: [{ type: 'rich_text_section', elements: leaves }] };
}

/** Slack refuses a message with an empty text in it. */
function literalText(text: string, most: number = LIMITS.sectionText): string {
  const shown = cut(printable(text), most);
  return shown.trim() === '' ? '—' : shown;
}
