/** The program that a schedule starts for a job. */
export interface Launch {
  /** PowerShell, and what it is given before the script. */
  readonly shell: { readonly path: string; readonly arguments: readonly string[] };
  /** The script of the module that runs a job and ends with its exit code. */
  readonly script: string;
  /** Environment variables that the run needs and a service would not have; where a schedule can set them. */
  readonly environment: Readonly<Record<string, string>>;
}

/** What the shell is given to run one job of a file. */
export function launchArguments(launch: Launch, job: { readonly file: string; readonly name: string }): string[] {
  return [...launch.shell.arguments, '-File', launch.script, '-Path', job.file, '-Name', job.name];
}
