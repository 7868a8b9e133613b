/** One of the words in a variable of the environment, by which a program and all that it starts can be told. */
export interface EnvironmentMark {
  readonly variable: string;
  readonly value: string;
}

/** What starting and ending a process is like on an operating system. Must load on old versions of Node.js. */
export interface ProcessRules {
  /** File name of the program of Node.js. */
  readonly nodeProgram: string;
  /** Where programs keep what they can make again, below the home of the account. */
  readonly cacheFolder: readonly string[];
  /** What has to be passed on to a child that is to end with its parent. */
  readonly forwardedSignals: readonly NodeJS.Signals[];
  /**
   * Where to keep what is about this machine: the first of these that can be written. Absolute paths; the first is the machine's,
   * the other one the account's.
   */
  stateFolders(): string[];
  /** Where this machine's job files are kept: an absolute path. */
  jobsFolder(): string;
  /** The names of files that a program given by its name or path may have. */
  programNames(name: string): string[];
  /** Where such a program is looked for, in order. */
  programFolders(): string[];
  /** Whether a child is started in a process group of its own, which {@link endTree} needs. */
  readonly ownGroup: boolean;
  /**
   * Ends a child that was started so, with all it has started: asks first where that can be done, and waits at most some
   * seconds. That it has ended already is no error.
   * @param mark what the child has in its environment; needed where processes can leave the tree they come from
   */
  endTree(pid: number, mark: EnvironmentMark): Promise<void>;
}
