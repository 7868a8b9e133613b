import { readFileSync } from 'node:fs';

/** What the bits of a capability set mean for a backup, see capabilities(7). */
const CAPABILITIES: readonly (readonly [bits: bigint, lack: string])[] = [
  // Either lets a process read everything: CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH.
  [0x6n, 'files and folders that this account may not read are not backed up'],
  // CAP_CHOWN
  [0x1n, 'the owners and groups of files of other accounts are not kept'],
  // CAP_FOWNER
  [0x8n, 'flags and extended attributes that only root may set are not kept'],
];

/** What this process may not do that a backup would need. */
export function lackingRights(): string[] {
  const effective = effectiveCapabilities();
  return CAPABILITIES.filter(([bits]) => (effective & bits) === 0n).map(([, lack]) => lack);
}

/** A process of root may lack them, in a container or a service; one of another account may have them. */
function effectiveCapabilities(): bigint {
  try {
    const digits = /^CapEff:\s*([0-9a-f]+)$/m.exec(readFileSync('/proc/self/status', 'latin1'))?.[1];
    if (digits !== undefined) return BigInt(`0x${digits}`);
  } catch {
    // Without /proc the account decides.
  }
  return process.geteuid?.() === 0 ? ~0n : 0n;
}
