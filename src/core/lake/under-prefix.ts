import type { Lake } from '../ports/lake.ts';

/** A lake that stands under a prefix of something larger: the keys of its files get that prefix. */
export function underPrefix(lake: Lake, prefix: string): Lake {
  return {
    extent: (signal) => lake.extent(signal),
    during: async (stretch, signal) =>
      (await lake.during(stretch, signal)).map((object) => ({ ...object, key: `${prefix}${object.key}` })),
  };
}
