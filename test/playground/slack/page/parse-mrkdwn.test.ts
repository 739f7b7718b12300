import { describe, expect, it } from 'vitest';
import { type MrkdwnNode, parseMrkdwn } from '../../../../src/playground/slack/page/parse-mrkdwn.ts';

/** Nodes as one line: `bold(text)`. */
function show(nodes: readonly MrkdwnNode[]): string {
  return nodes
    .map((node) => {
      if ('children' in node) return `${node.type}(${show(node.children)})`;
      if (node.type === 'text') return node.text;
      if (node.type === 'link') return `link(${node.url}|${node.label})`;
      if ('id' in node) return `${node.type}(${node.id}${node.label ? `|${node.label}` : ''})`;
      if (node.type === 'date') return `date(${node.timestamp})`;
      return node.type === 'break' ? '⏎' : `${node.type}(${node.text})`;
    })
    .join('');
}

describe('Slack markup', () => {
  it.each([
    ['*bold* _italic_ ~strike~ `code`', 'bold(bold) italic(italic) strike(strike) code(code)'],
    ['*bold with _italic_ inside*', 'bold(bold with italic(italic) inside)'],
    ['snake_case_name and 2*3*4', 'snake_case_name and 2*3*4'],
    ['* not bold * and _ not_', '* not bold * and _ not_'],
    ['a\nb', 'a⏎b'],
    ['```\nSELECT *\nFROM x\n```after', 'pre(SELECT *\nFROM x)after'],
    ['&gt; quoted\nplain', 'quote(quoted)plain'],
    [
      '<https://example.com|here> <https://example.com>',
      'link(https://example.com|here) link(https://example.com|https://example.com)',
    ],
    ['<javascript:alert(1)|click>', '<javascript:alert(1)|click>'],
    [
      '<@U0ANA> <#C1|general> <!channel> <!here|here>',
      'user(U0ANA) channel(C1|general) broadcast(channel) broadcast(here|here)',
    ],
    ['<!date^1795428000^{date}|then>', 'date(1795428000)'],
    ['&lt;b&gt; &amp;lt;', '<b> &lt;'],
    ['`<b>&amp;*x*`', 'code(<b>&*x*)'],
    [':warning: :no_such_emoji: 10:30:00', '⚠️ :no_such_emoji: 10:30:00'],
    ['', ''],
  ])('%s', (text, expected) => {
    expect(show(parseMrkdwn(text))).toBe(expected);
  });
});
