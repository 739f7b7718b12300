import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';

const JUDGE = 'test/conformance/botocore/judge.py';

/** A call of EC2: what is asked for and what comes back, by the names of AWS's model. */
export interface ModelledCall {
  readonly operation: string;
  readonly params: object;
  readonly output: object;
}

/** What the model says of a call. */
export interface ModelSays {
  /** Why it refuses the request; then there is neither request nor reply. */
  readonly faults: readonly string[];
  readonly request?: {
    readonly method: string;
    readonly path: string;
    readonly form: Readonly<Record<string, string>>;
  };
  /** As XML. */
  readonly reply?: string;
}

/** Asks AWS's own model of EC2, as botocore has it. */
export async function modelSays(programs: string, call: ModelledCall): Promise<ModelSays> {
  const judging = promisify(execFile)(join(programs, 'python'), [JUDGE]);
  judging.child.stdin?.end(JSON.stringify(call));
  const { stdout } = await judging;
  return JSON.parse(stdout);
}
