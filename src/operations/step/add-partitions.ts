import { z } from 'zod';
import { amountOf } from '../plan/amount-of.ts';
import { defineStep } from './define-step.ts';
import { TABLE_SPEC } from './table-spec.ts';

/** Adds partitions in one statement; those that are there already are left. */
export const addPartitions = defineStep(
  'add-partitions',
  z.object({
    spec: TABLE_SPEC,
    partitions: z.array(z.object({ values: z.array(z.string()), location: z.string() })),
  }),
  async ({ spec, partitions }, { cloud, signal }) => {
    await cloud.tables.addPartitions(spec, partitions, signal);
    return { words: `${amountOf(partitions.length, 'partition')} added to ${spec.name}` };
  },
);
