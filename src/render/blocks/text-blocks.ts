import { LIMITS } from '../limits.ts';
import { cut, printable } from '../plain-text.ts';
import type { ContainerBlock, ContextBlock, RichTextBlock, RichTextLeaf } from './block.ts';
import { splitAtPeople } from './slack-text.ts';

/** A sentence that stands out, shown literally but for the people in it, who are shown by their names. */
export function boldLine(text: string, people: readonly string[] = []): RichTextBlock {
  return line(...leavesOf(literal(text), people, { bold: true }));
}

/**
 * A sentence, shown literally but for the people in it, who are shown by their names; words that it quotes in
 * backticks stand out as code.
 */
export function plainLine(text: string, people: readonly string[] = []): RichTextBlock {
  const pieces = literal(text).split('`');
  // An odd number of backticks is no pair: then they are characters like any other.
  if (pieces.length % 2 === 0) return line(...leavesOf(literal(text), people));
  const leaves = pieces.flatMap((piece, index): readonly RichTextLeaf[] => {
    if (piece === '') return [];
    return index % 2 === 0 ? leavesOf(piece, people) : [{ type: 'text', text: piece, style: { code: true } }];
  });
  return line(...(leaves.length === 0 ? [{ type: 'text' as const, text: literal(text) }] : leaves));
}

function leavesOf(
  text: string,
  people: readonly string[],
  style?: { readonly bold: boolean },
): readonly RichTextLeaf[] {
  return splitAtPeople(text, people).map((piece) =>
    'person' in piece
      ? { type: 'user', user_id: piece.person }
      : { type: 'text', text: piece.text, ...(style && { style }) },
  );
}

/** A sentence with a line that can be copied behind it. */
export function lineWithCode(text: string, code: string): RichTextBlock {
  return line(
    { type: 'text', text: `${literal(text)} ` },
    { type: 'text', text: literal(code), style: { code: true } },
  );
}

/** A sentence about what somebody did, ending in who it was; shows their name, and calls nobody when it is an update. */
export function lineWithPerson(text: string, personId: string): RichTextBlock {
  return line({ type: 'text', text: `${literal(text)} ` }, { type: 'user', user_id: personId });
}

/** A sentence with a link behind it. */
export function lineWithLink(text: string, label: string, url: string): RichTextBlock {
  return line({ type: 'text', text: `${literal(text)} ` }, { type: 'link', url, text: literal(label) });
}

/** Text in a fixed width, shown literally. */
export function codeBlock(code: string): RichTextBlock {
  const text = literal(code);
  return {
    type: 'rich_text',
    elements: [{ type: 'rich_text_preformatted', elements: [{ type: 'text', text }] }],
  };
}

/** Text in a fixed width that may be longer than one block takes: cut between lines, with nothing left out. */
export function codeBlocks(code: string): readonly RichTextBlock[] {
  const pieces: string[] = [];
  for (const line of code.split('\n')) {
    const last = pieces.at(-1);
    const joined = last === undefined ? line : `${last}\n${line}`;
    if (last !== undefined && joined.length <= LIMITS.sectionText) pieces[pieces.length - 1] = joined;
    else pieces.push(line);
  }
  return pieces.map(codeBlock);
}

/** Small print, shown literally: `plain_text` needs no escaping but reads `:emoji:` unless told not to. */
export function smallPrint(lines: readonly string[]): ContextBlock {
  return {
    type: 'context',
    elements: atMost(LIMITS.contextElements, lines).map((text) => ({
      type: 'plain_text',
      text: literal(text),
      emoji: false,
    })),
  };
}

/** What does not fit is not dropped, since it may be the doubt that matters, but joins the last line. */
function atMost(amount: number, lines: readonly string[]): readonly string[] {
  if (lines.length <= amount) return lines;
  return [...lines.slice(0, amount - 1), lines.slice(amount - 1).join(' ')];
}

/** Blocks behind a title, closed until someone opens them. */
export function folded(title: string, blocks: ContainerBlock['child_blocks']): ContainerBlock {
  return {
    type: 'container',
    title: { type: 'plain_text', text: cut(title, LIMITS.containerTitle) },
    is_collapsible: true,
    default_collapsed: true,
    child_blocks: blocks,
  };
}

function line(...leaves: readonly RichTextLeaf[]): RichTextBlock {
  return { type: 'rich_text', elements: [{ type: 'rich_text_section', elements: leaves }] };
}

/** Slack refuses a message with an empty text in it. */
function literal(text: string): string {
  const shown = cut(printable(text), LIMITS.sectionText);
  return shown.trim() === '' ? '—' : shown;
}
