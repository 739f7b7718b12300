import type { FlowLogRead } from '../../ports/scan.ts';
import type { LogSource } from '../log-source.ts';
import { fileNames } from '../whose-files/file-names.ts';

/** A source as what reads it is told of it. */
export function flowLogRead(source: LogSource): FlowLogRead {
  const { name, resource } = source;
  const eni = resource?.kind === 'interface' ? resource.id : undefined;
  const names = fileNames(source);
  return { name, eni, ...(names !== undefined && { fileNames: names }) };
}
