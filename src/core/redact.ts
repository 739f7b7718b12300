const SECRETS: readonly (readonly [RegExp, string])[] = [
  // Tokens of Slack.
  [/\bx(?:ox[a-z](?:\.xox[a-z])?|app)-[\w-]+/g, 'x…'],
  // URLs and ids by which the app can answer: each works like a token.
  [/https?:\/\/hooks\.slack\.com\/[^\s"'\\]+/g, 'https://hooks.slack.com/…'],
  [/(response_url\W+)https?:[^\s"'\\]+/g, '$1…'],
  [/(wss?:\/\/[^\s"'?]+)\?[^\s"'\\]+/g, '$1?…'],
  [/(trigger_id\W+)[\w.-]+/g, '$1…'],
  [/\b\d{6,}\.\d{6,}\.[0-9a-f]{16,}\b/g, 'trigger…'],
  // Access keys of AWS, which its messages repeat.
  [/\b(?:AKIA|ASIA)[A-Z0-9]{8,}\b/g, '…'],
];

/** Removes secrets from a text for messages and the log: with them a reader could act as the app. */
export function redact(text: string): string {
  return SECRETS.reduce((redacted, [secret, replacement]) => redacted.replace(secret, replacement), text);
}
