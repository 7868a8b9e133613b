import { NativeError } from '../../../native/index.ts';
import { describeHresult } from '../../../native/vss/hresults.ts';
import { Interrupted } from '../../../native/vss/patience.ts';
import { EngineError } from '../../errors/engine-error.ts';
import type { ErrorId } from '../../errors/catalogue.ts';
import { retryOf } from './timing.ts';

/** What helps, where it is known. docs/shadow-copies-vss.md has them all. */
const hints: Record<string, string> = {
  E_ACCESSDENIED: 'Run elevated, as an administrator or backup operator.',
  E_NOTIMPL: 'Use -Snapshot None to read the live files; this system has no shadow copies.',
  ERROR_SERVICE_DISABLED: 'Set the service "Volume Shadow Copy" (VSS) to start manually.',
  REGDB_E_CLASSNOTREG: 'Look at "vssadmin list providers"; run "sfc /scannow".',
  VSS_E_SNAPSHOT_SET_IN_PROGRESS: 'Wait until the other program has made its shadow copy, and run again.',
  VSS_E_INSUFFICIENT_STORAGE: 'Give shadow copies more room: vssadmin resize shadowstorage.',
  VSS_E_MAXIMUM_NUMBER_OF_SNAPSHOTS_REACHED: 'Delete old shadow copies: Get-ShadowCopy, vssadmin list shadows.',
  VSS_E_VOLUME_NOT_SUPPORTED: 'Shadow copies need NTFS or ReFS on a fixed disk.',
  VSS_E_WRITERERROR_NONRETRYABLE:
    'Look at "vssadmin list writers" and at the event log; restart the service of the writer.',
  VSS_E_PROVIDER_VETO: 'Look at the events of VSS and VolSnap in the event log of the computer.',
};

/** The error of a failed call or wait, for people. What is neither is passed on. */
export function vssError(id: ErrorId, what: string, error: unknown): unknown {
  if (error instanceof Interrupted) return interruptedError(what, error);
  if (!(error instanceof NativeError)) return error;
  const { code, name, text } = error.native;
  const hint = hints[name];
  return new EngineError(id, {
    message: `${what}: ${text} (${name}, ${error.call}).`,
    native: error.native,
    retryable: retryOf(code, error.call) !== 'never',
    ...(hint !== undefined && { hint }),
    cause: error,
  });
}

function interruptedError(what: string, { why, call, message }: Interrupted): EngineError {
  if (why === 'cancelled') return new EngineError('Cancelled', { message: `${what}: it was cancelled (${call}).` });
  return new EngineError('SnapshotFailed', {
    message: `${what}: ${message}.`,
    hint: 'Look at "vssadmin list writers" and at the event log; allow it more time if the computer is only busy.',
    category: 'OperationTimeout',
    retryable: true,
  });
}

/** `VSS_E_WRITERERROR_TIMEOUT: The writer took too long …` */
export function hresultText(code: number): string {
  const { name, text } = describeHresult(code);
  return `${text} (${name})`;
}
