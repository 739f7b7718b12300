/** A piece of text in Slack's markup, understood. */
export type MrkdwnNode =
  | { readonly type: 'text' | 'code' | 'pre'; readonly text: string }
  | { readonly type: 'bold' | 'italic' | 'strike' | 'quote'; readonly children: readonly MrkdwnNode[] }
  | { readonly type: 'link'; readonly url: string; readonly label: string }
  | { readonly type: 'user' | 'channel' | 'broadcast'; readonly id: string; readonly label?: string }
  | { readonly type: 'date'; readonly timestamp: number; readonly format: string; readonly fallback: string }
  | { readonly type: 'break' };

const styles = { '*': 'bold', _: 'italic', '~': 'strike' } as const;

/** Understands a whole text: fenced code, quotes, and what is inside lines. */
export function parseMrkdwn(text: string): readonly MrkdwnNode[] {
  return text.split(/```\n?([\s\S]*?)\n?```\n?/).flatMap((part, index) => {
    if (index % 2 === 1) return [{ type: 'pre' as const, text: decode(part) }];
    return part === '' ? [] : parseParagraphs(part);
  });
}

function parseParagraphs(text: string): readonly MrkdwnNode[] {
  return text.split(/((?:^(?:&gt;|>) ?.*\n?)+)/m).flatMap((part) => {
    if (!/^(?:&gt;|>)/.test(part)) return parseInline(part);
    return [{ type: 'quote' as const, children: parseInline(part.replace(/^(?:&gt;|>) ?/gm, '').trimEnd()) }];
  });
}

const token = /<([^<>\n]+)>|`([^`\n]+)`|([*_~])(?=\S)([^\n]*?\S)\3(?![\w*_~])|:([a-z0-9_+-]+):|\n/g;

function parseInline(text: string): readonly MrkdwnNode[] {
  const nodes: MrkdwnNode[] = [];
  let last = 0;
  for (const match of text.matchAll(token)) {
    if (match.index < last) continue;
    const node = readToken(match, text[match.index - 1] ?? '');
    if (!node) continue;
    if (match.index > last) nodes.push({ type: 'text', text: decode(text.slice(last, match.index)) });
    nodes.push(node);
    last = match.index + match[0].length;
  }
  if (last < text.length) nodes.push({ type: 'text', text: decode(text.slice(last)) });
  return nodes;
}

function readToken(match: RegExpExecArray, before: string): MrkdwnNode | undefined {
  const [whole, angle, code, mark, inner, emoji] = match;
  if (whole === '\n') return { type: 'break' };
  if (angle !== undefined) return readAngle(angle);
  if (code !== undefined) return { type: 'code', text: decode(code) };
  if (emoji !== undefined) {
    const character = emojiOf(emoji);
    return character ? { type: 'text', text: character } : undefined;
  }
  // Inside a word these signs are only signs: `snake_case`, `2*3*4`.
  if (inner === undefined || /\w/.test(before)) return undefined;
  return { type: styles[mark as keyof typeof styles], children: parseInline(inner) };
}

function readAngle(content: string): MrkdwnNode {
  const [target = '', label] = content.split('|', 2);
  const shown = label !== undefined && { label: decode(label) };
  if (target.startsWith('@')) return { type: 'user', id: target.slice(1), ...shown };
  if (target.startsWith('#')) return { type: 'channel', id: target.slice(1), ...shown };
  const date = /^!date\^(\d+)\^([^^]+)/.exec(target);
  if (date) {
    const [, seconds, format = ''] = date;
    return { type: 'date', timestamp: Number(seconds), format, fallback: decode(label ?? '') };
  }
  if (target.startsWith('!'))
    return { type: 'broadcast', id: target.slice(1).replace(/^subteam\^/, ''), ...shown };
  const url = decode(target);
  // Anything but these would be a way to run script, or a mistake.
  if (!/^(https?:\/\/|mailto:)/i.test(url)) return { type: 'text', text: decode(`<${content}>`) };
  return { type: 'link', url, label: label === undefined ? url : decode(label) };
}

/** The three characters that Slack escapes. */
export function decode(text: string): string {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}

/** The few short names that the app and its people use. */
const emoji: Readonly<Record<string, string>> = {
  white_check_mark: '✅',
  heavy_check_mark: '✔️',
  x: '❌',
  warning: '⚠️',
  no_entry: '⛔',
  no_entry_sign: '🚫',
  hourglass: '⌛',
  hourglass_flowing_sand: '⏳',
  mag: '🔍',
  rotating_light: '🚨',
  lock: '🔒',
  key: '🔑',
  moneybag: '💰',
  bar_chart: '📊',
  chart_with_upwards_trend: '📈',
  clock1: '🕐',
  information_source: 'ℹ️',
  bulb: '💡',
  point_right: '👉',
  arrow_right: '➡️',
  large_green_circle: '🟢',
  large_yellow_circle: '🟡',
  red_circle: '🔴',
  white_circle: '⚪',
  thumbsup: '👍',
  '+1': '👍',
  thumbsdown: '👎',
  wave: '👋',
  eyes: '👀',
  tada: '🎉',
  package: '📦',
  page_facing_up: '📄',
  wastebasket: '🗑️',
  globe_with_meridians: '🌐',
  shield: '🛡️',
  question: '❓',
};

/** The character of a short name; a name that is not known stays as it was typed. */
export function emojiOf(name: string): string | undefined {
  return Object.hasOwn(emoji, name) ? emoji[name] : undefined;
}
