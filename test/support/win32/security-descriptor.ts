/** Self-relative security descriptors from parts; https://learn.microsoft.com/windows/win32/secauthz/security-descriptor-string-format */

/** `S-1-5-32-544` as bytes. */
export function sid(text: string): Buffer {
  const [, , authority, ...parts] = text.split('-').map(Number);
  const bytes = Buffer.alloc(8 + 4 * parts.length);
  bytes.set([1, parts.length, 0, 0, 0, 0, 0, authority]);
  parts.forEach((part, index) => bytes.writeUInt32LE(part, 8 + 4 * index));
  return bytes;
}

export interface Entry {
  /** 0 allow, 1 deny, 2 audit, 17 mandatory label. */
  type: number;
  flags: number;
  mask: number;
  who: string;
}

export function descriptor(parts: {
  control?: number;
  owner: string;
  group: string;
  dacl: readonly Entry[];
  sacl?: readonly Entry[];
}): Buffer {
  const lists = [parts.sacl ? list(parts.sacl) : undefined, list(parts.dacl)];
  const pieces = [sid(parts.owner), sid(parts.group), ...lists];
  const header = Buffer.alloc(20);
  header[0] = 1;
  header.writeUInt16LE(0x8004 | (parts.sacl ? 0x10 : 0) | (parts.control ?? 0), 2);
  let at = header.length;
  pieces.forEach((piece, index) => {
    header.writeUInt32LE(piece ? at : 0, 4 + 4 * index);
    at += piece?.length ?? 0;
  });
  return Buffer.concat([header, ...pieces.filter((piece) => piece !== undefined)]);
}

function list(entries: readonly Entry[]): Buffer {
  const body = Buffer.concat(
    entries.map(({ type, flags, mask, who }) => {
      const name = sid(who);
      const entry = Buffer.alloc(8);
      entry.set([type, flags]);
      entry.writeUInt16LE(8 + name.length, 2);
      entry.writeUInt32LE(mask, 4);
      return Buffer.concat([entry, name]);
    }),
  );
  const header = Buffer.alloc(8);
  header[0] = 2;
  header.writeUInt16LE(8 + body.length, 2);
  header.writeUInt16LE(entries.length, 4);
  return Buffer.concat([header, body]);
}
