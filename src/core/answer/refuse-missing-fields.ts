import { UserError } from '../errors.ts';
import type { FieldName } from '../flow-log/fields.ts';
import type { Scan } from '../ports/scan.ts';
import type { Question } from '../question.ts';
import { fieldsAskedBy } from '../selection/flows.ts';
import { saidOfRecords } from '../selection/innermost.ts';

/**
 * Queries cope without these: they look in other fields. A condition on any other field that is not recorded would
 * match nothing, and the answer would say that there was no such traffic.
 */
const MAY_BE_ABSENT: ReadonlySet<FieldName> = new Set<FieldName>(['tcp-flags', 'pkt-srcaddr', 'pkt-dstaddr']);

/** @throws UserError when a question needs a field that the flow logs do not record, naming it. */
export function refuseMissingFields(question: Question, scan: Scan): void {
  const { query, args } = question;
  const read = fieldsAskedBy(saidOfRecords(query.sql(args, question))).filter(
    (field) => !MAY_BE_ABSENT.has(field),
  );
  const given = Object.entries(query.args).filter(([name]) => args[name] !== undefined);
  const needed = new Set([...query.needs, ...read, ...given.flatMap(([, { needs }]) => needs ?? [])]);
  const missing = [...needed].filter((field) => !scan.source.fields.includes(field));
  if (missing.length === 0 || scan.objects.length === 0) return;
  throw new UserError(
    `\`${question.line}\` needs ${missing.join(', ')}, which the flow logs of ${scan.source.name} do not record.`,
    {
      hint: 'Create a flow log with a custom format that has it; the format of an existing one cannot change.',
    },
  );
}
