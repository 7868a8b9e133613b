import { DateTime } from 'luxon';
import { EngineError } from '../errors/engine-error.ts';
import { isTimeZone } from './machine-time-zone.ts';

/**
 * Both must know it: luxon has names of its own (`local`), Node.js takes offsets (`+02:00`) that luxon does not.
 * @param where what names the zone, for the message
 * @throws EngineError TimeZoneUnknown
 */
export function checkTimeZone(zone: string, where: string): string {
  if (isTimeZone(zone) && DateTime.fromMillis(0, { zone }).isValid) return zone;
  throw new EngineError('TimeZoneUnknown', { message: `${where} is '${zone}', and there is no such time zone.` });
}
