import type { Chapter } from './entry.ts';

/** About jobs and the files they are written in. */
export const jobErrors = {
  JobInvalid: {
    category: 'InvalidData',
    meaning:
      'A job file, or a job in it, is not right. The message begins with file, line and column. Jobs that are right are not affected.',
    hint: 'Put right what the message names; about_BackupJobs and docs/jobs.md tell what a job file holds.',
  },
  JobFolderUntrusted: {
    category: 'PermissionDenied',
    meaning:
      "The folder of this machine's jobs, or the one it lies in, was made by another user, or others may write to it. Its jobs say what programs are run: they are not read.",
    hint: 'Look at what is in the folder, and let only administrators (or root) write to it; or give the job files with -Path.',
  },
  JobFileNotFound: {
    category: 'ObjectNotFound',
    meaning: 'There is no job file or folder at the path.',
    hint: 'Check the path; New-BackupJob makes a job file.',
  },
  JobFileNotReadable: {
    category: 'PermissionDenied',
    meaning: 'The job file or the folder cannot be read.',
    hint: 'Give the account read access to the job file.',
  },
  JobFileNotWritable: {
    category: 'PermissionDenied',
    meaning: 'The job file or its folder cannot be written.',
    hint: 'Give the account write access to the folder of the job file.',
  },
  JobExists: {
    category: 'ResourceExists',
    meaning: 'The job file has a job of this name, or of one that differs in case only. Nothing was changed.',
    hint: 'Give another name, or replace the job with -Force.',
  },
  JobNotFound: {
    category: 'ObjectNotFound',
    meaning: 'No job has the name.',
    hint: 'Get-BackupJob lists the jobs that are there.',
  },
} as const satisfies Chapter;
