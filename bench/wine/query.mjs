import koffi from 'koffi';

// https://learn.microsoft.com/windows/win32/api/winternl/nf-winternl-ntcreatefile and, for the rest,
// https://learn.microsoft.com/windows-hardware/drivers/ddi/ntifs/nf-ntifs-zwqueryinformationbyname
const ntdll = koffi.load('ntdll.dll');
const queryByName = find('int NtQueryInformationByName(void *, void *, void *, uint32, int)');
const ntCreateFile = ntdll.func(
  'int NtCreateFile(void *, uint32, void *, void *, void *, uint32, uint32, uint32, uint32, void *, uint32)',
);
const query = ntdll.func('int NtQueryInformationFile(int64, void *, void *, uint32, int)');
const ntClose = ntdll.func('int NtClose(int64)');

const STAT_INFORMATION = 68;
/** Basic, standard and internal information: what together says as much as the above. */
const PARTS = [
  [4, 40],
  [5, 24],
  [6, 8],
];
const ASK = 0x0010_0080;
const SHARE_ALL = 7;
const OPEN = 1;
/** Synchronous, for a backup, a link itself and not its target. */
const OPTIONS = 0x0020_4020;

/** OBJECT_ATTRIBUTES (48 bytes) and UNICODE_STRING (16), which point to memory: it must not move. */
const block = Buffer.from(new ArrayBuffer(4096));
const text = Buffer.from(new ArrayBuffer(4096));
const status = Buffer.alloc(16);
const out = Buffer.alloc(8);
const answer = Buffer.alloc(72);
block.writeUInt32LE(48, 0);
block.writeBigUInt64LE(BigInt(koffi.address(block)) + 48n, 16);
block.writeBigUInt64LE(BigInt(koffi.address(text)), 56);
let byName = queryByName !== undefined;

/** Asks about the entry `name` of an open directory; whether that could be done. */
export function queryLikeTheEngine(directory, name) {
  block.writeBigInt64LE(BigInt(directory), 8);
  const length = text.write(name, 0, 'utf16le');
  block.writeUInt16LE(length, 48);
  block.writeUInt16LE(length, 50);
  if (byName) {
    if (queryByName(block, status, answer, answer.length, STAT_INFORMATION) >= 0) return true;
    byName = false;
  }
  if (ntCreateFile(out, ASK, block, status, null, 0, SHARE_ALL, OPEN, OPTIONS, null, 0) < 0) return false;
  const handle = Number(out.readBigInt64LE(0));
  const isTold = PARTS.every(([kind, size]) => query(handle, status, answer, size, kind) >= 0);
  ntClose(handle);
  return isTold;
}

function find(declaration) {
  try {
    return ntdll.func(declaration);
  } catch {
    return undefined;
  }
}
