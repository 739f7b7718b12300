import { constants } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import { UserError } from '../../core/errors.ts';
import { codeOf } from './damage.ts';
/** @throws UserError when there is no folder that can be read. */
export async function refuseUnreadable(root: string): Promise<void> {
  const problem = await problemOf(root);
  if (problem === undefined) return;
  throw new UserError(`The lake \`${root}\` ${problem}.`, {
    hint: 'Give the folder that holds `AWSLogs` with `--lake <folder>` or `FLOWLOG_LAKE`.',
  });
}

async function problemOf(root: string): Promise<string | undefined> {
  try {
    if (!(await stat(root)).isDirectory()) return 'is not a folder';
    await access(root, constants.R_OK | constants.X_OK);
    return undefined;
  } catch (error) {
    return codeOf(error) === 'ENOENT' ? 'is not there' : 'cannot be read';
  }
}
