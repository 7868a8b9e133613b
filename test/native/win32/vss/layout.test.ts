import { expect } from 'chai';
import { interfaces } from '../../../../native/win32/vss/slots.ts';
import {
  OBJECT_PROPERTIES,
  OBJECT_SIZE,
  PROPERTIES_SIZE,
  PropertyField,
} from '../../../../native/win32/vss/snapshot-properties.ts';
import { COMPONENT_INFO_SIZE, ComponentField } from '../../../../native/win32/vss/writer-metadata.ts';
import { skip } from '../../../support/requires.ts';
import { VssDouble, withoutVssDouble } from '../../../support/win32/vss-double.ts';

/** The compiler has the SDK's headers. */
describe('interfaces and structures of VSS', () => {
  let double: VssDouble;

  before(function () {
    if (withoutVssDouble !== undefined) skip(this, withoutVssDouble);
    double = new VssDouble();
  });
  after(() => double?.[Symbol.dispose]());

  it('have every method where the headers have it', () => {
    const slotOf = double.func('VssDoubleSlot', 'int', ['str']);
    const wrong = Object.entries(interfaces).flatMap(([name, methods]) =>
      Object.entries(methods)
        .filter(([method, { slot }]) => slotOf(`${name}::${method}`) !== slot)
        .map(([method]) => `${name}::${method}`),
    );
    expect(wrong).to.deep.equal([]);
  });

  it('have every field where the compiler puts it', () => {
    const values = new Int32Array(64);
    const count = double.func('VssDoubleLayout', 'int', ['void *'])(values) as number;
    expect([...values.subarray(0, count)]).to.deep.equal([
      PropertyField.Id,
      PropertyField.SetId,
      PropertyField.Device,
      PropertyField.Volume,
      PropertyField.Machine,
      PropertyField.Provider,
      PropertyField.Attributes,
      PropertyField.CreatedAt,
      PropertyField.State,
      PROPERTIES_SIZE,
      OBJECT_PROPERTIES,
      OBJECT_SIZE,
      ComponentField.Type,
      ComponentField.LogicalPath,
      ComponentField.Name,
      ComponentField.Selectable,
      ComponentField.FileCount,
      ComponentField.DatabaseCount,
      ComponentField.LogCount,
      COMPONENT_INFO_SIZE,
    ]);
  });
});
