import { ADDRESS_FIELDS } from '../../core/answer/coverage/cover.ts';
import type { LogSource } from '../../core/lake/log-source.ts';
import type { CannedQuery } from '../../core/query/query.ts';

/** What cannot be asked of a flow log because of the fields that it lacks, a sentence each. */
export function missingWords(
  { name, fields }: LogSource,
  catalog: readonly CannedQuery[],
): readonly string[] {
  if (fields.length === 0) return [];
  const lacks = (field: string) => !fields.includes(field);
  const queries = catalog.filter(({ needs }) => needs.some(lacks)).map((query) => `\`${query.name}\``);
  const options = new Map(
    catalog.flatMap(({ args }) =>
      Object.entries(args).flatMap(([option, { needs = [] }]) => {
        const missing = needs.filter(lacks);
        return missing.length === 0 ? [] : [[`\`${option}=\``, missing.join(', ')] as const];
      }),
    ),
  );
  const addresses = ADDRESS_FIELDS.filter(lacks);
  return [
    ...(queries.length === 0 ? [] : [`${name} lacks fields for ${queries.join(', ')}.`]),
    ...[...options].map(
      ([option, missing]) => `${name} does not record ${missing}: ${option} cannot be asked.`,
    ),
    ...(addresses.length === 0
      ? []
      : [
          `${name} does not record ${addresses.join(', ')}: pods, secondary addresses and hosts behind NAT are not seen.`,
        ]),
    ...(lacks('tcp-flags')
      ? [`${name} does not record tcp-flags: who opened a connection is told by ports.`]
      : []),
  ];
}
