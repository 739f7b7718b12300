import { type FieldName, isField } from '../../core/flow-log/fields.ts';
import type { Shape } from './shape.ts';

const STATUS: FieldName = 'log-status';

/**
 * The fields that records of these files have together. The status is always among them: where a file does not
 * record it, the engine tells traffic from silence by the other fields.
 */
export function fieldsOf(shapes: readonly Shape[]): readonly string[] {
  const fields = new Set(shapes.flatMap((shape) => shape.fields));
  return shapes.length === 0 ? [] : [...fields.add(STATUS)];
}

/** What of the files' fields hides records from every question, a clause each. */
export function notesOn(shapes: readonly Shape[]): readonly string[] {
  return [withoutStatus(shapes)].filter((note) => note !== undefined);
}

/** The fields that some of the files record and others do not. */
export function fieldsInPart(shapes: readonly Shape[]): readonly string[] {
  const formats = [...new Map(shapes.map(({ fields }) => [fields.join(' '), new Set(fields)])).values()];
  // No question asks for a field that flowlog does not know: where that lacks nothing is hidden.
  return fieldsOf(shapes).filter(
    (field) => isField(field) && field !== STATUS && formats.some((format) => !format.has(field)),
  );
}

function withoutStatus(shapes: readonly Shape[]): string | undefined {
  const without = shapes.filter(({ fields }) => !fields.includes(STATUS)).length;
  if (without === 0) return undefined;
  return `${without} of ${shapes.length} files do not record log-status, so flows that AWS skipped cannot be told from silence`;
}
