/** What the operating system said: `{ code: 28, name: 'ENOSPC', text: 'No space left on device' }`. */
export interface NativeCause {
  /** The number of the system: `errno` on Linux, the Win32 error code or HRESULT on Windows. */
  readonly code: number;
  /** The symbolic name: `ENOSPC`, `ERROR_DISK_FULL`. */
  readonly name: string;
  /** The system's own text for it. */
  readonly text: string;
}
