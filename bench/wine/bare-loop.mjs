// The bare calls of an unchanged generation, in Node.js for Windows: bare-loop.mjs SOURCE PREVIOUS TARGET OUTPUT KIND. KIND is
// `least`: what nobody can avoid on Windows: per folder one bulk listing and one CreateDirectoryW, per file one query and one
//   CreateHardLinkW. It does not know a changed file, nor a damaged copy.
// `same`: the queries that the engine makes per file: the source and its copy by name where the system can, else open, query,
//   close; and the link. It does not look at what it is told.
import { writeFileSync } from 'node:fs';
import { performance } from 'node:perf_hooks';
import koffi from 'koffi';
import { queryLikeTheEngine } from './query.mjs';

const [source, previous, target, output, kind] = process.argv.slice(2);
const kernel32 = koffi.load('kernel32.dll');
const createFile = kernel32.func('int64 CreateFileW(str16, uint32, uint32, void *, uint32, uint32, void *)');
const closeHandle = kernel32.func('int CloseHandle(int64)');
const getInformation = kernel32.func('int GetFileInformationByHandleEx(int64, int, void *, uint32)');
const getAttributes = kernel32.func('int GetFileAttributesExW(str16, int, void *)');
const createDirectory = kernel32.func('int CreateDirectoryW(str16, void *)');
const createHardLink = kernel32.func('int CreateHardLinkW(str16, str16, void *)');

// https://learn.microsoft.com/windows/win32/api/winbase/ns-winbase-file_id_both_dir_info
const FILE_ID_BOTH_DIRECTORY_INFO = 10;
const LAST_WRITE_ATTRIBUTES = 56;
const NAME_LENGTH = 60;
const NAME = 104;
const DIRECTORY = 0x10;
const REPARSE_POINT = 0x400;
const LIST_DIRECTORY = 1;
const SHARE_ALL = 7;
const OPEN_EXISTING = 3;
const BACKUP_SEMANTICS = 0x02000000;

const listing = Buffer.alloc(64 * 1024);
const attributes = Buffer.alloc(36);
const look = { least: lookOnce, same: lookTwice }[kind];
let files = 0;

const started = performance.now();
mirror(source, previous, target);
writeFileSync(output, JSON.stringify({ files, seconds: (performance.now() - started) / 1000 }));

function mirror(from, base, to) {
  check(createDirectory(to, null), to);
  const folders = [];
  const handle = open(from);
  const past = open(base);
  while (getInformation(handle, FILE_ID_BOTH_DIRECTORY_INFO, listing, listing.length) !== 0)
    for (const { name, kind } of entries()) {
      if (name === '.' || name === '..' || kind & REPARSE_POINT) continue;
      if (kind & DIRECTORY) folders.push(name);
      else {
        look(from, handle, past, name);
        check(createHardLink(`${to}\\${name}`, `${base}\\${name}`, null), name);
        files++;
      }
    }
  closeHandle(past);
  closeHandle(handle);
  for (const name of folders) mirror(`${from}\\${name}`, `${base}\\${name}`, `${to}\\${name}`);
}

function lookOnce(from, _handle, _past, name) {
  check(getAttributes(`${from}\\${name}`, 0, attributes), name);
}

function lookTwice(_from, handle, past, name) {
  check(queryLikeTheEngine(handle, name), name);
  check(queryLikeTheEngine(past, name), name);
}

function open(folder) {
  return createFile(folder, LIST_DIRECTORY, SHARE_ALL, null, OPEN_EXISTING, BACKUP_SEMANTICS, null);
}

function* entries() {
  for (let at = 0, next = -1; next !== 0; at += next) {
    next = listing.readUInt32LE(at);
    const length = listing.readUInt32LE(at + NAME_LENGTH);
    const kind = listing.readUInt32LE(at + LAST_WRITE_ATTRIBUTES);
    yield { name: listing.toString('utf16le', at + NAME, at + NAME + length), kind };
  }
}

function check(isDone, what) {
  if (!isDone) throw new Error(`A call failed for ${what}.`);
}
