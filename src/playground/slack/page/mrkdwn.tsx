import type { ComponentChildren } from 'preact';
import type { SlackTextObject } from '../blocks/elements.ts';
import type { MentionWriter } from './page.tsx';
import { decode, emojiOf, type MrkdwnNode, parseMrkdwn } from './parse-mrkdwn.ts';

interface MrkdwnProps {
  readonly text: string;
  readonly names: MentionWriter;
}

/** Text in Slack's markup. */
export function Mrkdwn({ text, names }: MrkdwnProps) {
  return <Nodes nodes={parseMrkdwn(text)} names={names} />;
}

interface NodesProps {
  readonly nodes: readonly MrkdwnNode[];
  readonly names: MentionWriter;
}

function Nodes({ nodes, names }: NodesProps) {
  return <>{nodes.map((node) => drawNode(node, names))}</>;
}

function drawNode(node: MrkdwnNode, names: MentionWriter) {
  switch (node.type) {
    case 'text':
      return node.text;
    case 'break':
      return <br />;
    case 'code':
      return <code>{node.text}</code>;
    case 'pre':
      return <Pre>{node.text}</Pre>;
    case 'bold':
      return (
        <strong>
          <Nodes nodes={node.children} names={names} />
        </strong>
      );
    case 'italic':
      return (
        <em>
          <Nodes nodes={node.children} names={names} />
        </em>
      );
    case 'strike':
      return (
        <s>
          <Nodes nodes={node.children} names={names} />
        </s>
      );
    case 'quote':
      return (
        <blockquote>
          <Nodes nodes={node.children} names={names} />
        </blockquote>
      );
    case 'link':
      return <ExternalLink url={node.url} label={node.label} />;
    case 'date':
      return names.time(node.timestamp, node.format) || node.fallback;
    case 'user':
      return <Mention>@{node.label ?? names.user(node.id)}</Mention>;
    case 'channel':
      return <Mention>#{node.label || names.channel(node.id)}</Mention>;
    case 'broadcast':
      return <Mention>@{node.label ?? node.id}</Mention>;
  }
}

/** A text object: markup is followed for `mrkdwn`, and for nothing else. */
export function Text({ text, names }: { readonly text: SlackTextObject; readonly names: MentionWriter }) {
  return text.type === 'mrkdwn' ? <Mrkdwn text={text.text} names={names} /> : plainTextOf(text.text);
}

/** Plain text still knows Slack's three escapes, and short names of emoji. */
export function plainTextOf(text: string): string {
  return decode(text).replace(/:([a-z0-9_+-]+):/g, (whole, name: string) => emojiOf(name) ?? whole);
}

interface PreProps {
  readonly children: ComponentChildren;
}

/** Text in a fixed width, with a scroll bar where it is long. */
export function Pre({ children }: PreProps) {
  // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard
  return <pre tabIndex={0}>{children}</pre>;
}

/** A name that is highlighted, because it reaches people. */
export function Mention({ children }: PreProps) {
  return <span class="mention">{children}</span>;
}

/** A link that leaves the playground; it opens elsewhere and says nothing about where it came from. */
export function ExternalLink({ url, label }: { readonly url: string; readonly label: string }) {
  return (
    <a href={url} target="_blank" rel="noreferrer noopener">
      {label}
    </a>
  );
}
