import { existsSync } from 'node:fs';
import type { Native } from '../../native/index.ts';
import { EngineError } from '../errors/engine-error.ts';
import { describeReason } from '../retention/reason.ts';
import type { RemovalResult } from '../types/protocol.ts';
import { newestComplete } from './latest.ts';
import type { Layout } from './layout.ts';
import { generationNames, stagedNames } from './list.ts';
import { openRemoval, type Removal, type RemovalListener } from './open-removal.ts';
import { readPin } from './pins.ts';
import { keepOne, removeOne } from './remove-one.ts';

export interface RemovalRequest {
  setPath: string;
  names: readonly string[];
  /** Also pinned ones, the newest complete one and the last one. */
  force: boolean;
  whatIf: boolean;
}

/**
 * Removes generations by name. Each disappears from the set by one rename into the trash, then its files are deleted; an
 * interrupted deletion is finished by the next run or removal.
 * @throws EngineError GenerationNotFound before anything is removed
 */
export function removeGenerations(
  native: Native,
  request: RemovalRequest,
  listener: RemovalListener,
  signal: AbortSignal,
): Promise<RemovalResult[]> {
  return openRemoval(native, request, listener, signal, (removal) => remove(removal, request));
}

async function remove(removal: Removal, request: RemovalRequest): Promise<RemovalResult[]> {
  const { layout } = removal.set;
  const names = [...new Set(request.names)].sort();
  const finished = generationNames(layout);
  checkNames(layout, names, finished, request);
  const protection = request.force ? new Map<string, Protection>() : protect(layout, finished, names);
  const results: RemovalResult[] = [];
  for (const name of names) {
    const protectedBy = protection.get(name);
    if (protectedBy) {
      removal.listener.itemError(protectedBy.error);
      results.push(keepOne(removal, name, protectedBy.reasons));
    } else results.push(await removeOne(removal, name, ['named']));
  }
  return results;
}

function checkNames(
  layout: Layout,
  names: readonly string[],
  finished: readonly string[],
  { force }: RemovalRequest,
): void {
  const staged = stagedNames(layout);
  for (const name of names)
    if (!finished.includes(name) && !staged.includes(name))
      throw new EngineError('GenerationNotFound', {
        message: `The set '${layout.set}' has no generation '${name}'.`,
        path: layout.text(name),
      });
  const stranger = force ? undefined : names.find((name) => finished.includes(name) && !hasManifest(layout, name));
  if (stranger !== undefined)
    throw new EngineError('ManifestNotFound', {
      message: `'${layout.text(stranger)}' has the name of a generation but no manifest: it may be somebody's own folder.`,
      path: layout.text(stranger),
      hint: 'If it is a generation, remove it with -Force.',
    });
}

/** Why only `force` removes a generation. */
interface Protection {
  reasons: string[];
  error: EngineError;
}

function protect(layout: Layout, finished: readonly string[], names: readonly string[]): Map<string, Protection> {
  const result = new Map<string, Protection>();
  const add = (id: 'GenerationIsLast' | 'GenerationPinned', name: string, reason: string): void => {
    const reasons = [...(result.get(name)?.reasons ?? []), reason];
    const message = `The generation ${name} was kept: it is ${reasons.join(', and ')}.`;
    result.set(name, { reasons, error: new EngineError(id, { message, path: layout.text(name) }) });
  };
  const remaining = finished.filter((name) => !names.includes(name));
  const last = finished.at(-1);
  const newest = newestComplete(layout);
  if (newest !== undefined && names.includes(newest)) add('GenerationIsLast', newest, 'the newest complete generation');
  else if (remaining.length === 0 && last !== undefined)
    add('GenerationIsLast', last, 'the last generation of the set');
  for (const name of names) {
    const pin = readPin(layout, name);
    if (pin) add('GenerationPinned', name, describeReason({ kind: 'pinned', reason: pin.reason }));
  }
  return result;
}

function hasManifest(layout: Layout, name: string): boolean {
  return existsSync(layout.path(layout.manifest(name)));
}
