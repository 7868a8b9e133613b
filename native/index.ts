import { platformName } from './platform.ts';
import { PlatformError, type Native } from './types.ts';

export type * from './types.ts';
export type { LossCause } from './loss-causes.ts';
export { NativeError, PlatformError } from './types.ts';

/**
 * The twin for this operating system, loaded when first asked for.
 * @throws PlatformError where there is none
 */
export async function loadNative(): Promise<Native> {
  if (process.platform !== 'linux' && process.platform !== 'win32')
    throw new PlatformError(`MirrorBackup does not run on ${platformName}.`);
  await loadForeignFunctions();
  if (process.platform === 'linux') return (await import('./linux/index.ts')).linux;
  return (await import('./win32/index.ts')).startWin32();
}

/** The one binary that the engine brings along, for each platform another one. */
async function loadForeignFunctions(): Promise<void> {
  try {
    await import('koffi');
  } catch (cause) {
    const reason = (cause instanceof Error ? cause.message : String(cause)).split('\n')[0];
    throw new PlatformError(`The part of the engine for ${platformName} cannot be loaded: ${reason}`, { cause });
  }
}
