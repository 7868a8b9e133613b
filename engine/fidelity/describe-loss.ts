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

/** What a user is told of one thing that was lost. */
export function describeLoss(native: Native, kind: FidelityLossKind, reason: LossReason | undefined): ItemFidelityLoss {
  // Flags are never tried.
  if (kind === 'FileFlags')
    return { kind, cause: 'Design', reason: 'It is recorded and not set: it would forbid links and removal.' };
  if (!reason) return { kind, cause: 'Unknown', reason: 'The reason was not recorded.' };
  if (reason.code === 0)
    return { kind, cause: 'Destination', reason: 'The file system of the destination does not keep it.' };
  const error = native.describeError(reason.code);
  const [cause, text] = whyOf(FORBIDDEN.has(error.name), reason.side);
  return { kind, cause, reason: `${text}: ${error.text} (${error.name}).`, native: error };
}

function whyOf(isForbidden: boolean, side: LossReason['side']): [FidelityLossCause, string] {
  if (isForbidden)
    return [
      'Privilege',
      side === 'source'
        ? 'The account may not read it from the source'
        : 'The account may not set it at the destination',
    ];
  return side === 'source'
    ? ['Source', 'It could not be read from the source']
    : ['Destination', 'The file system of the destination cannot hold it'];
}
