/** https://learn.microsoft.com/windows/win32/api/vss/ns-vss-vss_snapshot_prop */
import type { SnapshotProperties } from '../../vss/calls.ts';
import { readWide } from './bstr.ts';
import { Attribute, SNAPSHOT_CREATED } from './constants.ts';
import { GUID_SIZE, readGuid } from './guid.ts';

/** Offsets of the fields, with the gaps a 64-bit compiler leaves. */
export const PropertyField = {
  Id: 0,
  SetId: 16,
  Device: 40,
  Volume: 48,
  Machine: 56,
  Provider: 88,
  Attributes: 104,
  CreatedAt: 112,
  State: 120,
} as const;
export const PROPERTIES_SIZE = 128;

/** Seconds between 1601 and 1970, in units of 100 ns. */
const EPOCH = 116_444_736_000_000_000n;
const UNITS_PER_MS = 10_000n;

/** Reads the structure; its strings still have to be freed. */
export function readProperties(bytes: Buffer, at = 0): SnapshotProperties {
  const text = (field: number): string => readWide(Number(bytes.readBigUInt64LE(at + field)));
  return {
    id: readGuid(bytes, at + PropertyField.Id),
    setId: readGuid(bytes, at + PropertyField.SetId),
    device: text(PropertyField.Device),
    volume: text(PropertyField.Volume),
    machine: text(PropertyField.Machine),
    provider: readGuid(bytes, at + PropertyField.Provider),
    persists: (bytes.readInt32LE(at + PropertyField.Attributes) & Attribute.NoAutoRelease) !== 0,
    createdAt: new Date(Number((bytes.readBigInt64LE(at + PropertyField.CreatedAt) - EPOCH) / UNITS_PER_MS)),
    isCreated: bytes.readInt32LE(at + PropertyField.State) === SNAPSHOT_CREATED,
  };
}

/** VSS_OBJECT_PROP: a type, then the structure. */
export const OBJECT_PROPERTIES = GUID_SIZE / 2;
export const OBJECT_SIZE = OBJECT_PROPERTIES + PROPERTIES_SIZE;
