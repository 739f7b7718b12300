import type { Arg } from './arg.ts';

/** An argument that every query takes: told once for all, not in each usage line. */
export function everywhere<T>(arg: Arg<T>): Arg<T> {
  return { ...arg, everywhere: true };
}
