import type { WriterStatus } from '../../../native/vss/writers.ts';
import type { WarningEntry } from '../../types/protocol.ts';
import type { Chosen } from './components.ts';
import { hresultText } from './errors.ts';
import { retryOf } from './timing.ts';

/**
 * Writers that failed; a status of VSS_E_WRITER_STATUS_NOT_AVAILABLE comes with a state that is no failure.
 * https://learn.microsoft.com/windows/win32/api/vsbackup/nf-vsbackup-ivssbackupcomponents-getwriterstatus
 */
export function failedWriters(states: readonly WriterStatus[]): WriterStatus[] {
  return states.filter(({ state, failure }) => failure < 0 || state.startsWith('FAILED_'));
}

/** A failure that is worth another try: of a writer whose files are wanted. */
export function retryableFailure(failed: readonly WriterStatus[], chosen: readonly Chosen[]): WriterStatus | undefined {
  return failed.find(
    ({ instance, failure }) => retryOf(failure) !== 'never' && chosen.some((one) => one.instance === instance),
  );
}

export function writerWarnings(failed: readonly WriterStatus[], chosen: readonly Chosen[]): WarningEntry[] {
  return failed.map(({ name, instance, state, failure }) => {
    const isWanted = chosen.some((one) => one.instance === instance);
    const consequence = isWanted
      ? 'Its files are backed up as after a power cut'
      : 'None of its components is in this backup';
    return {
      id: 'SnapshotWriterFailed',
      message: `The writer '${name}' failed (${state}): ${hresultText(failure)}. ${consequence}.`,
    };
  });
}
