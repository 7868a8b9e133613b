/**
 * How a file is named to the system below Win32: an open directory and a name relative to it. One block of pinned memory
 * per thread, filled anew for each call.
 * https://learn.microsoft.com/windows/win32/api/ntdef/ns-ntdef-_object_attributes
 * https://learn.microsoft.com/windows/win32/api/subauth/ns-subauth-unicode_string
 */
import type { PinnedBuffer } from '../types.ts';
import { nativeError, Win32 } from './errors.ts';
import { allocate } from './memory.ts';
import { allocateWide, writeName } from './utf16.ts';

export const ObjectFlag = {
  None: 0,
  CaseInsensitive: 0x40,
  /** OBJ_DONT_REPARSE: fails where a link, or a name of the system that stands for another, is on the way. */
  DontReparse: 0x1000,
} as const;

/** UNICODE_STRING counts bytes in 16 bits. */
const NAME_UNITS = 32767;
const text = allocateWide(NAME_UNITS + 1);

/** OBJECT_ATTRIBUTES (48 bytes), UNICODE_STRING (16), IO_STATUS_BLOCK (16), a handle. */
const block = allocate(96);
const { words } = block;
const Field = { Length: 0, Root: 2, Name: 4, Attributes: 6, Security: 8, Quality: 10 } as const;
const STRING = 12;
const STATUS = 16;
const HANDLE = 20;

export const OBJECT_ATTRIBUTES_SIZE = 48;
export const attributesAddress = block.address;
export const statusAddress = block.address + STATUS * 4;
export const handleAddress = block.address + HANDLE * 4;

/** Names an entry by its bytes. */
export function nameEntry(root: number, names: PinnedBuffer, name: number, flags: number): void {
  fill(root, writeName(names, name, text, 0), flags, 0);
}

/**
 * Names an item by text; '' is `root` itself.
 * @param security address of a descriptor for what is created, or 0
 * @throws NativeError when the system could not hold so long a name
 */
export function nameItem(root: number, name: string, flags: number, security = 0): void {
  if (name.length > NAME_UNITS) throw nativeError('NtCreateFile', Win32.ERROR_FILENAME_EXCED_RANGE, name);
  fill(root, text.memory.bytes.write(name, 0, 'utf16le') >> 1, flags, security);
}

/** The handle a call has put out. */
export function handleOut(): number {
  return words[HANDLE] + words[HANDLE + 1] * 0x1_0000_0000;
}

function fill(root: number, units: number, flags: number, security: number): void {
  words[Field.Length] = OBJECT_ATTRIBUTES_SIZE;
  put(Field.Root, root);
  put(Field.Name, block.address + STRING * 4);
  words[Field.Attributes] = flags;
  put(Field.Security, security);
  words[STRING] = (units * 2) | ((units * 2) << 16);
  put(STRING + 2, text.memory.address);
}

function put(word: number, value: number): void {
  words[word] = value;
  words[word + 1] = value / 0x1_0000_0000;
}
