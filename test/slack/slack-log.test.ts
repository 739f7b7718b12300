import { describe, expect, it } from 'vitest';
import { createBoltLogger } from '../../src/slack/api/clients.ts';

describe('the logger of the SDK', () => {
  it('writes nothing of debug lines and no secret of others', () => {
    const lines: unknown[] = [];
    const write = (fields: unknown, message: string) => void lines.push([fields, message]);
    const logger = createBoltLogger({ info: write, warn: write, error: write }, () => new Date());
    logger.debug('payload with everything');
    logger.error('failed with %s', 'xoxb-1-a', new Error('of xapp-1-b'));
    expect(lines).toHaveLength(1);
    expect(JSON.stringify(lines)).not.toMatch(/xoxb-1|xapp-1/);
  });
});
