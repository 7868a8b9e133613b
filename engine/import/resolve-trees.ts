import { byteFromText } from '../../native/byte-path.ts';
import type { Native } from '../../native/index.ts';
import { paths } from '../../native/paths.ts';
import { absolutePath } from '../generation/absolute-path.ts';
import { checkOverlap } from '../generation/check-overlap.ts';
import { resolveSources, type ResolvedSource } from '../generation/resolve-sources.ts';
import type { ImportedSource } from '../types/protocol.ts';

/**
 * Checks trees that are to become a generation, and gives them the names and paths of what they are a backup of, which need
 * not be there.
 * @throws EngineError as {@link resolveSources} and {@link checkOverlap} do
 */
export function resolveTrees(native: Native, trees: readonly ImportedSource[], setPath: string): ResolvedSource[] {
  const original = new Map<string, string>();
  const named = trees.map(({ path, sourcePath, name }) => {
    const source = absolutePath(sourcePath);
    const nameText = name ?? paths.leaf(source);
    original.set(nameText, source);
    return { path, name: nameText };
  });
  const resolved = resolveSources(native, named);
  checkOverlap(native, resolved, absolutePath(setPath));
  return resolved.map((tree) => {
    const pathText = original.get(tree.nameText) ?? tree.pathText;
    // What is mounted where the tree is says nothing of the source.
    return { ...tree, pathText, path: byteFromText(pathText), mountRoot: false };
  });
}
