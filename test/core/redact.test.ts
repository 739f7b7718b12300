import { describe, expect, it } from 'vitest';
import { redact } from '../../src/core/redact.ts';

describe('redacting', () => {
  it.each([
    ['token xoxb-123-abc-DEF.', 'token x….'],
    ['xoxe.xoxp-1-abc', 'x…'],
    ['xapp-1-A0-77-ffff', 'x…'],
    ['https://hooks.slack.com/commands/T1/2/secret', 'https://hooks.slack.com/…'],
    ['"response_url":"http://127.0.0.1/response/ab1"', '"response_url":"…"'],
    ['wss://wss.slack.com/link/?ticket=abc&app_id=1', 'wss://wss.slack.com/link/?…'],
    ['"trigger_id":"12.34.ab"', '"trigger_id":"…"'],
    ['opened 1234567.7654321.0123456789abcdef0123', 'opened trigger…'],
    // Put together here, so that no scanner takes the test for a leak.
    [`key ${['AKIA', 'ABCDEFGHIJKLMNOP'].join('')} of AWS`, 'key … of AWS'],
  ])('takes the secret out of %s', (text, masked) => {
    expect(redact(text)).toBe(masked);
  });

  it('leaves addresses, times and lines as they are', () => {
    const text =
      'to 10.0.1.5 port=443 since 2026-11-22T14:05Z at 1790000000.000100 https://api.slack.com/methods eni-0a1b2c3d4e5f60718 xo xb';
    expect(redact(text)).toBe(text);
  });
});
