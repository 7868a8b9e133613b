import koffi from 'koffi';

const libc = process.platform === 'linux' ? koffi.load('libc.so.6') : undefined;
const utimensat = bind('int utimensat(int fd, const void *path, const void *times, int flags)');
const mknod = bind('int mknod(const void *path, uint32_t mode, uint64_t device)');
const lsetxattr = bind('int lsetxattr(const void *path, const char *name, const void *value, size_t size, int flags)');
const lgetxattr = bind('int64_t lgetxattr(const void *path, const char *name, void *value, size_t size)');
const llistxattr = bind('int64_t llistxattr(const void *path, void *list, size_t size)');
const lremovexattr = bind('int lremovexattr(const void *path, const char *name)');
const fallocate = bind('int fallocate(int fd, int mode, int64_t offset, int64_t length)');
const lseek = bind('int64_t lseek(int fd, int64_t offset, int whence)');
const strerror = bind('const char *strerror(int code)');

const AT_FDCWD = -100;
const AT_SYMLINK_NOFOLLOW = 0x100;
const ENODATA = 61;
const EOPNOTSUPP = 95;

/** What Node cannot do, or not exactly enough, is called in libc: times in ns, xattrs, nodes, holes. Paths are bytes. */
export const posix = {
  setTimes(path: Buffer, accessNs: bigint, modifyNs: bigint): void {
    const times = new BigInt64Array([...splitNs(accessNs), ...splitNs(modifyNs)]);
    check('utimensat', path, utimensat(AT_FDCWD, terminated(path), times, AT_SYMLINK_NOFOLLOW) as number);
  },

  makeNode(path: Buffer, mode: number, major = 0, minor = 0): void {
    check('mknod', path, mknod(terminated(path), mode, deviceNumber(major, minor)) as number);
  },

  setXattr(path: Buffer, name: string, value: Buffer): void {
    check('lsetxattr', path, lsetxattr(terminated(path), name, value, value.length, 0) as number);
  },

  removeXattr(path: Buffer, name: string): void {
    check('lremovexattr', path, lremovexattr(terminated(path), name) as number);
  },

  /** All extended attributes, ACLs among them, sorted by name; none where the file system has no such thing. */
  xattrs(path: Buffer): [name: string, value: string][] {
    const list = Buffer.alloc(65_536);
    const length = Number(llistxattr(terminated(path), list, list.length));
    if (length < 0) {
      if (koffi.errno() === EOPNOTSUPP) return [];
      throw failure('llistxattr', path);
    }
    const names = list.toString('latin1', 0, length).split('\0').slice(0, -1).sort();
    return names.map((name) => [name, readXattr(path, name)]);
  },

  /** One extended attribute in hex; empty when there is none. It need not be among those that are listed. */
  xattr(path: Buffer, name: string): string {
    return readXattr(path, name);
  },

  /** Really allocates blocks, without the time it takes to write them. */
  allocate(fd: number, offset: number, length: number): void {
    check('fallocate', Buffer.from(String(fd)), fallocate(fd, 0, offset, length) as number);
  },

  /** Offset of the first hole: the size when there is none. */
  firstHole(fd: number): number {
    const SEEK_HOLE = 4;
    return Number(lseek(fd, 0, SEEK_HOLE));
  },
};

/** Suites that are skipped elsewhere still load this file there. */
function bind(signature: string): (...values: unknown[]) => unknown {
  const missing = (): never => {
    throw new Error(`There is none on ${process.platform}: ${signature}`);
  };
  return (libc?.func(signature) as ((...values: unknown[]) => unknown) | undefined) ?? missing;
}

function readXattr(path: Buffer, name: string): string {
  const value = Buffer.alloc(65_536);
  const length = Number(lgetxattr(terminated(path), name, value, value.length));
  if (length < 0 && koffi.errno() === ENODATA) return '';
  if (length < 0) throw failure(`lgetxattr ${name}`, path);
  return value.toString('hex', 0, length);
}

function splitNs(ns: bigint): [bigint, bigint] {
  const rest = ((ns % 1_000_000_000n) + 1_000_000_000n) % 1_000_000_000n;
  return [(ns - rest) / 1_000_000_000n, rest];
}

function terminated(path: Buffer): Buffer {
  return Buffer.concat([path, Buffer.from([0])]);
}

function deviceNumber(major: number, minor: number): bigint {
  return (BigInt(major) << 8n) | BigInt(minor & 0xff) | (BigInt(minor >> 8) << 20n);
}

function check(call: string, path: Buffer, result: number): void {
  if (result < 0) throw failure(call, path);
}

function failure(call: string, path: Buffer): Error {
  const code = koffi.errno();
  return Object.assign(new Error(`${call} ${path.toString('latin1')}: ${String(strerror(code))}`), { errno: code });
}
