/** Flags of the system calls, from the kernel's UAPI headers; O_* differ between architectures. */
const arm = process.arch === 'arm64' || process.arch === 'arm';

export const Open = {
  ReadOnly: 0,
  WriteOnly: 1,
  Create: 0o100,
  Exclusive: 0o200,
  Truncate: 0o1000,
  NonBlock: 0o4000,
  Directory: arm ? 0o40000 : 0o200000,
  NoFollow: arm ? 0o100000 : 0o400000,
  NoAccessTime: 0o1000000,
  CloseOnExec: 0o2000000,
  Path: 0o10000000,
} as const;

export const At = {
  CurrentDirectory: -100,
  SymlinkNoFollow: 0x100,
  RemoveDirectory: 0x200,
  EmptyPath: 0x1000,
  NoAutomount: 0x800,
} as const;

/** `RESOLVE_*` of openat2(2). */
export const Resolve = { NoMagicLinks: 2, NoSymlinks: 4, Beneath: 8 } as const;
