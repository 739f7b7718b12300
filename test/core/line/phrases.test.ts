import { describe, expect, it } from 'vitest';
import { A_CONTEXT, CATALOG } from './a-catalog.ts';
import { asked, mistaken } from './asked.ts';

describe('what people say', () => {
  it.each([
    ['traffic to 10.0.1.5', 'to 10.0.1.5 last 1h'],
    ['traffic from 10.0.1.5 port=22', 'from 10.0.1.5 port=22 last 1h'],
    ['traffic between 10.0.0.1 and 10.0.0.2', 'between 10.0.0.1 10.0.0.2 last 1h'],
    ['Between 10.0.0.1 AND 10.0.0.2', 'between 10.0.0.1 10.0.0.2 last 1h'],
    ['who talked to 10.0.1.5?', 'to 10.0.1.5 last 1h'],
    ['last 1h who talked with 10.0.1.5', 'to 10.0.1.5 last 1h'],
    ['what talked to 10.0.1.5 in the last 2 hours', 'to 10.0.1.5 last 2h'],
    ['who did 10.0.1.5 talk to since 14:00?', 'from 10.0.1.5 since 2026-11-23T13:00Z'],
    ['talkers', 'top-talkers last 1h'],
    ['top talkers top=5', 'top-talkers top=5 last 1h'],
    ['rejects', 'rejected last 1h'],
    ['rejections 10.0.1.5', 'rejected 10.0.1.5 last 1h'],
  ])('%s is read as %s', (line, canonical) => {
    expect(asked(line)).toMatchObject({ line: canonical, notes: [] });
  });

  it('has a note when it is read as a wider question', () => {
    expect(asked('from 10.0.0.1 to 10.0.0.2')).toMatchObject({
      line: 'between 10.0.0.1 10.0.0.2 last 1h',
      notes: ['Read as a question about traffic between the two, in both directions'],
    });
  });

  it('is only rewritten when the catalog has what is meant', () => {
    const catalog = CATALOG.filter(({ name }) => name !== 'rejected');
    expect(mistaken('rejections', { ...A_CONTEXT, catalog }).message).toBe('There is no query `rejections`.');
  });

  it('gives way to a query of that name', () => {
    const talkers = CATALOG.filter(({ name }) => name === 'rejected').map((query) => ({
      ...query,
      name: 'talkers',
    }));
    expect(asked('talkers', { ...A_CONTEXT, catalog: [...CATALOG, ...talkers] }).query.name).toBe('talkers');
  });
});
