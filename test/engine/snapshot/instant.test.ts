import { expect } from 'chai';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readFileSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { sleep, until } from '../../support/fixture.ts';
import { useFrozen } from '../../support/frozen.ts';

const WRITER = fileURLToPath(new URL('../../fixtures/rewrite-forever.ts', import.meta.url));
const FILES = 400;

describe('files that are being rewritten', () => {
  const frozen = useFrozen();

  it('are all of one instant in every generation read from a snapshot', async function () {
    this.timeout(60_000);
    const { disk, setOf } = frozen(this);
    const folder = disk.path('data/files');
    disk.makeSubvolume('data');
    mkdirSync(folder);
    const writer = spawn(process.execPath, [WRITER, folder, String(FILES)], { stdio: 'ignore' });
    try {
      await until(
        () => existsSync(`${folder}/file${FILES - 1}`) && statSync(`${folder}/file${FILES - 1}`).size > 0,
        20,
      );
      const set = setOf(disk.path('data'));
      const rounds: number[] = [];
      for (let run = 0; run < 5; run++) {
        const { generation, errors } = await set.run({ snapshot: 'Btrfs', workers: 2 });
        expect(errors).to.deep.equal([]);
        expect(generation.state).to.equal('Complete');
        const values = Array.from({ length: FILES }, (_, i) =>
          Number(readFileSync(set.at(generation, `data/files/file${i}`), 'utf8')),
        );
        // The writer goes from the first file to the last: at any moment some first ones are one round ahead.
        const steps = values.slice(1).map((value, i) => value - (values[i] ?? 0));
        expect(steps.filter((step) => step !== 0 && step !== -1)).to.deep.equal([]);
        expect(steps.filter((step) => step === -1).length).to.be.at.most(1);
        rounds.push(values[0] ?? 0);
        await sleep(0.05);
      }
      expect(new Set(rounds).size, 'the writer went on').to.equal(rounds.length);
    } finally {
      writer.kill('SIGKILL');
      await once(writer, 'exit');
    }
  });
});
