import koffi from 'koffi';
import { type Guid, guidParts } from '../../vss/guid.ts';

export const GUID_SIZE = 16;
export const NO_GUID: Guid = '{00000000-0000-0000-0000-000000000000}';

/** Two halves: passed by value it goes where each processor's convention puts 16 bytes of integers. */
export const GUID = koffi.struct({ low: 'uint64_t', high: 'uint64_t' });
export interface GuidValue {
  low: bigint;
  high: bigint;
}

/** https://learn.microsoft.com/windows/win32/api/guiddef/ns-guiddef-guid */
export function readGuid(bytes: Buffer, at: number): Guid {
  const numbers = [bytes.readUInt32LE(at).toString(16).padStart(8, '0')];
  for (const offset of [4, 6])
    numbers.push(
      bytes
        .readUInt16LE(at + offset)
        .toString(16)
        .padStart(4, '0'),
    );
  numbers.push(bytes.toString('hex', at + 8, at + 10), bytes.toString('hex', at + 10, at + GUID_SIZE));
  return `{${numbers.join('-')}}`;
}

/** @throws RangeError when the text is no GUID */
export function guidValue(guid: Guid): GuidValue {
  const parts = guidParts(guid);
  if (!parts) throw new RangeError(`'${guid}' is no GUID`);
  const bytes = Buffer.alloc(GUID_SIZE);
  bytes.writeUInt32LE(Number.parseInt(parts[0], 16), 0);
  bytes.writeUInt16LE(Number.parseInt(parts[1], 16), 4);
  bytes.writeUInt16LE(Number.parseInt(parts[2], 16), 6);
  bytes.write(parts[3] + parts[4], 8, 'hex');
  return { low: bytes.readBigUInt64LE(0), high: bytes.readBigUInt64LE(8) };
}
