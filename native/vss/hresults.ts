/**
 * What VSS answers: names and codes of vsserror.h, and what they mean.
 * https://learn.microsoft.com/windows/win32/api/vsbackup/ and the pages of its methods
 */
export interface HresultMeaning {
  readonly code: number;
  readonly name: string;
  readonly text: string;
}

const table: readonly (readonly [number, string, string])[] = [
  [0x80004001, 'E_NOTIMPL', 'This system has no Volume Shadow Copy Service'],
  [0x80004002, 'E_NOINTERFACE', 'The service lacks an interface'],
  [0x80004004, 'E_ABORT', 'The operation was aborted'],
  [0x80004005, 'E_FAIL', 'Unspecified error'],
  [0x8000ffff, 'E_UNEXPECTED', 'Unexpected error; the event log of the computer says more'],
  [0x80070005, 'E_ACCESSDENIED', 'The caller is no administrator or backup operator'],
  [0x8007000e, 'E_OUTOFMEMORY', 'Memory or another resource of the system is used up'],
  [0x80070057, 'E_INVALIDARG', 'A parameter is not valid'],
  [0x80070422, 'ERROR_SERVICE_DISABLED', 'The service is disabled'],
  [0x800401f0, 'CO_E_NOTINITIALIZED', 'COM has not been initialised'],
  [0x80010108, 'RPC_E_DISCONNECTED', 'The service has ended'],
  [0x80010119, 'RPC_E_TOO_LATE', 'The security of COM has been set already'],
  [0x800706ba, 'RPC_S_SERVER_UNAVAILABLE', 'The service cannot be reached'],
  [0x800706be, 'RPC_S_CALL_FAILED', 'The service ended during the call'],
  [0x80040154, 'REGDB_E_CLASSNOTREG', 'The service is not registered'],
  [0x80042301, 'VSS_E_BAD_STATE', 'The object is not in the state that the call needs'],
  [0x80042302, 'VSS_E_UNEXPECTED', 'The service had an unexpected error; the event log of the computer says more'],
  [0x80042303, 'VSS_E_PROVIDER_ALREADY_REGISTERED', 'The provider is registered already'],
  [0x80042304, 'VSS_E_PROVIDER_NOT_REGISTERED', 'The provider is not registered'],
  [0x80042306, 'VSS_E_PROVIDER_VETO', 'The provider refused; the event log of the computer says why'],
  [0x80042307, 'VSS_E_PROVIDER_IN_USE', 'The provider is in use'],
  [0x80042308, 'VSS_E_OBJECT_NOT_FOUND', 'There is no such volume, shadow copy or object'],
  [0x8004230c, 'VSS_E_VOLUME_NOT_SUPPORTED', 'No provider can make shadow copies of the volume'],
  [0x8004230d, 'VSS_E_OBJECT_ALREADY_EXISTS', 'It exists already'],
  [0x8004230e, 'VSS_E_VOLUME_NOT_SUPPORTED_BY_PROVIDER', 'The provider cannot make shadow copies of the volume'],
  [0x8004230f, 'VSS_E_UNEXPECTED_PROVIDER_ERROR', 'The provider failed; the event log of the computer says why'],
  [0x80042310, 'VSS_E_CORRUPT_XML_DOCUMENT', 'A metadata document is damaged'],
  [0x80042311, 'VSS_E_INVALID_XML_DOCUMENT', 'A metadata document is not valid'],
  [0x80042312, 'VSS_E_MAXIMUM_NUMBER_OF_VOLUMES_REACHED', 'The set has as many volumes as one can have (64)'],
  [0x80042313, 'VSS_E_FLUSH_WRITES_TIMEOUT', 'A volume was too busy to be flushed in time'],
  [0x80042314, 'VSS_E_HOLD_WRITES_TIMEOUT', 'A volume was too busy to be frozen in time'],
  [0x80042315, 'VSS_E_UNEXPECTED_WRITER_ERROR', 'The service could not talk to the writers'],
  [0x80042316, 'VSS_E_SNAPSHOT_SET_IN_PROGRESS', 'Another shadow copy is being made'],
  [0x80042317, 'VSS_E_MAXIMUM_NUMBER_OF_SNAPSHOTS_REACHED', 'The volume has as many shadow copies as it can have'],
  [0x80042318, 'VSS_E_WRITER_INFRASTRUCTURE', 'The part of the service that talks to writers is out of order'],
  [0x80042319, 'VSS_E_WRITER_NOT_RESPONDING', 'A writer did not answer'],
  [0x8004231a, 'VSS_E_WRITER_ALREADY_SUBSCRIBED', 'The writer is subscribed already'],
  [0x8004231b, 'VSS_E_UNSUPPORTED_CONTEXT', 'This Windows does not make shadow copies of this kind'],
  [0x8004231d, 'VSS_E_VOLUME_IN_USE', 'The volume is in use'],
  [0x8004231e, 'VSS_E_MAXIMUM_DIFFAREA_ASSOCIATIONS_REACHED', 'The volume holds shadow storage of too many volumes'],
  [0x8004231f, 'VSS_E_INSUFFICIENT_STORAGE', 'The shadow storage has no room'],
  [0x80042320, 'VSS_E_NO_SNAPSHOTS_IMPORTED', 'No shadow copy was imported'],
  [0x80042321, 'VSS_E_SOME_SNAPSHOTS_NOT_IMPORTED', 'Some shadow copies were not imported'],
  [0x80042322, 'VSS_E_MAXIMUM_NUMBER_OF_REMOTE_MACHINES_REACHED', 'Too many file servers are in the set'],
  [0x80042323, 'VSS_E_REMOTE_SERVER_UNAVAILABLE', 'The file server cannot be reached'],
  [0x80042324, 'VSS_E_REMOTE_SERVER_UNSUPPORTED', 'The file server has no VSS agent for shares'],
  [0x80042325, 'VSS_E_REVERT_IN_PROGRESS', 'The volume is being reverted to a shadow copy'],
  [0x80042326, 'VSS_E_REVERT_VOLUME_LOST', 'The volume was lost while it was reverted'],
  [0x80042327, 'VSS_E_REBOOT_REQUIRED', 'The computer has to be restarted first'],
  [0x80042328, 'VSS_E_TRANSACTION_FREEZE_TIMEOUT', 'Transactions could not be frozen in time'],
  [0x80042329, 'VSS_E_TRANSACTION_THAW_TIMEOUT', 'Transactions could not be thawed in time'],
  [0x8004232a, 'VSS_E_UNSELECTED_VOLUME', 'A volume was not selected'],
  [0x8004232b, 'VSS_E_SNAPSHOT_NOT_IN_SET', 'The shadow copy is not in the set'],
  [0x8004232c, 'VSS_E_NESTED_VOLUME_LIMIT', 'The volume is nested too deep in virtual disks'],
  [0x8004232d, 'VSS_E_VOLUME_NOT_LOCAL', 'The volume is owned by another node of the cluster'],
  [0x8004232e, 'VSS_E_CLUSTER_TIMEOUT', 'The cluster did not answer in time'],
  [0x8004232f, 'VSS_E_NOT_SUPPORTED', 'The operation is not supported'],
  [0x80042336, 'VSS_E_WRITERERROR_PARTIAL_FAILURE', 'Some components of the writer failed'],
  [
    0x800423f0,
    'VSS_E_WRITERERROR_INCONSISTENTSNAPSHOT',
    'The shadow copies hold only some of the volumes the writer needs',
  ],
  [0x800423f1, 'VSS_E_WRITERERROR_OUTOFRESOURCES', 'The writer ran out of memory or another resource'],
  [0x800423f2, 'VSS_E_WRITERERROR_TIMEOUT', 'The writer took too long between freeze and thaw'],
  [0x800423f3, 'VSS_E_WRITERERROR_RETRYABLE', 'The writer failed, and may do better when tried again'],
  [0x800423f4, 'VSS_E_WRITERERROR_NONRETRYABLE', 'The writer failed, and may fail again'],
  [0x800423f5, 'VSS_E_WRITERERROR_RECOVERY_FAILED', 'The writer could not recover its files in the shadow copy'],
  [0x800423f6, 'VSS_E_BREAK_REVERT_ID_FAILED', 'The identity of a disk could not be reverted'],
  [0x800423f7, 'VSS_E_LEGACY_PROVIDER', 'The provider is too old'],
  [0x800423f8, 'VSS_E_MISSING_DISK', 'A disk is missing'],
  [0x800423f9, 'VSS_E_MISSING_HIDDEN_VOLUME', 'A hidden volume is missing'],
  [0x800423fa, 'VSS_E_MISSING_VOLUME', 'A volume is missing'],
  [0x800423fb, 'VSS_E_AUTORECOVERY_FAILED', 'Files could not be recovered in the shadow copy'],
  [0x800423fc, 'VSS_E_DYNAMIC_DISK_ERROR', 'A dynamic disk made an error'],
  [0x800423fd, 'VSS_E_NONTRANSPORTABLE_BCD', 'The document belongs to another computer'],
  [0x800423fe, 'VSS_E_CANNOT_REVERT_DISKID', 'The identity of a disk cannot be reverted'],
  [0x800423ff, 'VSS_E_RESYNC_IN_PROGRESS', 'A volume is being synchronised again'],
  [0x80042400, 'VSS_E_CLUSTER_ERROR', 'The cluster made an error'],
  [
    0x80042409,
    'VSS_E_WRITER_STATUS_NOT_AVAILABLE',
    'The writer has no status: it may have as many backup sessions as it can have',
  ],
  [0x80042417, 'VSS_E_FSS_TIMEOUT', 'The VSS agent for shares took too long'],
];

const meanings = new Map(table.map(([code, name, text]) => [code | 0, { code: code | 0, name, text }]));

/** All that the documentation names, for tests and pages. */
export const documentedHresults: readonly HresultMeaning[] = [...meanings.values()];

/** The code by its name. */
export function hresult(name: string): number {
  const found = documentedHresults.find((meaning) => meaning.name === name);
  if (!found) throw new RangeError(`${name} is no HRESULT of VSS`);
  return found.code;
}

/** @param code signed, as calls return it */
export function describeHresult(code: number): HresultMeaning {
  const hex = `0x${(code >>> 0).toString(16).padStart(8, '0')}`;
  return meanings.get(code) ?? { code, name: hex, text: `The service answered ${hex}` };
}
