import { hresult } from '../../../native/vss/hresults.ts';

/** How long VSS is waited for, and when it is asked again. */
export interface VssTiming {
  /** Between two tries while somebody else makes a shadow copy: that takes seconds. */
  readonly soonMs: number;
  /** Between two tries after a writer had too much to do. */
  readonly laterMs: number;
  /** How often writers are asked, all in all. */
  readonly writerAttempts: number;
  /** For calls that clean up or look: they do not depend on how long the making may take. */
  readonly cleanupMs: number;
  /** For calls to end after they were cancelled. */
  readonly graceMs: number;
}

/** https://learn.microsoft.com/windows/win32/api/vsbackup/nf-vsbackup-ivssbackupcomponents-startsnapshotset */
export const usualTiming: VssTiming = {
  soonMs: 10_000,
  laterMs: 60_000,
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

/** Whether trying again may help: soon, as long as there is time; later, a few times; or never. */
export function retryOf(code: number): 'soon' | 'later' | 'never' {
  if (soon.has(code)) return 'soon';
  return later.has(code) ? 'later' : 'never';
}
