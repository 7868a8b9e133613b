import { expect } from 'chai';
import { chooseComponents } from '../../../../engine/snapshot/vss/components.ts';
import type { PlacedSource } from '../../../../engine/snapshot/vss/volumes.ts';
import type { Component, WriterMetadata } from '../../../../native/vss/writers.ts';
import { skip } from '../../../support/requires.ts';
import { withoutVssDouble } from '../../../support/win32/vss-double.ts';
import { nothing, VssSandbox } from '../../../support/win32/vss-sandbox.ts';

/** The example of https://learn.microsoft.com/windows/win32/vss/working-with-selectability-for-backup. */
const MY_WRITER: readonly [name: string, logicalPath: string, selectable: boolean][] = [
  ['Executables', '', false],
  ['ConfigFiles', 'Executables', false],
  ['LicenseInfo', '', true],
  ['Security', '', true],
  ['UserInfo', 'Security', false],
  ['Certificates', 'Security', false],
  ['writerData', '', true],
  ['Set1', 'writerData', false],
  ['Jan', 'writerData\\Set1', false],
  ['Dec', 'writerData\\Set1', false],
  ['Set2', 'writerData', false],
  ['Jan', 'writerData\\Set2', false],
  ['Dec', 'writerData\\Set2', false],
  ['Query', 'writerData\\QueryLogs', false],
  ['Usage', 'writerData', true],
  ['Jan', 'writerData\\Usage', false],
  ['Dec', 'writerData\\Usage', false],
];

describe('components of writers', () => {
  let sandbox: VssSandbox | undefined;
  afterEach(() => {
    sandbox?.[Symbol.dispose]();
    sandbox = undefined;
  });

  /** Each has its files in a folder named after its place. */
  function chosenFor(sources: string[], isFrozen = (_path: string): boolean => true): string[] {
    const components: Component[] = MY_WRITER.map(([name, logicalPath, selectable]) => ({
      type: 2,
      name,
      logicalPath,
      selectable,
      files: [
        { path: `D:\\data\\${logicalPath}\\${name}`.replace('\\\\', '\\'), specification: '*', recursive: false },
      ],
    }));
    const writer: WriterMetadata = {
      instance: 'i',
      writer: 'w',
      name: 'MyWriter',
      components,
      excludedFiles: [],
      xml: '',
    };
    const placed = sources.map((path): PlacedSource => ({ path, realPath: path, volume: 'D', rest: '', root: 'D:\\' }));
    return chooseComponents([writer], placed, isFrozen).map(({ logicalPath, name }) => `${logicalPath}\\${name}`);
  }

  it('are added as the documentation says', () => {
    const explicit = ['\\Executables', 'Executables\\ConfigFiles', '\\LicenseInfo', '\\Security', '\\writerData'];
    expect(chosenFor(['D:\\data'])).to.deep.equal(explicit);
    expect(chosenFor(['d:\\DATA\\security', 'D:\\'])).to.deep.equal(explicit);
  });

  it('that cannot be selected bring the set they belong to', () => {
    expect(chosenFor(['D:\\data\\Security\\UserInfo'])).to.deep.equal(['\\Security']);
    expect(chosenFor(['D:\\data\\writerData\\Set1\\Jan'])).to.deep.equal(['\\writerData']);
  });

  it('of a selectable part of a set are that part where nothing else is wanted', () => {
    expect(chosenFor(['D:\\data\\writerData\\Usage\\Jan'])).to.deep.equal(['writerData\\Usage']);
    expect(chosenFor(['D:\\data\\writerData\\Usage', 'D:\\data\\writerData\\QueryLogs'])).to.deep.equal([
      '\\writerData',
    ]);
  });

  it('whose files are not all frozen are left out, but for parts that are', () => {
    const isFrozen = (path: string): boolean => !path.endsWith('Set2\\Dec');
    expect(chosenFor(['D:\\data\\writerData'], isFrozen)).to.deep.equal(['writerData\\Usage']);
    expect(chosenFor(['D:\\data\\Security'], isFrozen)).to.deep.equal(['\\Security']);
  });

  it('of others are not asked for', () => {
    expect(chosenFor(['D:\\dat', 'C:\\data'])).to.deep.equal([]);
  });

  it('are told of the end of the backup, each by its own place', async function () {
    if (withoutVssDouble !== undefined) skip(this, withoutVssDouble);
    sandbox = new VssSandbox();
    const { double } = sandbox;
    double.writers(
      'writer|MyWriter',
      ...MY_WRITER.flatMap(([name, path, selectable]) => [
        `component|2|${path}|${name}|${selectable ? 1 : 0}`,
        `file|${double.source}|*.${name}|1`,
      ]),
    );
    const snapshot = await sandbox.create();
    await snapshot.complete(true);
    await snapshot.release();
    const calls = (method: string): string[] =>
      double
        .trace()
        .filter((line) => line.startsWith(`${method}(`))
        .map((line) =>
          line
            .split(', ')
            .slice(-3 + (method === 'AddComponent' ? 1 : 0))
            .slice(0, 2)
            .join('\\'),
        )
        .map((text) => text.replace(')', ''));
    const places = ['\\Executables', 'Executables\\ConfigFiles', '\\LicenseInfo', '\\Security', '\\writerData'];
    expect(calls('AddComponent')).to.deep.equal(places);
    expect(calls('SetBackupSucceeded')).to.deep.equal(places);
    expect(sandbox.leftovers()).to.deep.equal(nothing);
  });
});
