import type { Native } from './types.ts';

export type * from './types.ts';
export type { LossCause } from './loss-causes.ts';
export { NativeError } from './types.ts';

/** The twin for this operating system, loaded when first asked for. */
export async function loadNative(): Promise<Native> {
  if (process.platform === 'linux') return (await import('./linux/index.ts')).linux;
  if (process.platform === 'win32') return (await import('./win32/index.ts')).startWin32();
  throw new Error(`MirrorBackup does not run on ${process.platform}.`);
}
