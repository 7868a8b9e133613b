import { destinationErrors } from './destination.ts';
import type { Chapter } from './entry.ts';
import { hardLinkErrors } from './hard-links.ts';
import { itemErrors } from './items.ts';
import { jobErrors } from './jobs.ts';
import { jobRunErrors } from './job-runs.ts';
import { moduleErrors } from './module.ts';
import { protocolErrors } from './protocol.ts';
import { reportErrors } from './reports.ts';
import { restoreErrors } from './restores.ts';
import { scheduleErrors } from './schedules.ts';
import { setErrors } from './sets.ts';
import { snapshotErrors } from './snapshots.ts';
import { sourceErrors } from './sources.ts';

/** A part of docs/errors.md. */
export interface PageChapter {
  readonly title: string;
  /** What comes before the table. */
  readonly introduction?: string;
  readonly errors: Chapter;
}

/** The chapters of docs/errors.md, in its order. */
export const chapters: readonly PageChapter[] = [
  { title: 'The protocol', errors: protocolErrors },
  { title: 'Sources', errors: sourceErrors },
  { title: 'Destination and links', errors: destinationErrors },
  { title: 'Sets and generations', errors: setErrors },
  { title: 'Selection and snapshots', errors: snapshotErrors },
  {
    title: 'Items',
    introduction: `These are about one item each. They come as non-terminating errors, the run goes on, and the generation is \`Partial\`. If the item is in
the last generation it is carried over and marked stale, never dropped as if it had been deleted.`,
    errors: itemErrors,
  },
  {
    title: 'Restores',
    introduction: `About \`Restore-BackupItem\`; see [restore.md](restore.md). The first two end it before anything is written. The others are about one item each and
come as non-terminating errors: the other items are restored. Too little space is \`DestinationFull\`, above.`,
    errors: restoreErrors,
  },
  {
    title: 'Hard links',
    introduction:
      'About `New-HardLink` and `Get-HardLink`. A file system without hard links is `LinkNotSupported`, above.',
    errors: hardLinkErrors,
  },
  {
    title: 'Reports',
    introduction: `About \`Export-BackupReport\`. A folder that is missing is \`FolderNotFound\`, a folder in place of the file \`PathIsDirectory\`, and a file that
exists, with \`-NoClobber\`, \`PathExists\`, all above.`,
    errors: reportErrors,
  },
  {
    title: 'Jobs',
    introduction: 'About `Get-BackupJob` and the other cmdlets for jobs; see [jobs.md](jobs.md).',
    errors: jobErrors,
  },
  {
    title: 'Runs of jobs',
    introduction: `These stand in the \`Problems\` of a result of \`Invoke-BackupJob\`, besides those of the steps that failed; the first problem of a job that fails or is
cancelled is also an error. See [running-jobs.md](running-jobs.md).`,
    errors: jobRunErrors,
  },
  {
    title: 'Schedules',
    introduction: 'About `Register-BackupJob` and `Unregister-BackupJob`.',
    errors: scheduleErrors,
  },
  { title: 'The module', errors: moduleErrors },
];
