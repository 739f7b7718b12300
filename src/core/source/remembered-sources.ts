import type { ScanMemory } from '../ports/scan-memory.ts';
import type { Sources } from '../ports/sources.ts';

/**
 * Sources that choose once for each question. Statements name the files that they read, and files come all the time:
 * an attempt after a restart that looked again would ask another statement, which would run and be billed again, or
 * would tell files as read that came after the first attempt had begun.
 */
export function rememberedSources(sources: Sources, memory: ScanMemory): Sources {
  return {
    async scanFor(wanted, signal) {
      const { identity } = wanted;
      if (identity === undefined) return sources.scanFor(wanted, signal);
      const before = await memory.find(identity);
      if (before !== undefined) return before;
      const scan = await sources.scanFor(wanted, signal);
      await memory.keep(identity, scan);
      return scan;
    },
    prepare: (scan, signal) => sources.prepare(scan, signal),
  };
}
