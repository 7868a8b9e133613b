import { mkdirSync } from 'node:fs';
import { byteFromText } from '../../native/byte-path.ts';
import { fsPath } from '../../native/fs-path.ts';
import type { Native } from '../../native/index.ts';
import { EngineError } from '../errors/engine-error.ts';
import { describeSystemError } from '../errors/system-error.ts';
import { absolutePath } from '../generation/absolute-path.ts';
import { liesInside } from '../generation/check-overlap.ts';
import { checkDestination } from '../generation/probe-destination.ts';
import type { ManifestSummary } from '../manifest/summary.ts';
import type { RestoreAnchor } from './restore-plan.ts';

export type RestoreDestination = { kind: 'Folder'; path: string } | { kind: 'Original' };

/** The folders that items go to: the one that was given, or for each source its own. Nothing is made yet. */
export function resolveAnchors(destination: RestoreDestination, summary: ManifestSummary): RestoreAnchor[] {
  if (destination.kind === 'Folder') return [anchorAt(absolutePath(destination.path))];
  return summary.sources.map(({ name, path }) => ({ ...anchorAt(originalPath(path)), source: byteFromText(name) }));
}

/**
 * Looks at the folders that are used, or at the nearest ones above them that exist.
 * @throws EngineError RestoreInsideSet, DestinationNotDirectory, DestinationNotWritable
 */
export function checkAnchors(native: Native, anchors: readonly RestoreAnchor[], set: string): void {
  for (const { text, isUsed } of anchors) {
    if (!isUsed) continue;
    try {
      checkDestination(native, text);
    } catch (error) {
      if (!(error instanceof EngineError)) throw error;
      throw new EngineError(error.id, { ...error, message: error.message, hint: HINT });
    }
    if (liesInside(native, text, set))
      throw new EngineError('RestoreInsideSet', {
        message: `'${text}' lies inside the backup set '${set}', and nothing is restored into it.`,
        path: text,
      });
  }
}

const HINT = 'Give a folder you may write to as the place to restore to. It is made when it is missing.';

/** @throws EngineError DestinationNotWritable */
export function makeAnchors(anchors: readonly RestoreAnchor[]): RestoreAnchor[] {
  return anchors.map((anchor) => {
    if (!anchor.isUsed) return anchor;
    try {
      return { ...anchor, isNew: mkdirSync(fsPath(anchor.text), { recursive: true }) !== undefined };
    } catch (error) {
      const native = describeSystemError(error);
      throw new EngineError('DestinationNotWritable', {
        message: `The folder '${anchor.text}' cannot be made: ${native.text} (${native.name}).`,
        path: anchor.text,
        native,
        hint: HINT,
      });
    }
  });
}

function anchorAt(text: string): RestoreAnchor {
  return { path: byteFromText(text), text, isNew: false, isUsed: true };
}

/** The set may come from a machine of another kind. */
function originalPath(path: string): string {
  try {
    return absolutePath(path);
  } catch (error) {
    if (!(error instanceof EngineError)) throw error;
    throw new EngineError('PathInvalid', {
      message: `The original place '${path}' cannot exist on this machine.`,
      path,
      hint: 'Give a folder to restore to.',
    });
  }
}
