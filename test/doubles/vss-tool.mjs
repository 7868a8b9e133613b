/**
 * PowerShell and diskshadow as the engine calls them, with shadow copies in a file.
 *
 *     node vss-tool.mjs <folder> powershell|diskshadow …
 *
 * `<folder>/copies.json` holds the copies, `calls.txt` what was asked, and `behave.json` what goes wrong: for `list`,
 * `create` and `delete` `{ exit, says }`, `hang: 'before' | 'after'` the making, or `mute`: the id is not said.
 */
import { randomUUID } from 'node:crypto';
import { appendFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const [folder, program, ...args] = process.argv.slice(2);
const script = program === 'diskshadow' ? readFileSync(args[1], 'utf8') : args.at(-1);
const copies = () => read('copies.json', []);

const created = [...script.matchAll(/(?:Volume = '|add volume )([^'\r\n]+)/g)].map(([, volume]) => volume);
const deleted = /ID=''(\{[^}]+\})''' \| Remove-CimInstance/.exec(script)?.[1];
const step = created.length > 0 ? 'create' : deleted ? 'delete' : 'list';
appendFileSync(join(folder, 'calls.txt'), `${program} ${step}\n`);
const { exit, says = '', hang, mute, copies: most = Infinity } = read('behave.json', {})[step] ?? {};

if (hang === 'before') await forever();
if (exit !== undefined && most === Infinity) end(exit);
if (step === 'list')
  for (const copy of copies()) console.log(`COPY|${copy.id}|${copy.volume}|${copy.device}|${copy.time}`);
if (step === 'delete') write(copies().filter(({ id }) => id !== deleted.toUpperCase()));
if (step === 'create') {
  for (const volume of created.slice(0, most)) {
    const id = `{${randomUUID().toUpperCase()}}`;
    const device = `\\\\?\\GLOBALROOT\\Device\\HarddiskVolumeShadowCopy${copies().length + 1}`;
    write([...copies(), { id, volume, device, time: new Date().toISOString() }]);
    if (!mute) console.log(program === 'diskshadow' ? `Alias VSS_SHADOW_1 for shadow ID ${id} set …` : id);
  }
  if (hang === 'after') await forever();
}
if (exit !== undefined) end(exit);

function read(name, otherwise) {
  const file = join(folder, name);
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : otherwise;
}

function write(all) {
  writeFileSync(join(folder, 'copies.json'), JSON.stringify(all));
}

function end(code) {
  process.stderr.write(says);
  process.exit(code);
}

function forever() {
  return new Promise((resolve) => setTimeout(resolve, 60_000));
}
