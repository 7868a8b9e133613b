import { EngineError } from '../errors/engine-error.ts';
import type { InitializeParams, InitializeResult } from '../types/protocol.ts';
import { engineVersion } from '../types/version.ts';
import type { Command } from './context.ts';
import { commands } from './index.ts';
import { prepare } from './prepare.ts';

const protocolVersion = 1;

/** Exchanges versions, and begins to load what comes next. */
export const run: Command<InitializeParams, InitializeResult> = (params) => {
  if (params.protocolVersion !== undefined && params.protocolVersion !== protocolVersion) {
    return Promise.reject(
      new EngineError('ProtocolVersionNotSupported', {
        message: `params.protocolVersion is ${params.protocolVersion}; this engine (${engineVersion}) speaks version ${protocolVersion}.`,
        details: { supported: [protocolVersion] },
      }),
    );
  }
  if (params.prepare !== undefined) prepare(params.prepare);
  return Promise.resolve({
    engine: { name: 'MirrorBackup', version: engineVersion },
    protocolVersion,
    platform: process.platform,
    node: process.version,
    pid: process.pid,
    capabilities: { methods: Object.keys(commands) },
  });
};
