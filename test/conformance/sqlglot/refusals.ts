import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';

const JUDGE = 'test/conformance/sqlglot/judge.py';

/** Why sqlglot refuses statements, by their names; those that it understands are left out. */
export async function refusals(
  programs: string,
  statements: Readonly<Record<string, string>>,
): Promise<Readonly<Record<string, string>>> {
  const judging = promisify(execFile)(join(programs, 'python'), [JUDGE], { maxBuffer: 1e8 });
  judging.child.stdin?.end(JSON.stringify(statements));
  const { stdout } = await judging;
  return JSON.parse(stdout);
}
