const SECRETS: readonly (readonly [RegExp, string])[] = [
  [/\bx(?:ox[a-z](?:\.xox[a-z])?|app)-[\w-]+/g, 'x…'],
  [/https?:\/\/hooks\.slack\.com\/[^\s"'\\]+/g, 'https://hooks.slack.com/…'],
  [/(response_url\W+)https?:[^\s"'\\]+/g, '$1…'],
  [/(wss?:\/\/[^\s"'?]+)\?[^\s"'\\]+/g, '$1?…'],
  [/(trigger_id\W+)[\w.-]+/g, '$1…'],
  [/\b\d{6,}\.\d{6,}\.[0-9a-f]{16,}\b/g, 'trigger…'],
];

/** Takes out of a text for the log what would let its reader act as the app or answer in its name. */
export function mask(text: string): string {
  return SECRETS.reduce((masked, [secret, instead]) => masked.replace(secret, instead), text);
}
