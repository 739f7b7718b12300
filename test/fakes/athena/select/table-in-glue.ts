import type { StoredTable } from '../../../../src/core/lake/tables.ts';
import type { TableInGlue } from './stored-files.ts';

/** A table as Glue has it once its DDL has run. */
export function tableInGlue(table: StoredTable): TableInGlue {
  const { database, name, columns, partitionKeys, format, location, properties } = table;
  const SerdeInfo =
    format === 'parquet'
      ? { SerializationLibrary: 'org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe' }
      : {
          SerializationLibrary: 'org.apache.hadoop.hive.serde2.lazy.LazySimpleSerDe',
          Parameters: { 'field.delim': ' ' },
        };
  return {
    DatabaseName: database,
    Name: name,
    Parameters: { ...properties },
    PartitionKeys: partitionKeys.map(inWords),
    StorageDescriptor: { Columns: columns.map(inWords), Location: location, SerdeInfo },
  };
}

function inWords({ name, type }: StoredTable['columns'][number]) {
  return { Name: name, Type: type };
}
