import { expect, it } from 'vitest';
import { codeBlocks, plainLine } from '../../../src/render/blocks/text-blocks.ts';
import { LIMITS } from '../../../src/render/limits.ts';

it.each([
  [
    '`10.1.2.3/33` has a prefix above 32.',
    [
      { type: 'text', text: '10.1.2.3/33', style: { code: true } },
      { type: 'text', text: ' has a prefix above 32.' },
    ],
  ],
  ['no word is quoted', [{ type: 'text', text: 'no word is quoted' }]],
  ['one ` is no pair', [{ type: 'text', text: 'one ` is no pair' }]],
  ['``', [{ type: 'text', text: '``' }]],
  ['', [{ type: 'text', text: '—' }]],
])('shows %j with its quoted words as code', (text, leaves) => {
  expect(plainLine(text).elements).toEqual([{ type: 'rich_text_section', elements: leaves }]);
});

it('long code is cut between lines, and all of it is shown', () => {
  const code = Array.from({ length: 200 }, (_, index) => `line ${index} ${'x'.repeat(40)}`).join('\n');
  const texts = codeBlocks(code).map(({ elements }) => elements[0]?.elements[0]);
  const pieces = texts.map((leaf) => (leaf?.type === 'text' ? leaf.text : ''));
  expect(pieces.length).toBeGreaterThan(2);
  for (const piece of pieces) expect(piece.length).toBeLessThanOrEqual(LIMITS.sectionText);
  expect(pieces.join('\n')).toBe(code);
});
