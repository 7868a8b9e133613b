import { holdsPrivilege, type PrivilegeName } from './privileges.ts';

/** What each privilege is needed for: docs/windows.md. */
const LACKS: readonly (readonly [PrivilegeName, string])[] = [
  ['SeBackupPrivilege', 'files and folders that this account may not read are not backed up'],
  ['SeRestorePrivilege', 'the owners of files of other accounts are not kept'],
  ['SeSecurityPrivilege', 'the audit rules of files are not kept'],
  ['SeCreateSymbolicLinkPrivilege', 'symbolic links are not kept'],
];

/** What this process may not do that a backup would need. */
export function lackingRights(): string[] {
  return LACKS.filter(([name]) => !holdsPrivilege(name)).map(([, lack]) => lack);
}
