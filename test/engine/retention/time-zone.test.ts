import { expect } from 'chai';
import { EngineError } from '../../../engine/errors/engine-error.ts';
import { machineTimeZone } from '../../../engine/retention/machine-time-zone.ts';
import { checkTimeZone } from '../../../engine/retention/time-zone.ts';

describe('time zones', () => {
  for (const zone of ['UTC', 'Europe/Berlin', 'America/Argentina/Buenos_Aires', 'europe/berlin', 'EST5EDT'])
    it(`${zone} is one`, () => expect(checkTimeZone(zone, 'It')).to.equal(zone));

  for (const zone of ['', 'local', 'system', 'default', 'Berlin', 'W. Europe Standard Time', 'UTC+2', '../etc/passwd'])
    it(`'${zone}' is none`, () => {
      expect(() => checkTimeZone(zone, 'It'))
        .to.throw(EngineError)
        .with.property('id', 'TimeZoneUnknown');
    });

  it('this machine is in one', () => expect(checkTimeZone(machineTimeZone(), 'It')).to.equal(machineTimeZone()));
});
