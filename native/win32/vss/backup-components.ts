/**
 * A requester of shadow copies.
 * https://learn.microsoft.com/windows/win32/api/vsbackup/nl-vsbackup-ivssbackupcomponents
 */
import type { Operation, Requester, RequesterContext, SnapshotProperties } from '../../vss/calls.ts';
import type { Guid } from '../../vss/guid.ts';
import { hresult } from '../../vss/hresults.ts';
import type { Patience } from '../../vss/patience.ts';
import { type ChosenComponent, type WriterMetadata, type WriterStatus, writerStates } from '../../vss/writers.ts';
import { bind, bindAsync } from '../library.ts';
import { allocate } from '../memory.ts';
import { finish } from './async-operation.ts';
import { takeBstr } from './bstr.ts';
import { comError, ComObject } from './com-object.ts';
import { startCom } from './com-runtime.ts';
import { BACKUP_TYPE_COPY, Context, ObjectType } from './constants.ts';
import { GUID_SIZE, NO_GUID, readGuid } from './guid.ts';
import { OBJECT_PROPERTIES, OBJECT_SIZE, PROPERTIES_SIZE, readProperties } from './snapshot-properties.ts';
import { pointerAt, readWriterMetadata, takeText, using } from './writer-metadata.ts';

const CREATE = 'CreateVssBackupComponentsInternal';
const freeProperties = bind('vssapi', 'VssFreeSnapshotPropertiesInternal', 'void', ['size_t']);

export class BackupComponents implements Requester {
  readonly #object: ComObject<'IVssBackupComponents'>;
  readonly #patience: Patience;

  private constructor(object: ComObject<'IVssBackupComponents'>, patience: Patience) {
    this.#object = object;
    this.#patience = patience;
  }

  /** @throws NativeError, Interrupted */
  static async open(context: RequesterContext, patience: Patience): Promise<BackupComponents> {
    startCom();
    patience.check(CREATE);
    // vsbackup.h makes CreateVssBackupComponents of it.
    const create = bindAsync('vssapi', CREATE, 'int', ['size_t']);
    if (!create) throw comError(CREATE, hresult('E_NOTIMPL'));
    const { bytes, address } = allocate(8);
    const code = await patience.bound(CREATE, create(address));
    if (code < 0) throw comError(CREATE, code);
    const opened = new BackupComponents(new ComObject('IVssBackupComponents', pointerAt(bytes, 0)), patience);
    try {
      await opened.#call('InitializeForBackup', 0);
      await opened.#call('SetContext', Context[context]);
      return opened;
    } catch (error) {
      await opened.release(patience);
      throw error;
    }
  }

