import type { Column, Partition, StorageDescriptor, Table } from '@aws-sdk/client-glue';
import type { StoredTable } from '../../../core/lake/tables.ts';
import type { TableColumn, TablePartition } from '../../../core/sql/hive-ddl.ts';

/** What Glue keeps beside what the DDL said. */
const GLUES_OWN = new Set(['EXTERNAL', 'transient_lastDdlTime']);

/** A table in our words, as its DDL would have said it. */
export function readTable(database: string, table: Table): StoredTable {
  return {
    database,
    name: table.Name ?? '',
    columns: (table.StorageDescriptor?.Columns ?? []).map(readColumn),
    partitionKeys: (table.PartitionKeys ?? []).map(readColumn),
    format: readFormat(table.StorageDescriptor),
    location: asFolder(table.StorageDescriptor?.Location),
    properties: Object.fromEntries(
      Object.entries(table.Parameters ?? {}).filter(([key]) => !GLUES_OWN.has(key)),
    ),
  };
}

/** A partition with its place. */
export function readPartition({ Values, StorageDescriptor }: Partition): TablePartition {
  return { values: Values ?? [], location: asFolder(StorageDescriptor?.Location) };
}

function readColumn({ Name = '', Type = '' }: Column): TableColumn {
  return { name: Name, type: Type };
}

/** Glue may keep a location without the slash that the DDL gave it. */
function asFolder(location = ''): string {
  return location === '' || location.endsWith('/') ? location : `${location}/`;
}

function readFormat(storage: StorageDescriptor | undefined): StoredTable['format'] {
  const { SerializationLibrary = '', Parameters } = storage?.SerdeInfo ?? {};
  if (SerializationLibrary.endsWith('.ParquetHiveSerDe')) return 'parquet';
  const bySpaces = (Parameters?.['field.delim'] ?? Parameters?.['serialization.format']) === ' ';
  return SerializationLibrary.endsWith('.LazySimpleSerDe') && bySpaces ? 'text' : undefined;
}
