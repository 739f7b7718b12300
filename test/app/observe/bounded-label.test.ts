import fc from 'fast-check';
import { expect, it } from 'vitest';
import { boundedLabel } from '../../../src/app/observe/bounded-label.ts';

it('a label never has more than its number of names and `other`, whatever another system answers', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 9 }), fc.array(fc.string()), (most, names) => {
      const label = boundedLabel(most);
      const labels = names.map((name) => label(name));
      expect(new Set(labels.filter((each) => each !== 'other')).size).toBeLessThanOrEqual(most);
      for (const each of labels) expect(each).toMatch(/^[\w.:/= -]+$/);
    }),
  );
});

it('a name that was kept once is kept', () => {
  const label = boundedLabel(1);
  expect(['first', 'second', 'first'].map((name) => label(name))).toEqual(['first', 'other', 'first']);
});

it.each(['ThrottlingException', 'chat.postMessage', 'http_503', 'renew the leases of questions in flight'])(
  '%s is a name',
  (name) => expect(boundedLabel(9)(name)).toBe(name),
);

it.each(['', 'two\nlines', '"quoted"', 'x'.repeat(129)])('%j is no name', (text) =>
  expect(boundedLabel(9)(text)).toBe('other'),
);
