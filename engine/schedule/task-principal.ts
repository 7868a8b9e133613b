import type { TaskAccount } from './task-account.ts';
import { element, type XmlElement } from './xml-element.ts';

/** Names the account within a task: its actions say that they run as it. */
export const PRINCIPAL = 'Author';

/**
 * The account of a task. Service accounts have no logon type in the schema. A group managed service account has
 * `Password`: the system asks the domain for it.
 *
 * @see https://learn.microsoft.com/windows/win32/taskschd/taskschedulerschema-logontype-simpletype
 * @see https://learn.microsoft.com/windows-server/identity/ad-ds/manage/group-managed-service-accounts/group-managed-service-accounts/getting-started-with-group-managed-service-accounts
 */
export function taskPrincipal(account: TaskAccount): XmlElement {
  const principal = element(
    'Principal',
    [
      element('UserId', account.kind === 'Service' ? account.sid : account.user),
      account.kind === 'Service'
        ? undefined
        : element('LogonType', account.kind === 'Managed' ? 'Password' : account.logon),
      element('RunLevel', 'HighestAvailable'),
    ],
    { id: PRINCIPAL },
  );
  return element('Principals', [principal]);
}
