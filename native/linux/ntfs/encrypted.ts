import type { CopyResult } from '../../types.ts';
import { errno } from '../libc.ts';
import { getAttribute, setAttribute, type AttributeHolder } from '../attribute-calls.ts';
import { ENCRYPTION } from './attribute-names.ts';
import { ntfsAttributes, NtfsAttribute } from './properties.ts';

/**
 * A file encrypted by EFS is read as it is stored (mount option efs_raw; without it, it cannot be opened). Its content is
 * worth nothing without the keys beside it, so a destination that does not take them is an error, not a loss.
 */
export function copyEncryption(from: AttributeHolder, to: AttributeHolder, result: CopyResult): void {
  if ((ntfsAttributes(from) & NtfsAttribute.Encrypted) === 0) return;
  const size = getAttribute(from, ENCRYPTION);
  if (size >= 0 && setAttribute(to, ENCRYPTION, size) >= 0) return;
  result.code = errno();
  result.side = size < 0 ? 'source' : 'target';
}
