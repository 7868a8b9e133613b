/**
 * What writers say of their files before a backup.
 * https://learn.microsoft.com/windows/win32/api/vsbackup/nl-vsbackup-ivssexaminewritermetadata
 * https://learn.microsoft.com/windows/win32/api/vsbackup/nl-vsbackup-ivsswmcomponent
 */
import koffi from 'koffi';
import type { Patience } from '../../vss/patience.ts';
import type { Component, FileDescription, WriterMetadata } from '../../vss/writers.ts';
import { allocate } from '../memory.ts';
import { readBstr, takeBstr } from './bstr.ts';
import { ComObject } from './com-object.ts';
import { readGuid } from './guid.ts';
import type { InterfaceName } from './slots.ts';

/** VSS_COMPONENTINFO: https://learn.microsoft.com/windows/win32/api/vsbackup/ns-vsbackup-vss_componentinfo */
export const ComponentField = {
  Type: 0,
  LogicalPath: 8,
  Name: 16,
  Selectable: 46,
  FileCount: 52,
  DatabaseCount: 56,
  LogCount: 60,
} as const;
export const COMPONENT_INFO_SIZE = 72;

type Metadata = ComObject<'IVssExamineWriterMetadata'>;

/** @throws NativeError, Interrupted */
export async function readWriterMetadata(metadata: Metadata, patience: Patience): Promise<WriterMetadata> {
  const { bytes, address } = allocate(64);
  await metadata.call('GetIdentity', patience, address, address + 16, address + 32, address + 40, address + 44);
  const identity = { instance: readGuid(bytes, 0), writer: readGuid(bytes, 16), name: takeBstr(pointerAt(bytes, 32)) };
  await metadata.call('GetFileCounts', patience, address, address + 4, address + 8);
  const [, excluded, components] = [0, 4, 8].map((at) => bytes.readUInt32LE(at));
  const writer: WriterMetadata = { ...identity, components: [], excludedFiles: [], xml: '' };
  for (let i = 0; i < excluded; i++)
    writer.excludedFiles.push(await readFile((at) => metadata.call('GetExcludeFile', patience, i, at), patience));
  for (let i = 0; i < components; i++) writer.components.push(await readComponent(metadata, i, patience));
  writer.xml = await takeText((at) => metadata.call('SaveAsXML', patience, at));
  return writer;
}

/** Uses the object that a call gives, and releases it. */
export async function using<I extends InterfaceName, T>(
  name: I,
  get: (address: number) => Promise<unknown>,
  patience: Patience,
  use: (object: ComObject<I>) => Promise<T>,
): Promise<T> {
  const { bytes, address } = allocate(8);
  await get(address);
  const object = new ComObject(name, pointerAt(bytes, 0));
  try {
    return await use(object);
  } finally {
    await object.release(patience);
  }
}

/** The string that a call gives. */
export async function takeText(get: (address: number) => Promise<unknown>): Promise<string> {
  const { bytes, address } = allocate(8);
  await get(address);
  return takeBstr(pointerAt(bytes, 0));
}

export function pointerAt(bytes: Buffer, at: number): number {
  return Number(bytes.readBigUInt64LE(at));
}

function readComponent(metadata: Metadata, index: number, patience: Patience): Promise<Component> {
  const get = (at: number): Promise<unknown> => metadata.call('GetComponent', patience, index, at);
  return using('IVssWMComponent', get, patience, async (component) => {
    const { bytes, address } = allocate(8);
    await component.call('GetComponentInfo', patience, address);
    const info = pointerAt(bytes, 0);
    const fields = Buffer.from(Buffer.from(koffi.view(BigInt(info), COMPONENT_INFO_SIZE)));
    const text = (at: number): string => readBstr(pointerAt(fields, at));
    const described: Component = {
      type: fields.readInt32LE(ComponentField.Type),
      logicalPath: text(ComponentField.LogicalPath),
      name: text(ComponentField.Name),
      selectable: fields[ComponentField.Selectable] !== 0,
      files: [],
    };
    await component.call('FreeComponentInfo', patience, info);
    const kinds = [
      ['GetFile', ComponentField.FileCount],
      ['GetDatabaseFile', ComponentField.DatabaseCount],
      ['GetDatabaseLogFile', ComponentField.LogCount],
    ] as const;
    for (const [method, field] of kinds)
      for (let i = 0; i < fields.readUInt32LE(field); i++)
        described.files.push(await readFile((at) => component.call(method, patience, i, at), patience));
    return described;
  });
}

function readFile(get: (address: number) => Promise<unknown>, patience: Patience): Promise<FileDescription> {
  return using('IVssWMFiledesc', get, patience, async (file) => {
    const path = await takeText((at) => file.call('GetPath', patience, at));
    const specification = await takeText((at) => file.call('GetFilespec', patience, at));
    const { bytes, address } = allocate(8);
    await file.call('GetRecursive', patience, address);
    return { path, specification, recursive: bytes[0] !== 0 };
  });
}
