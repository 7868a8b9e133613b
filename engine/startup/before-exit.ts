const tasks: (() => Promise<void>)[] = [];

/** Registers what must be done before the process ends, in whatever way it is told to. */
export function beforeExit(task: () => Promise<void>): void {
  tasks.push(task);
}

export async function runBeforeExit(): Promise<void> {
  await Promise.allSettled(tasks.splice(0).map((task) => task()));
}
