/**
 * Which components of writers take part in a backup.
 * https://learn.microsoft.com/windows/win32/vss/working-with-selectability-and-logical-paths
 */
import type { ChosenComponent } from '../../../native/vss/writers.ts';
import type { Component, FileDescription, WriterMetadata } from '../../../native/vss/writers.ts';
import { expandVariables, isInside } from './paths.ts';
import type { PlacedSource } from './volumes.ts';

export interface Chosen extends ChosenComponent {
  readonly writerName: string;
}

/**
 * Those with a file in a source, if the snapshots hold all of their files: a writer cannot make half a database consistent.
 * One that is chosen brings all below it along; only what nothing brings along is added. Where only a selectable part of a
 * set is in the sources, that part is chosen.
 * https://learn.microsoft.com/windows/win32/vss/working-with-selectability-for-backup
 * @param isFrozen whether a path is on a volume of which there will be a snapshot
 */
export function chooseComponents(
  writers: readonly WriterMetadata[],
  sources: readonly PlacedSource[],
  isFrozen: (path: string) => boolean,
): Chosen[] {
  return writers.flatMap((writer) => {
    const { components } = writer;
    const usable = components.filter((component) =>
      allFiles(component, components).every(({ path }) => isFrozen(expandVariables(path))),
    );
    const wanted = usable.filter((component) => ownFiles(component, components).some((file) => touches(file, sources)));
    return wanted
      .filter((component) => !wanted.some((other) => other.selectable && isAbove(other, component)))
      .filter(
        (component) =>
          component.selectable || !components.some((other) => other.selectable && isAbove(other, component)),
      )
      .map(({ type, logicalPath, name }) => ({
        instance: writer.instance,
        writer: writer.writer,
        writerName: writer.name,
        type,
        logicalPath,
        name,
      }));
  });
}

/** Its files, and those of all components that it brings along. */
function allFiles(component: Component, all: readonly Component[]): FileDescription[] {
  const below = component.selectable ? all.filter((other) => isAbove(component, other)) : [];
  return [component, ...below].flatMap(({ files }) => files);
}

/** Those that cannot be had without it: its own, and of what is below it all that nothing selectable below it brings. */
function ownFiles(component: Component, all: readonly Component[]): FileDescription[] {
  const parts = component.selectable ? all.filter((other) => isAbove(component, other)) : [];
  const selectable = parts.filter((part) => part.selectable);
  const own = parts.filter((part) => !part.selectable && !selectable.some((other) => isAbove(other, part)));
  return [component, ...own].flatMap(({ files }) => files);
}

function isAbove(above: Component, below: Component): boolean {
  const path = pathOf(above);
  const logicalPath = below.logicalPath.toLowerCase();
  return above !== below && (logicalPath === path || logicalPath.startsWith(`${path}\\`));
}

function pathOf({ logicalPath, name }: Component): string {
  return (logicalPath === '' ? name : `${logicalPath}\\${name}`).toLowerCase();
}

function touches(file: FileDescription, sources: readonly PlacedSource[]): boolean {
  const folder = expandVariables(file.path);
  return sources.some(({ realPath }) => isInside(folder, realPath) || (file.recursive && isInside(realPath, folder)));
}
