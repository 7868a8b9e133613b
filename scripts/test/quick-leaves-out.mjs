import { existsSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Files of tests that the inner loop leaves out, beside the tests tagged @slow: each starts the engine dozens of times, or
 * mounts file systems. `npm test` runs them, and `npx mocha <file>` whoever works on what they test.
 */
const files = [
  'engine/faults/busy-folders.test.ts',
  'engine/faults/cancelled.test.ts',
  'engine/faults/changing-source.test.ts',
  'engine/faults/nested-mounts.test.ts',
  'engine/faults/planted-links.test.ts',
  'engine/faults/read-errors.test.ts',
  'engine/faults/unprivileged.test.ts',
  'engine/faults/write-errors.test.ts',
  'engine/find/find-items.test.ts',
  'engine/generation/latest.test.ts',
  'engine/generation/manifests.test.ts',
  'engine/generation/pins.test.ts',
  'engine/generation/prune.test.ts',
  'engine/generation/refuse-destinations.test.ts',
  'engine/generation/removal.test.ts',
  'engine/import/import-generation.test.ts',
  'engine/jobs/properties.test.ts',
  'engine/jobs/run/hooks.test.ts',
  'engine/jobs/run/interrupted.test.ts',
  'engine/jobs/run/notifications.test.ts',
  'engine/jobs/run/plan-job.test.ts',
  'engine/jobs/run/reports.test.ts',
  'engine/jobs/run/run-job.test.ts',
  'engine/measure/measure.test.ts',
  'engine/measure/random-sets.test.ts',
  'engine/mirror/fidelity.test.ts',
  'engine/mirror/hard-links.test.ts',
  'engine/mirror/inheritance.test.ts',
  'engine/notify/hostile-texts.test.ts',
  'engine/notify/mail.test.ts',
  'engine/properties/texts.test.ts',
  'engine/protocol/end.test.ts',
  'engine/remove/shared-files.test.ts',
  'engine/repair/heal.test.ts',
  'engine/repair/heal-owners.test.ts',
  'engine/restore/faults.test.ts',
  'engine/snapshot/btrfs.test.ts',
  'engine/snapshot/instant.test.ts',
  'engine/snapshot/interrupted.test.ts',
  'engine/snapshot/shadow-copies.test.ts',
  'engine/snapshot/state-folder.test.ts',
  'engine/snapshot/use-shadow-copy.test.ts',
  'engine/snapshot/vss/by-tool.test.ts',
  'engine/snapshot/vss/or-tool.test.ts',
  'engine/verify/damage.test.ts',
  'engine/verify/healing.test.ts',
  'engine/verify/metadata.test.ts',
  'native/ntfs/linux-engine.test.ts',
  'native/ntfs/windows-engine.test.ts',
  'wine/two-generations.test.ts',
];

/** These files as mocha's --ignore wants them: relative to `root`. Throws for one that is not there. */
export function quickLeavesOut(root) {
  return files.map((file) => {
    const path = `test/${file}`;
    if (!existsSync(join(root, path)))
      throw new Error(`scripts/test/quick-leaves-out.mjs names ${path}, which is not there.`);
    return path;
  });
}
