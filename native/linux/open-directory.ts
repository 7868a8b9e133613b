import { NativeError, type Directory, type DirectoryUse } from '../types.ts';
import type { BytePath } from '../byte-path.ts';
import { bind, errno } from './libc.ts';
import { describeError, Errno, lastError } from './errors.ts';
import { At, Open, Resolve } from './flags.ts';
import { allocate } from './memory.ts';

const openat = bind('openat', 'int', ['int', 'size_t', 'int', 'int']);
const close = bind('close', 'int', ['int']);
const systemCall = bind('syscall', 'int64', ['int64', 'int64', 'int64', 'int64', 'int64']);

const OPENAT2 = 437;
const PATH_LIMIT = 4095;
const scratch = allocate(PATH_LIMIT + 1);
/** `struct open_how` of openat2(2): flags, mode, resolve; 8 bytes each. */
const how = allocate(24);
let openat2Works = true;

const FLAGS: Record<DirectoryUse, number> = {
  list: Open.ReadOnly | Open.Directory | Open.CloseOnExec | Open.NonBlock,
  reference: Open.Path | Open.Directory | Open.CloseOnExec,
  fill: Open.ReadOnly | Open.Directory | Open.CloseOnExec,
};

export function openRoot(path: BytePath, use: DirectoryUse): Directory {
  let at: number = At.CurrentDirectory;
  // A path beyond PATH_MAX is walked in pieces.
  for (const piece of pieces(path)) {
    const next = openat(at, write(piece), FLAGS[piece === path ? use : 'reference'], 0);
    const error = next < 0 ? lastError('open', path) : undefined;
    if (at >= 0) close(at);
    if (error) throw error;
    at = next;
  }
  if (path.length <= PATH_LIMIT) return { handle: at };
  const handle = openat(at, write('.'), FLAGS[use], 0);
  const error = handle < 0 ? lastError('open', path) : undefined;
  close(at);
  if (error) throw error;
  return { handle };
}

/** Opens below `root` without following any symbolic link (openat2 with RESOLVE_NO_SYMLINKS | RESOLVE_BENEATH). */
export function openDirectory(root: Directory, path: BytePath, use: DirectoryUse): Directory {
  if (path.length <= PATH_LIMIT) return { handle: openBeneath(root.handle, path === '' ? '.' : path, use, path) };
  let at = root.handle;
  const steps = pieces(path);
  for (let i = 0; i < steps.length; i++) {
    try {
      const next = openBeneath(at, steps[i], i === steps.length - 1 ? use : 'reference', path);
      if (at !== root.handle) close(at);
      at = next;
    } catch (error) {
      if (at !== root.handle) close(at);
      throw error;
    }
  }
  return { handle: at };
}

export function closeDirectory(directory: Directory): void {
  close(directory.handle);
}

function openBeneath(at: number, piece: BytePath, use: DirectoryUse, path: BytePath): number {
  if (!openat2Works) return walk(at, piece, use, path);
  const quiet = use === 'list' ? Open.NoAccessTime : 0;
  let handle = callOpenat2(at, piece, FLAGS[use] | quiet);
  // Only the owner may ask for no access time.
  if (handle < 0 && quiet !== 0 && errno() === Errno.EPERM) handle = callOpenat2(at, piece, FLAGS[use]);
  if (handle >= 0) return handle;
  const code = errno();
  if (code !== Errno.ENOSYS && code !== Errno.EPERM) throw new NativeError('openat2', describeError(code), path);
  // Kernels before 5.6 and some sandboxes have no openat2.
  openat2Works = false;
  return walk(at, piece, use, path);
}

function callOpenat2(at: number, piece: BytePath, flags: number): number {
  how.words[0] = flags;
  how.words[4] = Resolve.NoMagicLinks | Resolve.NoSymlinks | Resolve.Beneath;
  return systemCall(OPENAT2, at, write(piece), how.address, 24);
}

/** Component by component, each opened with O_NOFOLLOW. */
function walk(at: number, path: BytePath, use: DirectoryUse, whole: BytePath): number {
  const names = path.split('/');
  let current = at;
  for (let i = 0; i < names.length; i++) {
    const flags = FLAGS[i === names.length - 1 ? use : 'reference'] | Open.NoFollow;
    const next = openat(current, write(names[i]), flags, 0);
    const code = next < 0 ? errno() : 0;
    if (current !== at) close(current);
    if (code !== 0) throw new NativeError('openat', describeError(code), whole);
    current = next;
  }
  return current;
}

function write(path: BytePath): number {
  scratch.bytes[scratch.bytes.latin1Write(path, 0)] = 0;
  return scratch.address;
}

/** Cuts a path at separators into pieces the kernel accepts. */
function pieces(path: BytePath): BytePath[] {
  const result: BytePath[] = [];
  let rest = path;
  while (rest.length > PATH_LIMIT) {
    const cut = rest.lastIndexOf('/', PATH_LIMIT - 1);
    result.push(rest.slice(0, cut));
    rest = rest.slice(cut + 1);
  }
  result.push(rest);
  return result;
}
