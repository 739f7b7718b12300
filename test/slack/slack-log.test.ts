import { describe, expect, it } from 'vitest';
import { createBoltLogger } from '../../src/slack/api/clients.ts';
import { redact } from '../../src/slack/slack-log.ts';

describe('the redact', () => {
  it.each([
    ['token xoxb-123-abc-DEF.', 'token x….'],
    ['xoxe.xoxp-1-abc', 'x…'],
    ['xapp-1-A0-77-ffff', 'x…'],
    ['https://hooks.slack.com/commands/T1/2/secret', 'https://hooks.slack.com/…'],
    ['"response_url":"http://127.0.0.1/response/ab1"', '"response_url":"…"'],
    ['wss://wss.slack.com/link/?ticket=abc&app_id=1', 'wss://wss.slack.com/link/?…'],
    ['"trigger_id":"12.34.ab"', '"trigger_id":"…"'],
    ['opened 1234567.7654321.0123456789abcdef0123', 'opened trigger…'],
  ])('takes the secret out of %s', (text, masked) => {
    expect(redact(text)).toBe(masked);
  });

  it('leaves addresses, times and lines as they are', () => {
    const text = 'to 10.0.1.5 port=443 since 2026-11-22T14:05Z at 1790000000.000100';
    expect(redact(text)).toBe(text);
  });
});

describe('the logger of the SDK', () => {
  it('writes nothing of debug lines and no secret of others', () => {
    const lines: unknown[] = [];
    const write = (fields: unknown, message: string) => void lines.push([fields, message]);
    const logger = createBoltLogger({ info: write, warn: write, error: write });
    logger.debug('payload with everything');
    logger.error('failed with %s', 'xoxb-1-a', new Error('of xapp-1-b'));
    expect(lines).toHaveLength(1);
    expect(JSON.stringify(lines)).not.toMatch(/xoxb-1|xapp-1/);
  });
});
