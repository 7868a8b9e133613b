import type { Chapter } from './entry.ts';

/** About the files of reports. */
export const reportErrors = {
  OutFileInSet: {
    category: 'InvalidArgument',
    meaning:
      'The file would lie inside a generation, among what belongs to the set, or has a name that means something there. Nothing in a set is ever written to.',
    hint: 'Give a file outside the set, or one right in its folder, such as report.html.',
  },
  OutFileNotWritable: {
    category: 'PermissionDenied',
    meaning:
      'The system refuses to write the file, or something that is no regular file is in its place. What was there still is.',
    hint: 'Give the account write access to the folder, or write the report somewhere else.',
  },
} as const satisfies Chapter;
