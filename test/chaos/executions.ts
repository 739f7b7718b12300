import type { Execution } from '../fakes/athena/execution.ts';
import type { AthenaAccount } from './account/athena-account.ts';
import type { Asked } from './asked-questions.ts';

/** What the executions of an account come to. */
export interface Billed {
  readonly executions: number;
  /** Executions beyond one for each question, whether that was acknowledged or not. */
  readonly startedTwice: number;
  readonly billedBytes: number;
  /** What one execution for each question would have been billed. */
  readonly bytesOfOneEach: number;
}

/** The executions of a question, oldest first: those since the press of a button are of what that asked. */
export function executionsFor(
  { port, kind }: Pick<Asked, 'port' | 'kind'>,
  account: AthenaAccount,
  pressed: readonly Asked[],
): readonly Execution[] {
  const pressedMs = pressed.find((press) => press.port === port)?.askedMs ?? Number.POSITIVE_INFINITY;
  return account
    .executionsOf(port)
    .filter(({ startedMs }) => (kind === 'rows' ? startedMs >= pressedMs : startedMs < pressedMs));
}

/** Counts the executions of all ports that were asked for. */
export function billedFor(
  account: AthenaAccount,
  ports: readonly number[],
  pressed: readonly Asked[],
): Billed {
  const kinds = ['command', 'rows'] as const;
  const each = ports.flatMap((port) => kinds.map((kind) => executionsFor({ port, kind }, account, pressed)));
  return {
    executions: each.reduce((sum, { length }) => sum + length, 0),
    startedTwice: each.reduce((sum, { length }) => sum + Math.max(length - 1, 0), 0),
    billedBytes: account.billedBytes(),
    bytesOfOneEach: account.billedBytes(each.flatMap((executions) => executions.slice(0, 1))),
  };
}
