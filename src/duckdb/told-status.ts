import { columnName, type FieldName, TRAFFIC_FIELDS } from '../core/flow-log/fields.ts';

/** Tells records of traffic from those that say that there was none, or that they were lost. */
export const STATUS_FIELD = 'log-status' satisfies FieldName;

/**
 * Adds the status to records that were written without that field: a record with any trace of traffic is one of
 * traffic. Left NULL it would be taken for none, and an answer would say that there was no traffic.
 */
export function toldStatus(select: string, fields: readonly string[]): string {
  const traces = TRAFFIC_FIELDS.filter((field) => fields.includes(field)).map(
    (field) => `nullif(CAST("${columnName(field)}" AS VARCHAR), '-') IS NOT NULL`,
  );
  const status = `CASE WHEN ${traces.join(' OR ') || 'FALSE'} THEN 'OK' ELSE 'NOT RECORDED' END`;
  return `SELECT *, ${status} AS "${columnName(STATUS_FIELD)}" FROM (${select}) AS told`;
}
