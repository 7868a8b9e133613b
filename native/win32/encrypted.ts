/**
 * Files encrypted by EFS, copied as they are stored: without the key, into a file that is encrypted for the same people.
 * https://learn.microsoft.com/windows/win32/fileio/backup-and-restore-of-encrypted-files
 * https://learn.microsoft.com/windows/win32/api/winbase/nf-winbase-openencryptedfileraww
 */
import koffi from 'koffi';
import type { CopyProgress, NativeCode } from '../types.ts';
import { bind, lastCode } from './library.ts';
import { Win32 } from './errors.ts';
import { allocate } from './memory.ts';
import { seek } from './plain-content.ts';

const openRaw = bind('advapi32', 'OpenEncryptedFileRawW', 'uint', ['size_t', 'uint', 'size_t']);
const readRaw = bind('advapi32', 'ReadEncryptedFileRaw', 'uint', ['size_t', 'size_t', 'int64']);
const writeRaw = bind('advapi32', 'WriteEncryptedFileRaw', 'uint', ['size_t', 'size_t', 'int64']);
const closeRaw = bind('advapi32', 'CloseEncryptedFileRaw', 'void', ['int64']);
const writeFile = bind('kernel32', 'WriteFile', 'int', ['int64', 'size_t', 'uint', 'size_t', 'size_t']);
const readFile = bind('kernel32', 'ReadFile', 'int', ['int64', 'size_t', 'uint', 'size_t', 'size_t']);
const moveMemory = bind('ntdll', 'RtlMoveMemory', 'void', ['size_t', 'size_t', 'size_t']);

const CREATE_FOR_IMPORT = 1;
const PATH_LIMIT = 65536;
const path = allocate(PATH_LIMIT);
const context = allocate(8);
const moved = allocate(8);
const exportPrototype = koffi.proto(
  'uint32_t __stdcall ExportEncrypted(uintptr_t data, uintptr_t context, uint32_t length)',
);
const importPrototype = koffi.proto(
  'uint32_t __stdcall ImportEncrypted(uintptr_t data, uintptr_t context, uintptr_t length)',
);

/** What went wrong, and where. */
export interface RawOutcome {
  code: NativeCode;
  side: 'source' | 'target';
  cancelled: boolean;
}

/**
 * Copies the raw content of a file. The system gives and takes it in callbacks, each call from its beginning to its end,
 * so it passes through `spool`, an open empty file.
 */
export function copyEncrypted(source: string, target: string, spool: number, progress: CopyProgress): RawOutcome {
  const outcome: RawOutcome = { code: 0, side: 'source', cancelled: false };
  const take = (data: number, _: number, length: number): NativeCode => {
    if (!progress(length)) {
      outcome.cancelled = true;
      return Win32.ERROR_CANCELLED;
    }
    // A full volume shows here: the spool is where the target is.
    if (length === 0 || writeFile(spool, data, length, moved.address, 0) !== 0) return 0;
    outcome.side = 'target';
    return lastCode();
  };
  outcome.code = withRaw(source, 0, (raw) => withCallback(exportPrototype, take, (call) => readRaw(call, 0, raw)));
  if (outcome.code !== 0) return outcome;
  outcome.side = 'target';
  if (!seek(spool, 0)) return { ...outcome, code: lastCode() };
  const give = (data: number, _: number, length: number): NativeCode => {
    moveMemory(moved.address, length, 4);
    return readFile(spool, data, moved.words[0], length, 0) === 0 ? lastCode() : 0;
  };
  outcome.code = withRaw(target, CREATE_FOR_IMPORT, (raw) =>
    withCallback(importPrototype, give, (call) => writeRaw(call, 0, raw)),
  );
  return outcome;
}

function withRaw(file: string, flags: number, use: (raw: number) => NativeCode): NativeCode {
  if (!openRaw.available || !readRaw.available || !writeRaw.available) return Win32.ERROR_CALL_NOT_IMPLEMENTED;
  path.bytes.writeUInt16LE(0, path.bytes.write(file, 0, PATH_LIMIT - 2, 'utf16le'));
  const code = openRaw(path.address, flags, context.address);
  if (code !== 0) return code;
  const raw = Number(context.bytes.readBigInt64LE(0));
  try {
    return use(raw);
  } finally {
    closeRaw(raw);
  }
}

function withCallback(
  prototype: ReturnType<typeof koffi.proto>,
  callback: (data: number, context: number, length: number) => NativeCode,
  use: (address: number) => NativeCode,
): NativeCode {
  const registered = koffi.register(
    (data: number | bigint, parameter: number | bigint, length: number | bigint) =>
      callback(Number(data), Number(parameter), Number(length)),
    koffi.pointer(prototype),
  );
  try {
    return use(Number(registered));
  } finally {
    koffi.unregister(registered);
  }
}
