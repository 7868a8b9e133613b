import { cpus, release, totalmem } from 'node:os';
import { statfsSync } from 'node:fs';

const fileSystems = { 0xef53: 'ext4', 0x58465342: 'XFS', 0x9123683e: 'btrfs', 0x01021994: 'tmpfs' };

/** Where, and with what, it was measured. */
export function describeMachine(volume, options) {
  const [{ model }] = cpus();
  const fileSystem = fileSystems[statfsSync(volume.root).type] ?? 'an unknown file system';
  const facts = {
    started: new Date().toISOString(),
    processor: model,
    cores: cpus().length,
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    kernel: release(),
    node: process.version,
    fileSystem,
    image: volume.image,
    files: options.files,
    rounds: options.rounds,
  };
  const place = volume.image ? `${fileSystem} image ${volume.image}` : `${fileSystem} ${volume.root}`;
  const summary = `${model}, ${facts.cores} cores, ${facts.memoryGiB} GiB, Linux ${facts.kernel}, Node.js ${facts.node}; ${place}`;
  return { ...facts, summary };
}
