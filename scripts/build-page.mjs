import { cp, rm } from 'node:fs/promises';
import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

/**
 * Builds the playground's page: its code in one file, and its HTML, CSS and pictures as they are. Preact goes into that
 * file and is loaded by nothing else, which is why it is a development dependency, like the compiler and the bundler.
 */
const COPIED = new Set(['', '.html', '.css', '.svg']);
const from = fileURLToPath(new URL('../src/playground/slack/page/', import.meta.url));
const to = fileURLToPath(new URL('../dist/playground/slack/page/', import.meta.url));

// Files of an earlier build would be served, too.
await rm(to, { recursive: true, force: true });
await cp(from, to, { recursive: true, filter: (source) => COPIED.has(extname(source)) });
await build({
  entryPoints: [`${from}main.tsx`],
  outfile: `${to}main.js`,
  bundle: true,
  format: 'esm',
  target: 'es2023',
  tsconfig: `${from}tsconfig.json`,
  logLevel: 'warning',
});
