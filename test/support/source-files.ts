import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseAst } from 'vitest/node';

/** A node of a parsed file, as far as these tests look. */
export interface SourceNode {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly [property: string]: unknown;
}

/** One file of the source, parsed. */
export interface SourceFile {
  /** Path below `src`, with `/`. */
  readonly path: string;
  readonly text: string;
  readonly nodes: readonly SourceNode[];
}

const SRC = fileURLToPath(new URL('../../src/', import.meta.url));

/**
 * Every TypeScript file below `src` but the page, which runs in a browser. TypeScript 7 has no compiler interface,
 * so they are parsed by the parser that vitest itself runs on.
 */
export function sourceFiles(): readonly SourceFile[] {
  return readdirSync(SRC, { recursive: true, encoding: 'utf8' })
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => /\.tsx?$/.test(path) && !path.startsWith('playground/slack/page/'))
    .toSorted()
    .map((path) => {
      const text = readFileSync(`${SRC}${path}`, 'utf8');
      return {
        path,
        text,
        nodes: nodesOf(parseAst(text.replace(/^#!.*/, ''), { lang: path.endsWith('x') ? 'tsx' : 'ts' })),
      };
    });
}

function nodesOf(value: unknown): readonly SourceNode[] {
  if (Array.isArray(value)) return value.flatMap(nodesOf);
  if (!isNode(value)) return [];
  return [value, ...Object.values(value).flatMap(nodesOf)];
}

function isNode(value: unknown): value is SourceNode {
  return typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';
}

/** What a file imports or passes on: `../core/query.ts`, `node:fs`. */
export function importsOf({ nodes }: SourceFile): readonly string[] {
  const loads = new Set([
    'ImportDeclaration',
    'ExportNamedDeclaration',
    'ExportAllDeclaration',
    'ImportExpression',
  ]);
  return nodes.flatMap(({ type, source }) =>
    loads.has(type) && isNode(source) && typeof source.value === 'string' ? [source.value] : [],
  );
}

/** The code of a node. */
export function codeOf({ text }: SourceFile, { start, end }: SourceNode): string {
  return text.replace(/^#!.*/, '').slice(start, end);
}