  with(patience: Patience): BackupComponents {
    return new BackupComponents(this.#object, patience);
  }

  async setBackupState(): Promise<void> {
    await this.#call('SetBackupState', 1, 0, BACKUP_TYPE_COPY, 0);
  }

  async run(operation: Operation): Promise<void> {
    const { bytes, address } = allocate(8);
    await this.#call(operation, address);
    const running = new ComObject('IVssAsync', pointerAt(bytes, 0));
    await finish(running, `IVssBackupComponents::${operation}`, this.#patience);
  }

  async writers(): Promise<WriterMetadata[]> {
    const count = await this.#count('GetWriterMetadataCount');
    const writers: WriterMetadata[] = [];
    const instance = allocate(GUID_SIZE);
    for (let i = 0; i < count; i++) {
      const get = (at: number): Promise<unknown> => this.#call('GetWriterMetadata', i, instance.address, at);
      writers.push(
        await using('IVssExamineWriterMetadata', get, this.#patience, (metadata) =>
          readWriterMetadata(metadata, this.#patience),
        ),
      );
    }
    await this.#call('FreeWriterMetadata');
    return writers;
  }

  async addComponent({ instance, writer, type, logicalPath, name }: ChosenComponent): Promise<void> {
    await this.#call('AddComponent', instance, writer, type, logicalPath, name);
  }

  async startSet(): Promise<Guid> {
    const { bytes, address } = allocate(GUID_SIZE);
    await this.#call('StartSnapshotSet', address);
    return readGuid(bytes, 0);
  }

  async supports(volume: string): Promise<boolean> {
    const { bytes, address } = allocate(8);
    await this.#call('IsVolumeSupported', NO_GUID, volume, address);
    return bytes.readInt32LE(0) !== 0;
  }

  async addVolume(volume: string): Promise<Guid> {
    const { bytes, address } = allocate(GUID_SIZE);
    await this.#call('AddToSnapshotSet', volume, NO_GUID, address);
    return readGuid(bytes, 0);
  }

  async writerStatus(): Promise<WriterStatus[]> {
    await this.run('GatherWriterStatus');
    const count = await this.#count('GetWriterStatusCount');
    const states: WriterStatus[] = [];
    for (let i = 0; i < count; i++) {
      const { bytes, address } = allocate(48);
      const fields = [0, 16, 32, 40, 44].map((offset) => address + offset);
      await this.#call('GetWriterStatus', i, ...fields);
      states.push({
        instance: readGuid(bytes, 0),
        writer: readGuid(bytes, 16),
        name: takeBstr(pointerAt(bytes, 32)),
        state: writerStates[bytes.readInt32LE(40)] ?? 'UNKNOWN',
        failure: bytes.readInt32LE(44),
      });
    }
    await this.#call('FreeWriterStatus');
    return states;
  }

  async properties(snapshot: Guid): Promise<SnapshotProperties> {
    const { bytes, address } = allocate(PROPERTIES_SIZE);
    await this.#call('GetSnapshotProperties', snapshot, address);
    const properties = readProperties(bytes);
    freeProperties(address);
    return properties;
  }

  async query(): Promise<SnapshotProperties[]> {
    const list = allocate(8);
    await this.#call('Query', NO_GUID, ObjectType.None, ObjectType.Snapshot, list.address);
    // S_FALSE may come without an object: there is nothing to list.
    if (pointerAt(list.bytes, 0) === 0) return [];
    const objects = new ComObject('IVssEnumObject', pointerAt(list.bytes, 0));
    try {
      return await this.#readAll(objects);
    } finally {
      await objects.release(this.#patience);
    }
  }

  async setSucceeded(
    { instance, writer, type, logicalPath, name }: ChosenComponent,
    succeeded: boolean,
  ): Promise<void> {
    await this.#call('SetBackupSucceeded', instance, writer, type, logicalPath, name, succeeded ? 1 : 0);
  }

  document(): Promise<string> {
    return takeText((at) => this.#call('SaveAsXML', at));
  }

  async abort(): Promise<void> {
    await this.#call('AbortBackup');
  }

  async delete(id: Guid, kind: 'snapshot' | 'set'): Promise<number> {
    const { bytes, address } = allocate(8 + GUID_SIZE);
    const type = kind === 'set' ? ObjectType.SnapshotSet : ObjectType.Snapshot;
    await this.#call('DeleteSnapshots', id, type, 1, address, address + 8);
    return bytes.readInt32LE(0);
  }

  release(patience: Patience): Promise<void> {
    return this.#object.release(patience);
  }

  async #readAll(objects: ComObject<'IVssEnumObject'>): Promise<SnapshotProperties[]> {
    const found: SnapshotProperties[] = [];
    for (;;) {
      const { bytes, address } = allocate(OBJECT_SIZE + 8);
      await objects.call('Next', this.#patience, 1, address, address + OBJECT_SIZE);
      if (bytes.readUInt32LE(OBJECT_SIZE) === 0) return found;
      found.push(readProperties(bytes, OBJECT_PROPERTIES));
      freeProperties(address + OBJECT_PROPERTIES);
    }
  }

  async #count(method: 'GetWriterMetadataCount' | 'GetWriterStatusCount'): Promise<number> {
    const { bytes, address } = allocate(8);
    await this.#call(method, address);
    return bytes.readUInt32LE(0);
  }

  #call(
    method: Parameters<ComObject<'IVssBackupComponents'>['call']>[0],
    ...values: (string | number | null)[]
  ): Promise<number> {
    return this.#object.call(method, this.#patience, ...values);
  }
}
