import { expect, it } from 'vitest';
import { ENTRIES, readingWithin } from '../../src/app/reading.ts';
import { NO_KNOWN_NAMES } from '../../src/core/operation/known-names.ts';
import { helpExamples } from '../../src/render/help-tasks.ts';
import { helpFor } from '../../src/render/help-text.ts';
import { warmUp } from '../../src/slack/warm-up.ts';

const NOW = new Date('2026-03-05T12:00:00Z');

it('each entry is read, misread and explained before the first person asks', async () => {
  const understand = readingWithin(24, () => NOW);
  const [read, explained]: [string[], string[]] = [[], []];
  await warmUp({
    command: '/flowlog',
    catalog: ENTRIES,
    knownNames: NO_KNOWN_NAMES,
    helpExamples: helpExamples(ENTRIES),
    understand(line, zone) {
      read.push(line);
      return understand(line, zone);
    },
    helpText(wanted, prompt) {
      const { help } = wanted;
      explained.push(help === 'all' ? help : help.name);
      return helpFor(ENTRIES, prompt)(wanted);
    },
  });
  const names = ENTRIES.map(({ name }) => name);
  expect(explained).toEqual(names);
  expect(new Set(read.map((line) => line.split(' ')[0]))).toEqual(new Set(names));
  const isMistake = (line: string) => {
    try {
      understand(line, 'UTC');
      return false;
    } catch {
      return true;
    }
  };
  expect(read.filter(isMistake)).toHaveLength(names.length);
});
