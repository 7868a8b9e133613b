/** One fault for strace's `inject`. Counting is per thread; a small tree is worked on by one. */
export interface Fault {
  /** Names as strace knows them; those the machine's strace lacks are skipped. */
  calls: string[];
  error?:
    | 'EIO'
    | 'EACCES'
    | 'EPERM'
    | 'EBUSY'
    | 'EMLINK'
    | 'EXDEV'
    | 'ENOSPC'
    | 'EDQUOT'
    | 'EROFS'
    | 'ENOENT'
    | 'EMFILE'
    | 'EOPNOTSUPP';
  signal?: 'KILL';
  /** Holds the call before it is made, so that a test can change the world in between. */
  delayBeforeMs?: number;
  /** Holds the call after it was made. */
  delayAfterMs?: number;
  /** Which calls: `3`, `3+` from the third, `3+2` every second from the third. All when missing. */
  when?: string;
}

/**
 * The command that runs the engine under strace with faults. With `paths` only calls that name one of them, or use a
 * descriptor opened on one, are hit; without, seccomp keeps the calls nobody asked for at full speed. (It does so at the
 * price that strace 6.1 then injects no signals.)
 */
export function straceCommand(faults: Fault[], paths: string[] = []): string[] {
  const trace = faults.flatMap((fault) => fault.calls.map((call) => `?${call}`)).join(',');
  const injections = faults.flatMap((fault) => ['-e', `inject=${injection(fault)}`]);
  const isKill = faults.some((fault) => fault.signal !== undefined);
  const filter = isKill || paths.length > 0 ? paths.flatMap((path) => ['-P', path]) : ['--seccomp-bpf'];
  return ['strace', '-f', '-qq', '-o', '/dev/null', ...filter, '-e', `trace=${trace}`, ...injections];
}

/** Only records which calls were made. */
export function straceLogCommand(calls: string[], logFile: string): string[] {
  const trace = calls.map((call) => `?${call}`).join(',');
  return ['strace', '-f', '-qq', '--seccomp-bpf', '-o', logFile, '-e', `trace=${trace}`];
}

function injection(fault: Fault): string {
  const effects = [
    fault.error && `error=${fault.error}`,
    fault.signal && `signal=${fault.signal}`,
    fault.delayBeforeMs && `delay_enter=${fault.delayBeforeMs}ms`,
    fault.delayAfterMs && `delay_exit=${fault.delayAfterMs}ms`,
    fault.when && `when=${fault.when}`,
  ];
  return [fault.calls.map((call) => `?${call}`).join(','), ...effects.filter(Boolean)].join(':');
}
