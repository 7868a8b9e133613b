import type { EngineProcess } from './engine-process.ts';
import type { ItemError, Warning } from './wire.ts';

/** A file and its names, as the protocol describes them. */
export interface HardLink {
  path: string;
  linkCount: number;
  fileId: string;
  volume: string;
  names: string[];
  length: number;
  complete: boolean;
}

/** The number of a file as the protocol writes it. */
export function fileIdText(number: bigint): string {
  if (process.platform !== 'win32') return String(number);
  return `0x${number.toString(16).toUpperCase().padStart(16, '0')}`;
}

/** All that one `getHardLinks` said. */
export interface FoundLinks {
  links: HardLink[];
  errors: ItemError[];
  warnings: Warning[];
  searchedItems: number;
}

export async function makeLink(
  engine: EngineProcess,
  path: string,
  target: string,
  options: { force?: boolean } = {},
): Promise<HardLink> {
  return (await engine.request<{ link: HardLink }>('newHardLink', { path, target, ...options })).link;
}

/** Files come in the order in which their names are known; here in that of the paths. */
export async function findLinks(engine: EngineProcess, paths: string[], roots?: string[]): Promise<FoundLinks> {
  const { id, answer } = engine.start<{ files: number; searchedItems: number }>('getHardLinks', { paths, roots });
  const { searchedItems } = await answer;
  const notes = engine.take(id);
  const of = (method: string): Record<string, unknown>[] =>
    notes.filter((note) => note.method === method).map(({ params }) => params);
  return {
    links: of('hardLink')
      .map(({ link }) => link as HardLink)
      .sort((a, b) => paths.indexOf(a.path) - paths.indexOf(b.path)),
    errors: of('itemError').map(({ error }) => error as ItemError),
    warnings: of('warning').map((params) => params as unknown as Warning),
    searchedItems,
  };
}
