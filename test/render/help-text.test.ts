import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ENTRIES } from '../../src/app/reading.ts';
import { helpFor, helpText } from '../../src/render/help-text.ts';

const PROMPT = 'flowlog ';

describe('help', () => {
  it('has a line for each entry where the width allows it', () => {
    const lines = helpText(ENTRIES, PROMPT, 200).split('\n');
    for (const { name, summary } of ENTRIES)
      expect(
        lines.filter((line) => line.startsWith(`  flowlog ${name} `) && line.endsWith(summary)),
      ).toHaveLength(1);
  });

  it('fits any width that its longest word fits, and leaves no word out', () => {
    const wide = helpText(ENTRIES, PROMPT);
    const words = (text: string) => text.split(/\s+/).toSorted();
    fc.assert(
      fc.property(fc.integer({ min: 60, max: 200 }), (width) => {
        const text = helpText(ENTRIES, PROMPT, width);
        expect(text.split('\n').filter((line) => line.length > width)).toEqual([]);
        expect(words(text)).toEqual(words(wide));
      }),
    );
  });

  it.each(ENTRIES.map((entry) => entry.name))('on %s fits 60 places', (name) => {
    const help = ENTRIES.find((entry) => entry.name === name) ?? 'all';
    const text = helpFor(ENTRIES, PROMPT, 60)({ help });
    expect(text.split('\n').filter((line) => line.length > 60)).toEqual([]);
  });
});
