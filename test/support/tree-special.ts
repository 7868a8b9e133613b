import { closeSync, ftruncateSync, mkdirSync, openSync, symlinkSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { posix } from './posix.ts';
import { EXACT_NS } from './tree-metadata.ts';

/** Symlinks that lead nowhere, out of the tree, to directories and in circles, with times of their own. */
export function buildSymlinks(root: string): void {
  mkdirSync(join(root, 'real'), { recursive: true });
  writeFileSync(join(root, 'real', 'file'), 'behind links');
  const targets = {
    dangling: 'no/such',
    absolute: '/etc',
    folder: 'real',
    loop: 'loop',
    up: '../..',
    long: 'x'.repeat(1000),
  };
  for (const [name, target] of Object.entries(targets)) {
    symlinkSync(target, join(root, name));
    posix.setTimes(Buffer.from(join(root, name)), EXACT_NS, EXACT_NS + BigInt(target.length));
  }
  symlinkSync(Buffer.from([0xff, 0x0a, 0xfe]), join(root, 'bytes'));
}

/** FIFOs always; device nodes need root; a socket, which no backup can keep. */
export function buildNodes(root: string): void {
  mkdirSync(root, { recursive: true });
  const at = (name: string): Buffer => Buffer.from(join(root, name));
  posix.makeNode(at('fifo'), 0o010640);
  posix.setTimes(at('fifo'), EXACT_NS, EXACT_NS);
  posix.makeNode(at('socket'), 0o140755);
  if (process.getuid?.() !== 0) return;
  posix.makeNode(at('character'), 0o020620, 1, 3);
  posix.makeNode(at('block'), 0o060660, 259, 300);
}

/** Empty files and directories. */
export function buildEmpty(root: string): void {
  mkdirSync(join(root, 'in', 'side'), { recursive: true });
  mkdirSync(join(root, 'beside'));
  writeFileSync(join(root, 'nothing'), '');
  writeFileSync(join(root, 'in', 'nothing'), '');
}

/** A file of `size` bytes that holds data only where `islands` says; everything else is a hole. */
export function writeSparse(path: string, size: number, islands: number[], text = 'island'): void {
  const fd = openSync(path, 'w');
  ftruncateSync(fd, size);
  for (const offset of islands) writeSync(fd, text, offset);
  closeSync(fd);
}

/** A file of which every block is allocated, made without writing them. */
export function writeAllocated(path: string, size: number): void {
  const fd = openSync(path, 'w');
  posix.allocate(fd, 0, size);
  writeSync(fd, 'begin', 0);
  writeSync(fd, 'end', size - 3);
  closeSync(fd);
}
