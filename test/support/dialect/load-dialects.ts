import { build } from 'esbuild';

/** What a parser finds wrong, and where. */
export interface SyntaxFault {
  readonly startLine: number;
  readonly startColumn: number;
  readonly message: string;
}

/** A parser of one dialect of SQL. */
interface Dialect {
  validate(sql: string): readonly SyntaxFault[];
}

interface Dialects {
  readonly trino: Dialect;
  readonly hive: Dialect;
}

let loading: Promise<Dialects> | undefined;

/** The parsers, loaded once for a file of tests. Their package imports folders, which Node.js does not: it is bundled first. */
export function loadDialects(): Promise<Dialects> {
  loading ??= load();
  return loading;
}

async function load(): Promise<Dialects> {
  const contents = `import { HiveSQL, TrinoSQL } from 'dt-sql-parser';
    export const trino = new TrinoSQL();
    export const hive = new HiveSQL();`;
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: import.meta.dirname },
    bundle: true,
    format: 'esm',
    platform: 'node',
    write: false,
    logLevel: 'error',
  });
  const code = Buffer.from(outputFiles[0]?.contents ?? []).toString('base64');
  return import(/* @vite-ignore */ `data:text/javascript;base64,${code}`);
}
