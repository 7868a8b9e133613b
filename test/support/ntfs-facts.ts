import { createHash } from 'node:crypto';
import { itemsBelow, readProperties } from './ntfs-properties.ts';

/** What NTFS has of a folder and each item below it, a line for each thing, to be compared. */
export function ntfsFacts(root: string): string[] {
  return [root, ...[...itemsBelow(root)].map(({ path }) => path)].flatMap((path) =>
    factsOf(path).map((fact) => `${path.slice(root.length)} ${fact}`),
  );
}

function factsOf(path: string): string[] {
  const { security, attributes, created, written, extended, reparse, streams } = readProperties(path);
  return [
    ...securityFacts(security),
    `attributes ${attributes.toString(16)}`,
    `created ${created}`,
    `written ${written}`,
    `extended attributes ${extended?.toString('hex') ?? 'none'}`,
    `reparse data ${reparse?.toString('hex') ?? 'none'}`,
    ...[...streams].map(([name, data]) => `stream ${name}: ${data.length} ${sha256(data)}`).sort(),
  ];
}

/**
 * Part by part, byte for byte. A descriptor may have its parts in any order, with room between them; the driver puts the
 * lists first, Windows and its double the owner. SE_DACL_AUTO_INHERIT_REQ and its like ask for what is then set, and stay
 * nowhere.
 */
function securityFacts(descriptor: Buffer): string[] {
  const REQUESTS = 0x0300;
  const part = (name: string, field: number, length: (part: Buffer) => number): string => {
    const at = descriptor.readUInt32LE(field);
    const found = descriptor.subarray(at);
    return `${name} ${at === 0 ? 'none' : found.toString('hex', 0, length(found))}`;
  };
  const sid = (found: Buffer): number => 8 + 4 * (found[1] ?? 0);
  const list = (found: Buffer): number => found.readUInt16LE(2);
  return [
    `control ${(descriptor.readUInt16LE(2) & ~REQUESTS).toString(16)}`,
    part('owner', 4, sid),
    part('group', 8, sid),
    part('SACL', 12, list),
    part('DACL', 16, list),
  ];
}

function sha256(data: Buffer): string {
  return createHash('sha256').update(data).digest('hex');
}
