import { getAttribute, type AttributeHolder } from '../attribute-calls.ts';
import { ATTRIBUTES } from './attribute-names.ts';

/** By device: there is an answer to what only a driver of NTFS knows. */
const known = new Map<number, boolean>();

/**
 * The item lies on NTFS, by a driver that shows what Linux has no place for. Such drivers are programs (FUSE), and
 * cannot be told from others by the type of the file system.
 */
export function isNtfs(holder: AttributeHolder, device: number): boolean {
  let answer = known.get(device);
  if (answer === undefined) known.set(device, (answer = getAttribute(holder, ATTRIBUTES) >= 0));
  return answer;
}

/** To be called when a run begins: meanwhile the device may have another file system. */
export function forgetDrivers(): void {
  known.clear();
}
