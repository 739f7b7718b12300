import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { inject } from 'vitest';
import { z } from 'zod';
import type { TextRow } from './run-trino.ts';

const answer = z.object({
  rows: z.array(z.array(z.string().nullable())).optional(),
  error: z.string().optional(),
});

/** A Trino of 2022 that runs statements over VALUES. */
export interface OldTrino {
  /** @throws Error in its words. */
  run(statement: string): Promise<readonly TextRow[]>;
  stop(): void;
}

/** Starts an engine. It answers in the order in which it is asked. */
export function openOldTrino(): OldTrino {
  const { java, classPath } = inject('oldTrino');
  const child = spawn(java, ['-Xmx1g', '-cp', classPath, 'OldTrino'], { stdio: ['pipe', 'pipe', 'ignore'] });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  let turn: Promise<unknown> = Promise.resolve();
  const run: OldTrino['run'] = (statement) => {
    const mine = turn.then(async () => {
      child.stdin.write(`${Buffer.from(statement).toString('base64')}\n`);
      const { value, done } = await lines.next();
      if (done === true) throw new Error('the old Trino has ended');
      const { rows, error } = answer.parse(JSON.parse(value));
      if (rows === undefined) throw new Error(error);
      return rows;
    });
    turn = mine.catch(() => {});
    return mine;
  };
  return { run, stop: () => void child.kill() };
}
