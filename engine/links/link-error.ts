import type { Native, NativeErrorText } from '../../native/index.ts';
import type { ErrorId } from '../errors/catalogue.ts';
import { EngineError } from '../errors/engine-error.ts';

const IDS: readonly [ErrorId, string, readonly string[]][] = [
  [
    'PathInvalid',
    'is no path the file system allows',
    [
      'ENAMETOOLONG',
      'ELOOP',
      'EINVAL',
      'EILSEQ',
      'ERROR_INVALID_NAME',
      'ERROR_BAD_PATHNAME',
      'ERROR_FILENAME_EXCED_RANGE',
    ],
  ],
  ['PathExists', 'exists already', ['EEXIST', 'ERROR_ALREADY_EXISTS', 'ERROR_FILE_EXISTS']],
  ['LinkAcrossVolumes', 'would be on another volume than the file', ['EXDEV', 'ERROR_NOT_SAME_DEVICE']],
  ['LinkLimitReached', 'cannot be made: the file has too many names', ['EMLINK', 'ERROR_TOO_MANY_LINKS']],
  [
    'LinkNotSupported',
    'is on a file system that cannot make hard links',
    ['EOPNOTSUPP', 'ENOTSUP', 'ENOSYS', 'ERROR_NOT_SUPPORTED', 'ERROR_INVALID_FUNCTION'],
  ],
  [
    'DestinationFull',
    'cannot be made: there is no room left',
    ['ENOSPC', 'EDQUOT', 'ERROR_DISK_FULL', 'ERROR_HANDLE_DISK_FULL'],
  ],
  ['DestinationNotWritable', 'is on a read-only file system', ['EROFS', 'ERROR_WRITE_PROTECT']],
  ['FileNotReadable', 'cannot be reached', ['EACCES', 'EPERM', 'ERROR_ACCESS_DENIED']],
];

/**
 * What a failed call means for the path.
 * @param missing the id when there is nothing of that name
 */
export function linkError(
  native: Native,
  path: string,
  cause: NativeErrorText,
  missing: 'FileNotFound' | 'FolderNotFound',
): EngineError {
  const found = IDS.find(([, , names]) => names.includes(cause.name));
  const [id, what] = isMissing(native, cause)
    ? ([missing, missing === 'FileNotFound' ? 'does not exist' : 'would be in a folder that does not exist'] as const)
    : found
      ? found
      : (['SystemCallFailed', 'cannot be used'] as const);
  return new EngineError(id, { message: `'${path}' ${what}: ${cause.text} (${cause.name}).`, path, native: cause });
}

/** Errors of node:fs carry the names of POSIX on every platform. */
function isMissing(native: Native, { code, name }: NativeErrorText): boolean {
  return name === 'ENOENT' || name === 'ENOTDIR' || (name.startsWith('ERROR_') && native.isMissing(code));
}
