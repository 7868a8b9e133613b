/** https://learn.microsoft.com/windows-hardware/drivers/ddi/ntifs/nf-ntifs-zwqueryvolumeinformationfile */
import type { Directory, VolumeInfo } from '../types.ts';
import { codeOfStatus, nativeError } from './errors.ts';
import { bind } from './library.ts';
import { allocate } from './memory.ts';
import { statusAddress } from './object-attributes.ts';

const queryVolume = bind('ntdll', 'NtQueryVolumeInformationFile', 'int', ['int64', 'size_t', 'size_t', 'uint', 'int']);
const getInformation = bind('kernel32', 'GetFileInformationByHandleEx', 'int', ['int64', 'int', 'size_t', 'uint']);

/** FS_INFORMATION_CLASS. */
const Kind = { Volume: 1, Attribute: 5, FullSize: 7 } as const;
/** FILE_FS_VOLUME_INFORMATION: creation time, serial number, … */
const SERIAL = 8;
/** FILE_FS_ATTRIBUTE_INFORMATION: flags, longest name, length of the file system's name in bytes, that name. */
const AttributeField = { Flags: 0, NameLength: 8, Name: 12 } as const;
const FILE_READ_ONLY_VOLUME = 0x0008_0000;
/** FILE_FS_FULL_SIZE_INFORMATION: units in all, those the caller may have, those that are free; sectors a unit, bytes a sector. */
const SizeField = { Total: 0, Available: 8, SectorsPerUnit: 24, BytesPerSector: 28 } as const;
const STATUS_BUFFER_OVERFLOW = 0x8000_0005 | 0;

const SIZE = 1024;
const answer = allocate(SIZE);

export function volumeOf(directory: Directory): VolumeInfo {
  const { bytes } = answer;
  query(directory, Kind.Attribute);
  const type = bytes.toString(
    'utf16le',
    AttributeField.Name,
    AttributeField.Name + bytes.readUInt32LE(AttributeField.NameLength),
  );
  const readOnly = (bytes.readUInt32LE(AttributeField.Flags) & FILE_READ_ONLY_VOLUME) !== 0;
  query(directory, Kind.FullSize);
  const unit = bytes.readUInt32LE(SizeField.SectorsPerUnit) * bytes.readUInt32LE(SizeField.BytesPerSector);
  const freeBytes = Number(bytes.readBigUInt64LE(SizeField.Available)) * unit;
  const totalBytes = Number(bytes.readBigUInt64LE(SizeField.Total)) * unit;
  return { id: volumeId(directory), type, freeBytes, totalBytes, readOnly };
}

/** FILE_ID_INFO: the serial number in 64 bits, a file id. */
const FILE_ID_INFO = 18;
const FILE_ID_INFO_SIZE = 24;

/** The serial number: it stays with the volume, whatever letter, share or computer it is reached by. */
function volumeId(directory: Directory): string {
  const { bytes, address } = answer;
  if (getInformation(directory.handle, FILE_ID_INFO, address, FILE_ID_INFO_SIZE) !== 0)
    return bytes.readBigUInt64LE(0).toString(16).padStart(16, '0');
  query(directory, Kind.Volume);
  return bytes.readUInt32LE(SERIAL).toString(16).padStart(16, '0');
}

function query(directory: Directory, kind: number): void {
  const status = queryVolume(directory.handle, statusAddress, answer.address, SIZE, kind);
  if (status < 0 && status !== STATUS_BUFFER_OVERFLOW)
    throw nativeError('NtQueryVolumeInformationFile', codeOfStatus(status));
}
