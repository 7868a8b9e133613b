import { hresult } from '../../../native/vss/hresults.ts';

/** How long VSS is waited for, and when it is asked again. */
export interface VssTiming {
  /** Between two tries while somebody else makes a shadow copy: that takes seconds. */
  readonly soonMs: number;
  /** Between two tries after a writer, a volume or a provider had too much to do; less where that would not fit. */
  readonly laterMs: number;
  /** How often writers are asked, all in all. */
  readonly writerAttempts: number;
  /** For calls that clean up or look: they do not depend on how long the making may take. */
  readonly cleanupMs: number;
  /** For calls to end after they were cancelled. */
  readonly graceMs: number;
}

/**
 * Ten minutes and three repetitions are what these pages recommend.
 * https://learn.microsoft.com/windows/win32/api/vsbackup/nf-vsbackup-ivssbackupcomponents-getwriterstatus
 * https://learn.microsoft.com/windows/win32/api/vsbackup/nf-vsbackup-ivssbackupcomponents-dosnapshotset
 */
export const usualTiming: VssTiming = {
  soonMs: 10_000,
  laterMs: 600_000,
  writerAttempts: 4,
  cleanupMs: 60_000,
  graceMs: 10_000,
};

const soon = new Set(['VSS_E_SNAPSHOT_SET_IN_PROGRESS'].map(hresult));
const later = new Set(
  [
    'VSS_E_WRITERERROR_TIMEOUT',
    'VSS_E_WRITERERROR_RETRYABLE',
    'VSS_E_WRITERERROR_OUTOFRESOURCES',
    'VSS_E_FLUSH_WRITES_TIMEOUT',
    'VSS_E_HOLD_WRITES_TIMEOUT',
  ].map(hresult),
);

/** Of these only DoSnapshotSet says that they may pass. */
const laterWhenMade = new Set(['VSS_E_PROVIDER_VETO', 'VSS_E_UNEXPECTED_PROVIDER_ERROR'].map(hresult));

/**
 * Whether trying again may help: soon, as long as there is time; later, a few times; or never.
 * @param call what ended with the code; none for the status of a writer
 */
export function retryOf(code: number, call = ''): 'soon' | 'later' | 'never' {
  if (soon.has(code)) return 'soon';
  return later.has(code) || (laterWhenMade.has(code) && call.endsWith('::DoSnapshotSet')) ? 'later' : 'never';
}

/** How long to wait before a later try: as long as lets all of them fit into the time there is in all. */
export function laterWait({ laterMs, writerAttempts }: VssTiming, timeoutMs: number): number {
  return Math.min(laterMs, timeoutMs / writerAttempts);
}
