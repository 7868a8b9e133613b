import type { GenerationFacts } from '../retention/generation-facts.ts';
import { machineTimeZone } from '../retention/machine-time-zone.ts';
import { checkTimeZone } from '../retention/time-zone.ts';
import type { Generation } from '../types/protocol.ts';
import type { BackupSet } from './backup-set.ts';

/** What a policy needs to know of a finished generation. */
export function policyFacts({ name, createdAt, state, pinned, pinReason = '' }: Generation): GenerationFacts {
  return {
    name,
    createdAt: Date.parse(createdAt),
    state: state === 'Complete' ? 'Complete' : 'Partial',
    ...(pinned && { pin: pinReason }),
  };
}

/**
 * The zone in which the days of a set begin: the wanted one, else that of the set.
 * @throws EngineError TimeZoneUnknown
 */
export function timeZoneOf({ layout, settings }: BackupSet, wanted?: string): string {
  if (wanted !== undefined) return checkTimeZone(wanted, 'The time zone');
  if (settings.timeZone === undefined) return machineTimeZone();
  return checkTimeZone(settings.timeZone, `The timeZone in '${layout.text(layout.settings)}'`);
}
