const SECRETS: readonly (readonly [RegExp, string])[] = [
  // Tokens of Slack.
  [/\bx(?:ox[a-z](?:\.xox[a-z])?|app)-[\w-]+/g, 'x…'],
  // Addresses and ids by which the app can answer, each for its own reason as good as a token.
  [/https?:\/\/hooks\.slack\.com\/[^\s"'\\]+/g, 'https://hooks.slack.com/…'],
  [/(response_url\W+)https?:[^\s"'\\]+/g, '$1…'],
  [/(wss?:\/\/[^\s"'?]+)\?[^\s"'\\]+/g, '$1?…'],
  [/(trigger_id\W+)[\w.-]+/g, '$1…'],
  [/\b\d{6,}\.\d{6,}\.[0-9a-f]{16,}\b/g, 'trigger…'],
  // Access keys of AWS, which its messages repeat.
  [/\b(?:AKIA|ASIA)[A-Z0-9]{8,}\b/g, '…'],
];

/** Removes from a text what would let its reader act as the app or answer in its name, for messages and the log. */
export function redact(text: string): string {
  return SECRETS.reduce((redacted, [secret, replacement]) => redacted.replace(secret, replacement), text);
}
