import { cp } from 'node:fs/promises';
import { extname } from 'node:path';

/** Copies what the compiler leaves behind: the playground's HTML, CSS and pictures. */
const copied = new Set(['', '.html', '.css', '.svg']);
const from = new URL('../src/playground/slack/page/', import.meta.url);
const to = new URL('../dist/playground/slack/page/', import.meta.url);

await cp(from, to, { recursive: true, filter: (source) => copied.has(extname(source)) });
