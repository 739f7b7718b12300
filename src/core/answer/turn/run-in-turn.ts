import { EngineError } from '../../errors.ts';
import type { Engine, Run, Statement, TakePart } from '../../ports/engine.ts';
import type { Party } from '../cost/budget.ts';
import type { Prices } from '../cost/cost.ts';
import { priced } from '../cost/priced.ts';
import { stopped } from './stopped.ts';
import type { Turns } from './turns.ts';

/** What running a statement needs from outside. */
export interface RunParts {
  readonly engine: Engine;
  readonly prices: Prices;
  /** Undefined where the engine takes turns by itself. */
  readonly turns?: Turns | undefined;
}

/** Whose turn it is, and who is told how many come first. */
export interface TurnOptions {
  readonly signal: AbortSignal;
  readonly party: Pick<Party, 'channel'>;
  readonly onPlace?: ((before: number) => void) | undefined;
}

const AT_ONCE: Turns = (_, work) => work();

/** Runs a statement when its turn comes. @throws EngineError, with the dollars of what was billed all the same. */
export async function runInTurn(
  statement: Statement,
  take: TakePart,
  { engine, prices, turns = AT_ONCE }: RunParts,
  { signal, party, onPlace }: TurnOptions,
): Promise<Run> {
  const told = onPlace === undefined ? { signal } : { signal, onPlace };
  const run = turns(party.channel, () => engine.run(statement, take, signal), told);
  try {
    return await orStopped(signal, run);
  } catch (error) {
    throw priced(error, statement.scan.source.region, prices);
  }
}

/** Looking into many files and waiting for a turn take time too: being stopped meanwhile is no fault. */
export async function orStopped<T>(signal: AbortSignal, work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    throw signal.aborted && !(error instanceof EngineError) ? stopped(signal, error) : error;
  }
}
