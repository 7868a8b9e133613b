/**
 * A PowerShell wildcard pattern as a regular expression: `*`, `?`, `[a-z]`, and a backtick that takes the next character
 * as it is. Case does not matter.
 * See https://learn.microsoft.com/powershell/module/microsoft.powershell.core/about/about_wildcards
 */
export function wildcardToRegExp(pattern: string): RegExp {
  let source = '';
  for (let i = 0; i < pattern.length; i++) {
    const character = pattern[i];
    const end = character === '[' ? pattern.indexOf(']', i + 2) : -1;
    if (character === '`' && i + 1 < pattern.length) source += escape(pattern[++i]);
    else if (character === '*') source += '.*';
    else if (character === '?') source += '.';
    else if (end > 0) {
      source += `[${pattern.slice(i + 1, end).replace(/[\\^\]]/g, '\\$&')}]`;
      i = end;
    } else source += escape(character);
  }
  return new RegExp(`^${source}$`, 'is');
}

function escape(character: string): string {
  return character.replace(/[.*+?^${}()|[\]\\/]/, '\\$&');
}
