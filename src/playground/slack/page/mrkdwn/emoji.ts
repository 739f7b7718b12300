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
