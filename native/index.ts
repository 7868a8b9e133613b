import type { Native } from './types.ts';

export type * from './types.ts';
export type { LossCause } from './loss-causes.ts';
export { NativeError } from './types.ts';

/** The twin for this operating system, loaded when first asked for. */
export async function loadNative(): Promise<Native> {
  if (process.platform === 'linux') return (await import('./linux/index.ts')).linux;
  throw new Error(`MirrorBackup does not run on ${process.platform} yet.`);
}
