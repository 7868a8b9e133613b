import { parseArgs } from 'node:util';

const scenarios = ['start', 'unchanged', 'first', 'deletion', 'verify', 'mutated', 'catalogue', 'scale', 'wine'];
const peers = ['rsync-3.2.7', 'rsync', 'cp', 'rm', 'restic', 'borg'];

export const helpText = `npm run bench -- [options]

  --files 200000     files of the tree
  --rounds 3         how often each is measured; they take turns
  --only NAMES       of ${scenarios.join(', ')}; default: all but scale and wine
  --peers NAMES      of ${peers.join(', ')}; default: all but restic and borg
  --scale NUMBERS    files of the trees of scale; default: 250000,500000,1000000
  --directory DIR    measure in a new folder there, not on an ext4 image of its own
  --json FILE        also write all samples there
  --keep             leave the trees and the image
  --help             this text`;

/** The command line; ends the process where it is wrong. */
export function readOptions(args) {
  try {
    const { values } = parseArgs({
      args,
      options: {
        files: { type: 'string', default: '200000' },
        rounds: { type: 'string', default: '3' },
        only: { type: 'string', default: 'start,unchanged,first,deletion,verify,mutated,catalogue' },
        peers: { type: 'string', default: 'rsync-3.2.7,rsync,cp,rm' },
        scale: { type: 'string', default: '250000,500000,1000000' },
        directory: { type: 'string' },
        json: { type: 'string' },
        keep: { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
      },
    });
    return {
      ...values,
      files: wholeNumber('files', values.files),
      rounds: wholeNumber('rounds', values.rounds),
      only: namesOf('only', values.only, scenarios),
      peers: namesOf('peers', values.peers, peers),
      scale: values.scale.split(',').map((text) => wholeNumber('scale', text)),
    };
  } catch (error) {
    console.error(`bench: ${error.message}\n\n${helpText}`);
    process.exit(64);
  }
}

function wholeNumber(option, text) {
  if (!/^[1-9]\d*$/.test(text)) throw new Error(`--${option} must be a number, not '${text}'.`);
  return Number(text);
}

function namesOf(option, text, known) {
  const names = text.split(',').filter(Boolean);
  for (const name of names)
    if (!known.includes(name)) throw new Error(`--${option} knows ${known.join(', ')}, not '${name}'.`);
  return names;
}
