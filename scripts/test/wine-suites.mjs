/**
 * Suites that do not run under Wine, and why: what starts with a path here. Every other suite does, new ones too; tests
 * that need what Windows or Wine lacks skip themselves.
 */
export const notUnderWine = {
  'test/native/linux/': 'tests the Linux side',
  'test/native/ntfs/': 'runs on Linux, which looks at what Windows wrote',
  'test/scripts/': 'tests what runs the tests',
  'test/wine/': 'runs on Linux, which looks at what Windows wrote',
  'test/engine/faults/kill-at-call': 'stops the engine at system calls with strace',
  'test/engine/faults/link-errors': 'injects errors into system calls with strace',
  'test/engine/faults/nested-mounts': 'needs mounts of Linux',
  'test/engine/faults/power-cut': 'needs loop images of Linux',
  'test/engine/faults/read-errors': 'injects errors into system calls with strace',
  'test/engine/faults/unprivileged': 'needs users of Linux',
  'test/engine/faults/write-errors': 'needs mounts and strace of Linux',
  'test/engine/mirror/big': 'writes sparse files of a size that Wine writes in full',
  'test/engine/mirror/file-systems': 'needs file systems of Linux',
  'test/engine/mirror/flags': 'is about flags of Linux',
  'test/engine/mirror/inheritance': 'is about ACLs of Linux',
  'test/engine/mirror/sockets': 'is about sockets of Linux',
  'test/engine/protocol/server-fuzz': 'is the same code on both platforms, and long',
  'test/engine/snapshot/btrfs': 'needs btrfs',
  'test/engine/snapshot/choice': 'needs btrfs',
  'test/engine/snapshot/instant': 'needs btrfs',
  'test/engine/snapshot/interrupted': 'needs btrfs',
  'test/engine/snapshot/shadow-copies': 'needs btrfs',
  'test/engine/snapshot/state-folder': 'needs users of Linux',
  'test/engine/snapshot/use-shadow-copy': 'needs btrfs',
  'test/engine/snapshot/vss/by-tool': 'starts many programs, which takes a second each there',
  'test/engine/snapshot/vss/or-tool': 'starts many programs, which takes a second each there',
  'test/engine/snapshot/unprivileged': 'needs users of Linux',
};
