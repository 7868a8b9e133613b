import { existsSync, rmSync, rmdirSync } from 'node:fs';
import { performance } from 'node:perf_hooks';
import type { Native } from '../../native/index.ts';
import { byteFromText } from '../../native/byte-path.ts';
import { describeSystemError } from '../errors/system-error.ts';
import { EngineError } from '../errors/engine-error.ts';
import type { KeptGeneration } from '../remove/kept-names.ts';
import { removeTree } from '../remove/remove-tree.ts';
import type { RemovalResult } from '../types/protocol.ts';
import { allocatedOf } from './allocated.ts';
import { generationNames } from './list.ts';
import { newestComplete, updateLatest } from './latest.ts';
import type { Layout } from './layout.ts';
import type { Removal } from './open-removal.ts';
import { removePin } from './pins.ts';
import { discardStaging } from './recover.ts';
import type { RunListener } from './run-reporter.ts';
import { isInUse, renamePatiently } from './rename-patiently.ts';

/** Removes one generation, and tells so. One that is in use is kept as a whole, with an error. */
export async function removeOne(removal: Removal, name: string, reasons: string[]): Promise<RemovalResult> {
  try {
    return tell(removal, await remove(removal, name, reasons));
  } catch (error) {
    if (!(error instanceof EngineError) || error.id !== 'GenerationBusy') throw error;
    removal.listener.itemError(error);
    return keepOne(removal, name, ['in use']);
  }
}

/** Tells that a generation is kept. */
export function keepOne(removal: Removal, name: string, reasons: string[]): RemovalResult {
  const { layout } = removal.set;
  return tell(removal, {
    setPath: layout.set,
    name,
    path: layout.text(name),
    action: 'Keep',
    reasons,
    freedBytes: 0,
    files: 0,
    directories: 0,
    duration: 0,
  });
}

export function reportItem(native: Native, listener: RunListener, path: string, code: number): void {
  const cause = native.describeError(code);
  listener.itemError(
    new EngineError('ItemFailed', {
      message: `'${path}' could not be removed: ${cause.text} (${cause.name}).`,
      path,
      native: cause,
    }),
  );
}

function tell({ listener }: Removal, result: RemovalResult): RemovalResult {
  listener.removal(result);
  return result;
}

async function remove(removal: Removal, name: string, reasons: string[]): Promise<RemovalResult> {
  const { native, pool, whatIf, shared, listener, signal } = removal;
  const { layout } = removal.set;
  if (signal.aborted) throw signal.reason;
  const started = performance.now();
  const isStaged = !existsSync(layout.path(name));
  let folder = isStaged ? layout.staging(name) : name;
  const path = layout.text(folder);
  if (!whatIf) {
    try {
      folder = moveToTrash(native, layout, name, isStaged);
    } catch (error) {
      throw isInUse(error) ? busy(path, name, error) : error;
    }
  }
  const root = byteFromText(layout.text(folder));
  const own = allocatedOf(layout.path(folder));
  const outcome = await removeTree(pool, root, {
    measureOnly: whatIf,
    signal,
    shared,
    kept: keptBeside(layout, name),
    onProgress: ({ items, freedBytes }) =>
      listener.progress({ phase: 'Removing', items, bytes: freedBytes, path: name }),
  });
  if (outcome.cancelled) throw signal.reason;
  for (const failure of outcome.failures) reportItem(native, listener, failure.path, failure.code);
  if (!whatIf && outcome.failed === 0) rmdirSync(layout.path(folder));
  return {
    setPath: layout.set,
    name,
    path,
    action: 'Remove',
    reasons,
    freedBytes: outcome.freedBytes + own,
    files: outcome.files,
    directories: outcome.directories + 1,
    duration: Math.round(performance.now() - started) / 1000,
    ...(whatIf && { estimated: true }),
  };
}

/** The generation that is most alike: the next one, else the one before. */
function keptBeside(layout: Layout, name: string): KeptGeneration | undefined {
  const others = generationNames(layout).filter((other) => other !== name);
  const folder = others.find((other) => other > name) ?? others.at(-1);
  return folder === undefined ? undefined : { set: layout.setBytes, folder: byteFromText(folder) };
}

/** From here on the generation is gone, whatever happens. */
function moveToTrash(native: Native, layout: Layout, name: string, isStaged: boolean): string {
  if (isStaged) {
    discardStaging(native, layout, name);
    return layout.trash(`${name}.staging`);
  }
  renamePatiently(layout.path(name), layout.path(layout.trash(name)));
  rmSync(layout.path(layout.manifest(name)), { force: true });
  rmSync(layout.path(layout.timing(name)), { force: true });
  rmSync(layout.path(layout.snapshot(name)), { force: true });
  rmSync(layout.path(layout.log(name)), { force: true });
  removePin(layout, name);
  updateLatest(native, layout, newestComplete(layout));
  return layout.trash(name);
}

function busy(path: string, name: string, error: unknown): EngineError {
  const native = describeSystemError(error);
  return new EngineError('GenerationBusy', {
    message: `The generation ${name} was kept, because it could not be moved to the trash: ${native.text} (${native.name}).`,
    path,
    native,
  });
}
