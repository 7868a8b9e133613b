import { kernel32 } from './kernel32.ts';

const getFileAttributes = kernel32('uint32_t __stdcall GetFileAttributesW(const char16_t *path)');
const INVALID = 0xffff_ffff;
/** FILE_ATTRIBUTE_ARCHIVE and FILE_ATTRIBUTE_NORMAL say nothing a user sees. */
const IRRELEVANT = 0x20 | 0x80;

/** FILE_ATTRIBUTE_* of an item, in the form of an extended attribute. */
export function attributesOf(path: Buffer): [name: string, value: string][] {
  const attributes = getFileAttributes(path.toString()) as number;
  return attributes === INVALID ? [] : [['attributes', (attributes & ~IRRELEVANT).toString(16)]];
}
