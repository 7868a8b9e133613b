import { mkdirSync, writeFileSync } from 'node:fs';
import { joinBytes } from './byte-path.ts';

/** Names that break programs which treat them as text, as options, or as lines. */
export const ODD_NAMES: Buffer[] = [
  ...everyByte(),
  ...[
    'new\nline',
    '-rf',
    '--',
    ' lead and trail ',
    '...',
    'tab\ttab',
    '\\',
    '"quote"',
    '*?[x]',
    '#hash',
    '!bang',
    '␛41',
    '␛',
    'é',
    'e\u0301',
  ].map((name) => Buffer.from(name)),
  ...['c0af', 'eda080', 'ff', 'f5', 'e29b', '61ff62', 'c3', 'efbfbd', 'f09f9880'].map((hex) => Buffer.from(hex, 'hex')),
  Buffer.alloc(255, 0x78),
  Buffer.concat([Buffer.alloc(253, 0x79), Buffer.from([0xc3, 0xa9])]),
  Buffer.alloc(255, 0xfe),
];

/** One file per odd name, and one directory with a file in it. */
export function buildOddNames(root: string): void {
  mkdirSync(root);
  for (const name of ODD_NAMES) {
    writeFileSync(joinBytes(root, name), `file ${name.toString('hex')}`);
  }
  const folders = joinBytes(root, Buffer.from([0x64, 0xff, 0x0a]));
  mkdirSync(folders);
  // A tenth of the single bytes is enough here.
  for (const name of ODD_NAMES.filter((name, index) => name.length !== 3 || index % 10 === 0)) {
    mkdirSync(joinBytes(folders, name));
    writeFileSync(joinBytes(folders, name, name), 'inside');
  }
}

/** Every byte a name may hold, each one alone between two letters. */
function everyByte(): Buffer[] {
  const bytes = Array.from({ length: 256 }, (_, byte) => byte).filter((byte) => byte !== 0 && byte !== 0x2f);
  return bytes.map((byte) => Buffer.from([0x62, byte, 0x65]));
}
