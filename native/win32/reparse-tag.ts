/** https://learn.microsoft.com/windows/win32/fileio/reparse-point-tags */
import { bind } from './library.ts';
import { allocate } from './memory.ts';

const getInformation = bind('kernel32', 'GetFileInformationByHandleEx', 'int', ['int64', 'int', 'size_t', 'uint']);
const ATTRIBUTE_TAG_INFO = 9;
/** FILE_ATTRIBUTE_TAG_INFO: attributes, tag. */
const SIZE = 8;
const answer = allocate(SIZE);
const REPARSE_POINT = 0x400;
const NAME_SURROGATE = 0x2000_0000;

/** The tag of an open item, 0 when it is no reparse point. */
export function readTag(handle: number): number {
  const known = getInformation(handle, ATTRIBUTE_TAG_INFO, answer.address, SIZE) !== 0;
  return known && (answer.words[0] & REPARSE_POINT) !== 0 ? answer.words[1] : 0;
}

/** Symbolic links, junctions, mount points: tags that stand for another name. */
export function isLink(tag: number): boolean {
  return (tag & NAME_SURROGATE) !== 0;
}
