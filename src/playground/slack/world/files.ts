import { PLAYGROUND_LIMITS } from '../limits.ts';
import { createRecent } from './recent.ts';

/** A file on its way: first a name and a length, then bytes, then a message that shares it. */
export interface StoredFile {
  readonly id: string;
  readonly name: string;
  readonly title: string;
  readonly declaredBytes: number;
  readonly content?: Buffer;
  readonly shared: boolean;
}

/** The files that were announced, uploaded or shared. */
export interface Files {
  put(file: StoredFile): void;
  find(id: string): StoredFile | undefined;
}

/** Creates an empty shelf, which keeps the newest files. */
export function createFiles(): Files {
  const { rememberedFiles, rememberedFileBytes } = PLAYGROUND_LIMITS;
  const files = createRecent<StoredFile>(
    rememberedFiles,
    rememberedFileBytes,
    ({ content }) => content?.length ?? 0,
  );
  return { put: (file) => void files.put(file.id, file), find: (id) => files.get(id) };
}
