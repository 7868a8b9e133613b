import type { Native } from '../../native/index.ts';
import type { FidelityLossCause, FidelityLossKind, ItemFidelityLoss } from '../types/protocol.ts';
import type { LossReason } from './loss-reasons.ts';

const FORBIDDEN = new Set([
  'EPERM',
  'EACCES',
  'ERROR_ACCESS_DENIED',
  'ERROR_PRIVILEGE_NOT_HELD',
  'ERROR_INVALID_OWNER',
  'ERROR_NOT_ALL_ASSIGNED',
]);

const TEXTS: Readonly<Record<FidelityLossCause, string>> = {
  Privilege: 'The account may not set it at the destination',
  Destination: 'The file system of the destination cannot hold it',
  Source: 'It could not be read from the source',
  Design: 'It is recorded and not set at the destination',
  Unknown: 'The reason was not recorded',
};

/** What a user is told of one thing that was lost. */
export function describeLoss(native: Native, kind: FidelityLossKind, reason: LossReason | undefined): ItemFidelityLoss {
  // Flags are never tried.
  if (kind === 'FileFlags')
    return { kind, cause: 'Design', reason: `${TEXTS.Design}: it would forbid links and removal.` };
  if (!reason) return { kind, cause: 'Unknown', reason: `${TEXTS.Unknown}.` };
  if (reason.code === 0) return { kind, cause: 'Design', reason: `${TEXTS.Design}.` };
  const error = native.describeError(reason.code);
  const cause = reason.side === 'source' ? 'Source' : FORBIDDEN.has(error.name) ? 'Privilege' : 'Destination';
  return { kind, cause, reason: `${TEXTS[cause]}: ${error.text} (${error.name}).`, native: error };
}
