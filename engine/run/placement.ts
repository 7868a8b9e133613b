import type { CopyResult, NativeCode } from '../../native/index.ts';
import type { ItemChange } from '../types/protocol.ts';

/** What became of an item that was to be placed. */
export type Placement =
  | { kind: 'placed'; action: ItemChange['action'] }
  /** It cannot be read (or not created); the code says why. */
  | { kind: 'failed'; code: NativeCode; side: CopyResult['side'] }
  /** The run is being cancelled, or the destination is full. */
  | { kind: 'stopped' };

export const LINKED: Placement = { kind: 'placed', action: 'Linked' };
export const COPIED: Placement = { kind: 'placed', action: 'Copied' };
export const STOPPED: Placement = { kind: 'stopped' };
