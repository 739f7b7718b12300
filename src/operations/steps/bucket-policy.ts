import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import { UserError } from '../../core/errors.ts';
import { AWS_LIMITS } from '../../core/flow-log/aws-limits.ts';
import type { Plain } from '../../core/operation/plan.ts';
import { showInteger } from '../../core/wording.ts';

/** One statement of a policy, as JSON. */
export type PolicyStatement = { readonly [key: string]: Plain };

/** A policy with statements added to it. */
export interface MergedPolicy {
  readonly policy: string;
  /** Those of the wanted statements that were not there before. */
  readonly added: readonly PolicyStatement[];
}

const VERSION = '2012-10-17';

const STATEMENT = z.record(z.string(), z.json());
const DOCUMENT = z.looseObject({
  Version: z.string().optional(),
  Statement: z.union([z.array(STATEMENT), STATEMENT]),
});

/**
 * Adds statements to a policy: all that is there stays, in its order, and a statement that says the same under
 * another name is not added again.
 * @throws UserError when the policy cannot be read, or would be longer than S3 takes.
 */
export function mergePolicy(current: string | undefined, wanted: readonly PolicyStatement[]): MergedPolicy {
  const read = readPolicy(current);
  const added = wanted.filter((each) => !read.statements.some((there) => saysTheSame(there, each)));
  const policy = JSON.stringify({
    ...read.rest,
    Statement: [...read.statements, ...added.map((each) => withUniqueSid(each, read.statements))],
  });
  const bytes = Buffer.byteLength(policy);
  if (added.length > 0 && bytes > AWS_LIMITS.bucketPolicyBytes)
    throw new UserError(
      `The policy of the bucket would have ${showInteger(bytes)} bytes; S3 takes ${showInteger(AWS_LIMITS.bucketPolicyBytes)}.`,
      {
        hint: 'Let one statement take deliveries to the whole bucket (`bucket/*`), or give another one with `bucket=`.',
      },
    );
  return { policy, added };
}

/** The statements of a policy that forbid something to everybody, or to the service that delivers. */
export function denyingStatements(current: string | undefined): readonly PolicyStatement[] {
  return readPolicy(current).statements.filter(
    ({ Effect, Principal }) =>
      Effect === 'Deny' && /"\*"|delivery\.logs/.test(JSON.stringify(Principal ?? '*')),
  );
}

function readPolicy(current: string | undefined): {
  readonly rest: Readonly<Record<string, unknown>>;
  readonly statements: readonly PolicyStatement[];
} {
  if (current === undefined) return { rest: { Version: VERSION }, statements: [] };
  const read = DOCUMENT.safeParse(parsed(current));
  if (!read.success)
    throw new UserError('The policy of the bucket cannot be read, so nothing can be added to it.', {
      hint: 'Look at it in the console, or give another bucket with `bucket=`.',
    });
  const { Statement, ...rest } = read.data;
  return { rest: { Version: VERSION, ...rest }, statements: [Statement].flat() };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function saysTheSame(a: PolicyStatement, b: PolicyStatement): boolean {
  const { Sid: _a, ...left } = a;
  const { Sid: _b, ...right } = b;
  return isDeepStrictEqual(left, right);
}

/** Two statements of one policy may not have the same name. */
function withUniqueSid(added: PolicyStatement, there: readonly PolicyStatement[]): PolicyStatement {
  const taken = new Set(there.map(({ Sid }) => Sid));
  let sid = String(added.Sid ?? 'Flowlog');
  for (let number = 2; taken.has(sid); number += 1) sid = `${String(added.Sid ?? 'Flowlog')}${number}`;
  return { ...added, Sid: sid };
}
