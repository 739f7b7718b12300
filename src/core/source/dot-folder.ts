/**
 * Whether a prefix has a folder named `.` or `..`. S3 keeps such names as they are, while libraries, consoles and file
 * systems take them for the folder itself and the one above, so that what is listed, read and deleted would differ.
 */
export function hasDotFolder(prefix: string): boolean {
  return prefix.split('/').some((folder) => folder === '.' || folder === '..');
}

/** Why a prefix with such a folder is not used. */
export const DOT_FOLDER = 'has a folder named `.` or `..`, which programs take for another place';
