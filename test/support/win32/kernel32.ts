import koffi from 'koffi';

type Call = (...values: unknown[]) => unknown;

/** A function of kernel32 for tests; suites that are skipped elsewhere still load it there. */
export function kernel32(signature: string): Call {
  const call: { bound?: Call } = {};
  return (...values) => {
    call.bound ??= koffi.load('kernel32.dll').func(signature) as Call;
    return call.bound(...values);
  };
}
