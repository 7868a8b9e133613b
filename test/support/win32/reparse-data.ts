/** REPARSE_DATA_BUFFER; https://learn.microsoft.com/windows-hardware/drivers/ddi/ntifs/ns-ntifs-_reparse_data_buffer */
export const Tag = {
  MountPoint: 0xa000_0003,
  SymbolicLink: 0xa000_000c,
  Dedup: 0x8000_0013,
  Cloud: 0x9000_001a,
} as const;

export function junction(target: string): Buffer {
  return withPaths(Tag.MountPoint, `\\??\\${target}`, target, []);
}

export function symbolicLink(target: string): Buffer {
  const relative = [1, 0, 0, 0];
  return withPaths(Tag.SymbolicLink, target, target, relative);
}

/** Data of a vendor's own tag; tags that are not Microsoft's carry a GUID. */
export function foreign(tag: number, text: string): Buffer {
  return buffer(tag, Buffer.concat([Buffer.alloc(16, 7), Buffer.from(text)]), text.length);
}

export function microsoft(tag: number, text: string): Buffer {
  return buffer(tag, Buffer.from(text), text.length);
}

function withPaths(tag: number, substitute: string, print: string, flags: readonly number[]): Buffer {
  const names = [substitute, print].map((name) => Buffer.from(`${name}\0`, 'utf16le'));
  const lengths = Buffer.alloc(8);
  lengths.writeUInt16LE(names[0].length - 2, 2);
  lengths.writeUInt16LE(names[0].length, 4);
  lengths.writeUInt16LE(names[1].length - 2, 6);
  const data = Buffer.concat([lengths, Buffer.from(flags), ...names]);
  return buffer(tag, data, data.length);
}

function buffer(tag: number, data: Buffer, length: number): Buffer {
  const header = Buffer.alloc(8);
  header.writeUInt32LE(tag, 0);
  header.writeUInt16LE(length, 4);
  return Buffer.concat([header, data]);
}
