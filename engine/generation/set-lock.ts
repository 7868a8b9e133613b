import { hostname, userInfo } from 'node:os';
import { readFileSync } from 'node:fs';
import type { LockHandle, Native } from '../../native/index.ts';
import { EngineError } from '../errors/engine-error.ts';
import type { Layout } from './layout.ts';
import { pause } from '../../native/pause.ts';

const ATTEMPTS = 3;
const PAUSE_MS = 20;

interface Holder {
  owner: string;
  host: string;
  pid: number;
  startedAt: string;
  /** What it makes, if that is a generation. */
  generation?: string;
}

/** The lock of a set, as long as this process holds it. */
export interface SetLock extends LockHandle {
  /** Notes the generation that is made under it. */
  making(generation: string): void;
}

/**
 * Makes this process the only one that writes to the set. The lock the operating system holds decides; the note in the
 * file is for people, and for one case: another host that died without releasing it, on a share whose locks may not reach
 * us. That is never broken automatically.
 * @throws EngineError SetBusy, SetForeign
 */
export function lockSet(native: Native, layout: Layout): SetLock {
  const path = layout.text(layout.lock);
  const lock = tryLock(native, path);
  if (!lock) {
    const holder = parse(readNote(layout));
    throw new EngineError('SetBusy', {
      message: holder
        ? `The set '${layout.set}' is in use by process ${holder.pid} of ${holder.owner} on ${holder.host}, since ${holder.startedAt}.`
        : `The set '${layout.set}' is in use by another process.`,
      path,
      details: holder && { ...holder },
    });
  }
  const left = parse(lock.previous);
  if (left && left.host !== hostname()) {
    lock.abandon();
    throw new EngineError('SetForeign', {
      message: `The set '${layout.set}' was left locked by process ${left.pid} on ${left.host}, since ${left.startedAt}.`,
      path,
      details: { ...left },
    });
  }
  const holder: Holder = {
    owner: accountName(),
    host: hostname(),
    pid: process.pid,
    startedAt: new Date().toISOString(),
  };
  const note = (what: Holder): void => lock.describe(`${JSON.stringify(what)}\n`);
  note(holder);
  return { ...lock, making: (generation) => note({ ...holder, generation }) };
}

/** Whoever asks whether a set is locked keeps others from it for a moment. */
function tryLock(native: Native, path: string): LockHandle | undefined {
  for (let attempt = 1; ; attempt++) {
    const lock = native.lock(path);
    if (lock || attempt === ATTEMPTS) return lock;
    pause(PAUSE_MS);
  }
}

/**
 * The generation that is being made in a set right now, by whatever process. Says nothing to it, and does not keep it from
 * its work.
 */
export function generationAtWork(native: Native, layout: Layout): string | undefined {
  // The note comes first: it is empty where nobody is at work, and then nothing is asked of the lock, not even for a moment.
  const generation = parse(readNote(layout))?.generation;
  return generation !== undefined && native.isLocked(layout.text(layout.lock)) ? generation : undefined;
}

/** For people: an account that the system does not know (some containers and services) is no reason not to run. */
function accountName(): string {
  try {
    return userInfo().username;
  } catch {
    return 'an unknown account';
  }
}

function readNote(layout: Layout): string {
  try {
    return readFileSync(layout.path(layout.lock), 'utf8');
  } catch {
    return '';
  }
}

function parse(note: string): Holder | undefined {
  try {
    return JSON.parse(note) as Holder;
  } catch {
    return undefined;
  }
}
