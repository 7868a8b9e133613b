/** The account a task runs as. */
export type TaskAccount =
  | { readonly kind: 'Service'; readonly sid: string }
  | { readonly kind: 'Managed'; readonly user: string }
  | { readonly kind: 'User'; readonly user: string; readonly logon: UserLogon };

/** How a user is logged on: with a stored password, or without one, and then without rights on other machines. */
export type UserLogon = 'S4U' | 'Password';

const SERVICES: Readonly<Record<string, string>> = {
  system: 'S-1-5-18',
  localsystem: 'S-1-5-18',
  's-1-5-18': 'S-1-5-18',
  'local service': 'S-1-5-19',
  localservice: 'S-1-5-19',
  's-1-5-19': 'S-1-5-19',
  'network service': 'S-1-5-20',
  networkservice: 'S-1-5-20',
  's-1-5-20': 'S-1-5-20',
};

/** The account of a name: none is SYSTEM, and one that ends in `$` is a group managed service account. */
export function taskAccount(user: string | undefined, logon: UserLogon): TaskAccount {
  const name = (user ?? 'SYSTEM').trim();
  const sid = SERVICES[name.replace(/^NT AUTHORITY\\/i, '').toLowerCase()];
  if (sid !== undefined) return { kind: 'Service', sid };
  return name.endsWith('$') ? { kind: 'Managed', user: name } : { kind: 'User', user: name, logon };
}
