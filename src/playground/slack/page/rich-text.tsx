import type { SlackRichTextBlock, SlackRichTextElement, SlackRichTextSection } from '../blocks/rich-text.ts';
import { ExternalLink, Mention, Pre } from './mrkdwn.tsx';
import { type MentionWriter, usePage } from './page.tsx';

/** Rich text. Its text is literal: `<!channel>` in it is nine letters and nothing more. */
export function RichText({ block }: { readonly block: SlackRichTextBlock }) {
  const { names } = usePage();
  return <div class="block-text rich-text">{block.elements.map((part) => drawPart(part, names))}</div>;
}

function drawPart(part: SlackRichTextSection, names: MentionWriter) {
  switch (part.type) {
    case 'rich_text_section':
      return <p>{drawLeaves(part.elements, names)}</p>;
    case 'rich_text_preformatted':
      return <Pre>{drawLeaves(part.elements, names)}</Pre>;
  }
}

function drawLeaves(leaves: readonly SlackRichTextElement[], names: MentionWriter) {
  return leaves.map((leaf) => {
    const text = drawLeaf(leaf, names);
    const code = leaf.style?.code ? <code>{text}</code> : text;
    return leaf.style?.bold ? <strong>{code}</strong> : code;
  });
}

function drawLeaf(leaf: SlackRichTextElement, names: MentionWriter) {
  switch (leaf.type) {
    case 'text':
      return leaf.text;
    case 'user':
      return <Mention>@{names.user(leaf.user_id)}</Mention>;
    case 'date':
      return names.time(leaf.timestamp, leaf.format);
    case 'link':
      // Anything but these would be a way to run script, or a mistake.
      return /^(https?:\/\/|mailto:)/i.test(leaf.url) ? (
        <ExternalLink url={leaf.url} label={leaf.text ?? leaf.url} />
      ) : (
        (leaf.text ?? leaf.url)
      );
  }
}
