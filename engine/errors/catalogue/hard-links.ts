import type { Chapter } from './entry.ts';

/** About hard links of single files. */
export const hardLinkErrors = {
  FileNotFound: {
    category: 'ObjectNotFound',
    meaning: 'There is no file of this name: the target of a new link, or a file whose names are asked for.',
    hint: 'Check the path; wildcards belong to -Path of Get-HardLink.',
  },
  FileNotReadable: {
    category: 'PermissionDenied',
    meaning: 'The folder of the file, or the file, may not be looked at.',
    hint: 'Give the account access to the folder of the file.',
  },
  FolderNotFound: {
    category: 'ObjectNotFound',
    meaning:
      'The folder for the new name, the folder to search, or the folder for a report does not exist or is not a folder.',
    hint: 'Check the path, and that its volume is mounted.',
  },
  PathIsDirectory: {
    category: 'InvalidArgument',
    meaning: 'It is a folder; folders have no hard links, and a report is a file.',
    hint: 'Give a file: folders cannot have hard links.',
  },
  PathExists: {
    category: 'ResourceExists',
    meaning: 'The new name is taken, or the file of a report exists and is not to be replaced.',
    hint: 'Choose another name, or replace the file with -Force.',
  },
  LinkAcrossVolumes: {
    category: 'InvalidOperation',
    meaning: 'The file and its new name would be on different volumes.',
    hint: 'Put the new name on the volume of the file, or copy it.',
  },
  LinkLimitReached: {
    category: 'LimitsExceeded',
    meaning: 'The file has as many names as the file system allows.',
    hint: 'Remove names of the file, or copy it.',
  },
  LinkNotPermitted: {
    category: 'PermissionDenied',
    meaning: 'The system refuses the link to this account: not its file, or the file is marked immutable.',
    hint: 'Run as the owner of the file or elevated, and check that the file is not marked immutable.',
  },
} as const satisfies Chapter;
