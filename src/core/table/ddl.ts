import type { TablePartition, TableSpec } from '../ports/cloud/tables.ts';
export function createTableDdl(spec: TableSpec): string {
  return spec.name;
}
export function addPartitionsDdl(spec: TableSpec, partitions: readonly TablePartition[]): string {
  return `${spec.name} ${partitions.length}`;
}
export function dropTableDdl(database: string, name: string): string {
  return `${database}.${name}`;
}
export function createDatabaseDdl(database: string): string {
  return database;
}
