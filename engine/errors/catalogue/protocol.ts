import type { Chapter } from './entry.ts';

/** Of the protocol, and of the engine as a whole. */
export const protocolErrors = {
  ParseError: {
    category: 'InvalidData',
    meaning: 'The line is not UTF-8, not JSON, or longer than 16 MiB.',
    hint: 'Send one JSON-RPC 2.0 object per line, UTF-8, without line breaks in it.',
  },
  InvalidRequest: {
    category: 'InvalidArgument',
    meaning: 'It is JSON, but no JSON-RPC 2.0 request; or its id is in use; or the engine is shutting down.',
    hint: 'A request is {"jsonrpc":"2.0","id":1,"method":"…","params":{…}}.',
    remedy: 'The message names the field that is wrong.',
  },
  MethodNotFound: {
    category: 'NotImplemented',
    meaning: 'The engine has no method of this name.',
    hint: 'details.methods lists what this engine can do.',
    remedy: '`details.methods` lists those it has; a newer engine may have more.',
  },
  InvalidParameter: {
    category: 'InvalidArgument',
    meaning: 'A parameter is missing, has the wrong type, is out of bounds, or contradicts another one.',
    hint: 'details.errors lists every field that is wrong.',
    remedy: 'The message, and `details.errors`, name every field that is wrong and what is expected there.',
  },
  ProtocolVersionNotSupported: {
    category: 'NotImplemented',
    meaning: 'The client speaks a version of the protocol that the engine does not.',
    hint: 'Use the engine that came with this version of the module.',
  },
  InternalError: {
    category: 'NotSpecified',
    meaning: 'A defect of the engine.',
    hint: 'This is a defect. Run again with MIRRORBACKUP_DEBUG=1 and report what is written to standard error.',
  },
  SystemCallFailed: {
    category: 'ResourceUnavailable',
    meaning: 'The operating system refused something that should have worked; the message has its reason.',
    hint: 'The system says why. If that does not help, run again with MIRRORBACKUP_DEBUG=1 and report it.',
  },
  PlatformNotSupported: {
    category: 'NotInstalled',
    meaning:
      'The engine has no part for this system and processor, or it cannot be loaded; the message says which and why.',
    hint: 'MirrorBackup runs on Windows, and on Linux with the GNU C library, on x64 and arm64. Run it on a Node.js for one of these, or install the module again.',
    remedy:
      'Windows, or Linux with the GNU C library (not musl), on x64 or arm64. If it is one of these, install the module again.',
  },
  PathInvalid: {
    category: 'InvalidArgument',
    meaning:
      'A path is not absolute, or cannot exist on this system: `C:folder`, `NUL`, a name with `*` or `:`, a byte that no name can hold, a name that is too long. Nothing was written.',
    hint: 'Give an absolute path, with names that can exist on this system; the message says what is wrong with it.',
    remedy:
      'The message says what is wrong with it; [windows-paths.md](windows-paths.md) says what is accepted on Windows.',
  },
  Cancelled: {
    category: 'OperationStopped',
    meaning: 'The request was cancelled, or the client has gone.',
    hint: 'Run it again to go on; what was copied is used again.',
  },
} as const satisfies Chapter;
