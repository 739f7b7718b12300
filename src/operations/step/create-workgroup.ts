import { z } from 'zod';
import { defineStep } from './define-step.ts';

/** Makes the workgroup in which questions run: results in one place, encrypted, and a limit on each scan. */
export const createWorkgroup = defineStep(
  'create-workgroup',
  z.object({ name: z.string(), resultLocation: z.string(), scanLimitBytes: z.number() }),
  async (wanted, { cloud, signal }) => {
    await cloud.tables.createWorkgroup(wanted, signal);
    return { words: `Workgroup ${wanted.name} is there; results go to ${wanted.resultLocation}` };
  },
);
