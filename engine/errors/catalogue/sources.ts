import type { Chapter } from './entry.ts';

/** About the folders that are backed up. */
export const sourceErrors = {
  SourceNotFound: {
    category: 'ObjectNotFound',
    meaning: 'The source does not exist.',
    hint: 'Check the path, and that its volume is mounted.',
  },
  SourceNotDirectory: {
    category: 'InvalidArgument',
    meaning: 'The source is a file, not a folder.',
    hint: 'Give the folder that holds the file, and select it with -Include.',
  },
  SourceNotReadable: {
    category: 'PermissionDenied',
    meaning: 'The source cannot be listed.',
    hint: 'Run elevated (as root or administrator), or give the account read access.',
  },
  SourceEmpty: {
    category: 'InvalidOperation',
    meaning:
      'The source is empty, and was not in the last generation. A mirror of it would look as if everything had been deleted.',
    hint: 'Check that it is the right one and mounted; if it is really meant to be empty now, use -AllowEmptySource.',
    remedy: 'Check that it is the right one and mounted; if it is meant to be empty, use `-AllowEmptySource`.',
  },
  SourceUnmounted: {
    category: 'ResourceUnavailable',
    meaning: 'The source was a mounted file system in the last generation and is not one now.',
    hint: 'Mount the file system again. If it has moved for good, use -AllowSourceChange.',
    retryable: true,
  },
  SourceChanged: {
    category: 'InvalidOperation',
    meaning: 'The set was made from other sources.',
    hint: 'Use another set for other sources, or -AllowSourceChange if this set is to change.',
  },
  SourceNameConflict: {
    category: 'InvalidArgument',
    meaning: 'Two sources would have the same folder in the generation.',
    hint: "Give each source a name of its own, as in -Source @{ Path = 'C:\\a\\docs'; Name = 'a' }.",
    remedy: "Give each one a name: `-Source @{ Path = 'C:\\a\\docs'; Name = 'a' }, …`.",
  },
  SourceNameInvalid: {
    category: 'InvalidArgument',
    meaning: 'The name of a source cannot be the name of a folder.',
    hint: 'A name is one folder name: not empty, not . or .., without / \\ and what the file system forbids.',
    remedy: 'Choose one that is not empty, not `.` or `..`, and without `/`, `\\` and what the file system forbids.',
  },
} as const satisfies Chapter;
