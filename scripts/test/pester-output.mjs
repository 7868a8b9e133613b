/**
 * Reads what Pester/Run.ps1 says, line by line: its last one is `Pester: N passed, N failed, N skipped`.
 * `counts` is undefined until then.
 */
export class PesterOutput {
  counts;
  skipped = [];

  /** Takes a line; returns whether a reader wants to see it. */
  take(line) {
    const [, passed, failed] = /^Pester: (\d+) passed, (\d+) failed, (\d+) skipped$/.exec(line.trim()) ?? [];
    if (passed !== undefined) {
      this.counts = { passed: Number(passed), failed: Number(failed) };
      return false;
    }
    const [, title, reason] = /^Skipped: (.+?): (.+)$/.exec(line.trim()) ?? [];
    if (title !== undefined) this.skipped.push({ title, reason });
    return true;
  }

  /** What the step returns. An exit code that the results do not explain must not be lost. */
  result(name, exitCode) {
    if (this.counts === undefined) throw new Error(`it ended (${exitCode}) before it had counted the tests.`);
    if (exitCode !== 0 && this.counts.failed === 0) {
      console.error(`${name} ended with ${exitCode} although no test failed.`);
      this.counts.failed = 1;
    }
    return { ...this.counts, skipped: this.skipped };
  }
}
