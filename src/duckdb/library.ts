/**
 * What is used of DuckDB's library, which is imported when DuckDB is opened and not before: an app that answers through Athena, or
 * that was not asked anything yet, holds some 30 MB less.
 */
export { DuckDBInstance, StatementType } from '@duckdb/node-api';
