import { expect } from 'chai';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { distrust, makePrivateFolder, problemOf } from '../../../native/win32/private-folder.ts';
import { skip } from '../../support/requires.ts';

const USER = 'S-1-5-21-1-2-3-1001';
const [everyone, users, other] = ['S-1-1-0', 'S-1-5-32-545', 'S-1-5-21-1-2-3-1002'];
const [system, administrators, creator] = ['S-1-5-18', 'S-1-5-32-544', 'S-1-3-0'];
const [READ, WRITE, FULL] = [0x12_00a9, 0x6, 0x1f_01ff];

describe('folders that only their account writes to, on Windows', () => {
  it('are told by their owner and their access control list', () => {
    const full = (sid: string): Ace => ({ sid, mask: FULL });
    const cases: [string, string, Ace[] | undefined, RegExp | undefined][] = [
      ['as they are made', administrators, [full(system), full(administrators), full(USER)], undefined],
      ['that others read', USER, [full(USER), { sid: everyone, mask: READ }], undefined],
      ['of the system', system, [full(system)], undefined],
      ['of another user', other, [full(USER)], /^it belongs to S-1-5-21-1-2-3-1002$/],
      ['as %ProgramData% makes them', USER, [full(system), { sid: users, mask: WRITE }], /^S-1-5-32-545 may write/],
      ['that others may take', USER, [{ sid: other, mask: 0x8_0000 }], /^S-1-5-21-1-2-3-1002 may write/],
      ['that pass rights on only', USER, [{ sid: other, mask: FULL, flags: 11 }], undefined],
      ['that deny', USER, [{ sid: everyone, mask: FULL, type: 1 }], undefined],
      ['whose creator has rights', USER, [full(creator)], undefined],
      ['whose owner is any creator', creator, [full(USER)], /^it belongs to S-1-3-0$/],
      ['without a list', USER, undefined, /no access control list/],
    ];
    for (const [what, owner, list, expected] of cases) {
      const problem = problemOf(descriptor(owner, list), USER);
      if (expected) expect(problem, what).to.match(expected);
      else expect(problem, what).to.equal(undefined);
    }
  });

  describe('on disk', () => {
    let root = '';
    before(function () {
      if (process.platform !== 'win32') skip(this, 'needs Windows');
    });
    beforeEach(() => {
      root = mkdtempSync(`${tmpdir()}\\mb-`);
    });
    afterEach(() => rmSync(root, { recursive: true, force: true }));

    it('are made with all above them, and believed', () => {
      makePrivateFolder(`${root}\\a\\b`);
      makePrivateFolder(`${root}\\a\\b`);
      expect(distrust(`${root}\\a\\b`)).to.equal(undefined);
      expect(distrust(`${root}\\missing`)).to.equal(undefined);
      mkdirSync(`${root}\\a\\b\\c`);
      expect(distrust(`${root}\\a\\b\\c`)).to.equal(undefined);
    });
  });
});

interface Ace {
  sid: string;
  mask: number;
  flags?: number;
  type?: number;
}

/** Self-relative. */
function descriptor(owner: string, list: readonly Ace[] | undefined): Buffer {
  const entries = (list ?? []).map(({ sid, mask, flags = 0, type = 0 }) => {
    const account = sidBytes(sid);
    const head = Buffer.alloc(8);
    head.set([type, flags]);
    head.writeUInt16LE(8 + account.length, 2);
    head.writeUInt32LE(mask, 4);
    return Buffer.concat([head, account]);
  });
  const acl = Buffer.alloc(8);
  acl[0] = 2;
  acl.writeUInt16LE(8 + Buffer.concat(entries).length, 2);
  acl.writeUInt16LE(entries.length, 4);
  const header = Buffer.alloc(20);
  const ownerBytes = sidBytes(owner);
  header.writeUInt32LE(20, 4);
  if (list) header.writeUInt32LE(20 + ownerBytes.length, 16);
  return Buffer.concat([header, ownerBytes, acl, ...entries]);
}

function sidBytes(sid: string): Buffer {
  const [, revision, authority, ...parts] = sid.split('-').map(Number);
  const bytes = Buffer.alloc(8 + 4 * parts.length);
  bytes.set([revision, parts.length]);
  bytes.writeUIntBE(authority, 2, 6);
  parts.forEach((part, i) => bytes.writeUInt32LE(part, 8 + 4 * i));
  return bytes;
}
