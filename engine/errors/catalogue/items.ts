import type { Chapter } from './entry.ts';

/** About one item each: they come as `itemError`, and the run goes on. */
export const itemErrors = {
  ItemFailed: {
    category: 'WriteError',
    meaning: 'The item could not be written to the generation.',
    hint: 'The system says why. The generation is Partial; the next run tries the item again.',
    remedy: 'See the native error; the next run tries again.',
  },
  ItemUnreadable: {
    category: 'PermissionDenied',
    meaning: 'The item cannot be opened.',
    hint: 'Run elevated, or give the account read access to the item.',
  },
  ItemVanished: {
    category: 'ObjectNotFound',
    meaning: 'The item was there when its folder was listed and was gone when it was read.',
    hint: 'It was deleted or renamed during the run; a snapshot avoids that.',
    remedy: 'Usually nothing; a snapshot avoids it.',
  },
  ItemIOError: {
    category: 'ReadError',
    meaning: 'The disk or the network failed while the item was read.',
    hint: 'Check the disk or the network; the last good copy was kept, if there was one.',
  },
  ItemChangedWhileRead: {
    category: 'ResourceBusy',
    meaning: 'The item was written while it was read, more than once.',
    hint: 'It was written during the run; a snapshot avoids that.',
    retryable: true,
  },
  DirectoryUnreadable: {
    category: 'PermissionDenied',
    meaning: 'The folder cannot be listed; what the last generation had below it was kept.',
    hint: 'Run elevated, or give the account read access; what the last generation had below it was kept.',
  },
  MountVanished: {
    category: 'ResourceUnavailable',
    meaning:
      'A file system that was mounted inside the source is not mounted now; what the last generation had below it was kept.',
    hint: 'Mount the file system again; what the last generation had below it was kept.',
    retryable: true,
  },
} as const satisfies Chapter;
