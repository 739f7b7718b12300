import type { Engine } from './engine.ts';

/** An engine that bills, and beside it one on this machine for what is read directly. */
export function createEitherEngine(billing: Engine, direct: Engine): Engine {
  return {
    ...billing,
    run: (statement, ...rest) =>
      (statement.scan.direct === undefined ? billing : direct).run(statement, ...rest),
  };
}
