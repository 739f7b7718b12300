import type { CannedQuery } from '../query.ts';

/** How a query is asked: `to <addr> [port=<port>] [window]`; square brackets hold what may be left out. */
export function usageLine(query: CannedQuery): string {
  const parts = Object.entries(query.args).map(([name, { hint, place, required }]) => {
    const value = place === 'bare' ? `<${hint}>` : `${name}=<${hint}>`;
    return required ? value : `[${value}]`;
  });
  return [query.name, ...parts, '[window]'].join(' ');
}
