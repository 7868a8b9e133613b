import type { VssCalls } from '../../vss/calls.ts';
import { readKeyNames, readTextValues } from '../registry.ts';
import { rootOf, volumeOf } from './volume-of.ts';

export const vss: VssCalls = {
  open: async (context, patience) => {
    // Only now: most commands need no COM.
    const { BackupComponents } = await import('./backup-components.ts');
    return BackupComponents.open(context, patience);
  },
  volumeOf,
  rootOf,
  registry: { readKeyNames, readTextValues },
};
