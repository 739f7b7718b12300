import { DEFAULT_FORMAT } from './fields.ts';

const FIELD = /\$\{([^}]*)\}/g;

/**
 * Field names out of a flow log's `LogFormat`, `${version} ${account-id} …`, in the order in which they are written;
 * names that we do not know stay. Without a format it is the default one.
 */
export function fieldsOfFormat(format: string | undefined): readonly string[] {
  const fields = [...(format ?? '').matchAll(FIELD)].map(([, name = '']) => name.trim());
  return fields.length > 0 ? fields : DEFAULT_FORMAT;
}

/** The `LogFormat` under which fields are written in this order. */
export function formatOfFields(fields: readonly string[]): string {
  return fields.map((field) => `\${${field}}`).join(' ');
}
