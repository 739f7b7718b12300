import type { Entry } from '../entry.ts';

/** How a query is asked: `to <address> [port=<port>] [window]`; square brackets hold what may be left out. */
export function usageLine(query: Entry): string {
  const shown = Object.entries(query.args).filter(([, { everywhere }]) => everywhere !== true);
  const parts = shown.map(([name, { hint, place, required }]) => {
    const value = place === 'bare' ? `<${hint}>` : `${name}=<${hint}>`;
    return required ? value : `[${value}]`;
  });
  return [query.name, ...parts, ...(query.windowed === 'never' ? [] : ['[window]'])].join(' ');
}
