import type { EngineError } from '../../../src/core/errors.ts';
import type { Plan } from './execution.ts';

/** Says what DuckDB refused in the words of Athena. */
export function endOf({ code, message }: EngineError): NonNullable<Plan['end']> {
  if (code === 'cancelled') return { state: 'CANCELLED', reason: 'Query cancelled by user' };
  const [, table] = /Table with name (\S+) does not exist/.exec(message) ?? [];
  if (table !== undefined) {
    const reason = `TABLE_NOT_FOUND: line 1:15: Table 'awsdatacatalog.flowlog.${table}' does not exist`;
    return { state: 'FAILED', reason, error: { ErrorCategory: 2, ErrorType: 1006 } };
  }
  if (/^INVALID_TABLE_PROPERTY: /.test(message))
    return { state: 'FAILED', reason: message, error: { ErrorCategory: 2, ErrorType: 1006 } };
  const [, column] = /Referenced column "(\w+)" not found/.exec(message) ?? [];
  const reason =
    column === undefined
      ? `SYNTAX_ERROR: line 1:1: ${message}`
      : `COLUMN_NOT_FOUND: line 1:8: Column '${column}' cannot be resolved or requester is not authorized to access requested resources`;
  return { state: 'FAILED', reason, error: { ErrorCategory: 2, ErrorType: 1006 } };
}
