import type { Chapter } from './entry.ts';

/** Raised by the module about the engine itself. */
export const moduleErrors = {
  EngineStopped: {
    category: 'ConnectionError',
    meaning: 'The engine ended before it had answered.',
    hint: 'Look at what the engine wrote to standard error, and run again.',
  },
  EngineOutputInvalid: {
    category: 'InvalidData',
    meaning: 'The engine wrote something that is not a message of the protocol.',
    hint: 'What it had finished is kept. Run it again; if it happens again, report what the message quotes.',
  },
  EngineNotFound: {
    category: 'NotInstalled',
    meaning: "The engine's program is not beside the module.",
    hint: 'Install the module again; from the sources, run npm run build.',
  },
  NodeNotFound: {
    category: 'NotInstalled',
    meaning: 'Node.js was not found, or what `MIRRORBACKUP_NODE` names cannot be run.',
    hint: 'Install Node.js 22.13 or newer, or put it on the PATH.',
    remedy: 'Install Node.js 22.13 or newer: [where it is looked for](install.md#nodejs).',
  },
  NodeTooOld: {
    category: 'NotInstalled',
    meaning: 'The Node.js that was found is too old; the message lists all that were.',
    hint: 'Install Node.js 22.13 or newer.',
    remedy: 'Install Node.js 22.13 or newer: [where it is looked for](install.md#nodejs).',
  },
} as const satisfies Chapter;
