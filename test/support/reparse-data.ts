/**
 * Reparse data as it is stored, in hex.
 * https://learn.microsoft.com/windows-hardware/drivers/ddi/ntifs/ns-ntifs-_reparse_data_buffer
 */
const SYMLINK = 0xa000_000c;
const MOUNT_POINT = 0xa000_0003;
const RELATIVE = 1;

export function reparseData(tag: number, data: Buffer): string {
  const header = Buffer.alloc(8);
  header.writeUInt32LE(tag, 0);
  header.writeUInt16LE(data.length, 4);
  return Buffer.concat([header, data]).toString('hex');
}

/** A symbolic link to something beside it. */
export function linkTo(target: string): string {
  const name = Buffer.from(target, 'utf16le');
  const header = Buffer.alloc(12);
  header.writeUInt16LE(name.length, 0 + 2);
  header.writeUInt16LE(name.length, 4);
  header.writeUInt16LE(name.length, 6);
  header.writeUInt32LE(RELATIVE, 8);
  return reparseData(SYMLINK, Buffer.concat([header, name, name]));
}

/** @param target with a drive letter */
export function junctionTo(target: string): string {
  const [name, shown] = [Buffer.from(`\\??\\${target}\0`, 'utf16le'), Buffer.from(`${target}\0`, 'utf16le')];
  const header = Buffer.alloc(8);
  header.writeUInt16LE(name.length - 2, 2);
  header.writeUInt16LE(name.length, 4);
  header.writeUInt16LE(shown.length - 2, 6);
  return reparseData(MOUNT_POINT, Buffer.concat([header, name, shown]));
}
