/** The programs of Windows that make shadow copies where COM is refused: what they are told, and what they answer. */
import { parseGuid } from '../../native/win32/vss/guid.ts';

export interface ToolCopy {
  readonly id: string;
  /** `\\?\Volume{…}\` */
  readonly volume: string;
  /** Without a backslash at its end. */
  readonly device: string;
  readonly createdAt: Date;
}

/** What is run. */
export interface ToolCall {
  readonly program: 'powershell.exe' | 'diskshadow.exe';
  readonly args: readonly string[];
  /** Lines of a script, for diskshadow. */
  readonly script?: readonly string[];
}

const POWERSHELL = ['-NoLogo', '-NoProfile', '-NonInteractive', '-Command'];

/**
 * No writers, and one set for each volume.
 * https://learn.microsoft.com/previous-versions/windows/desktop/legacy/aa389391(v=vs.85)
 */
export function createByWmi(volume: string): ToolCall {
  const script = [
    "$ErrorActionPreference = 'Stop'",
    `$made = Invoke-CimMethod -ClassName Win32_ShadowCopy -MethodName Create -Arguments @{ Volume = '${volume}'; Context = 'ClientAccessible' }`,
    'if ($made.ReturnValue -ne 0) { [Console]::Error.WriteLine("ReturnValue " + $made.ReturnValue); exit 3 }',
    `Get-CimInstance Win32_ShadowCopy -Filter "ID='$($made.ShadowID)'" | ForEach-Object { ${PRINT} }`,
  ];
  return { program: 'powershell.exe', args: [...POWERSHELL, script.join('; ')] };
}

export function listByWmi(): ToolCall {
  const script = `$ErrorActionPreference = 'Stop'; Get-CimInstance Win32_ShadowCopy | ForEach-Object { ${PRINT} }`;
  return { program: 'powershell.exe', args: [...POWERSHELL, script] };
}

/** @param id as {@link parseGuid} gives it: nothing else may get into a script */
export function deleteByWmi(id: string): ToolCall {
  const script = `$ErrorActionPreference = 'Stop'; Get-CimInstance Win32_ShadowCopy -Filter "ID='${id}'" | Remove-CimInstance`;
  return { program: 'powershell.exe', args: [...POWERSHELL, script] };
}

/** Fields without a separator in them, one copy a line. */
const PRINT =
  "'COPY|' + $_.ID + '|' + $_.VolumeName + '|' + $_.DeviceObject + '|' + $_.InstallDate.ToUniversalTime().ToString('o')";

/**
 * Writers take part, one set for all volumes; of Windows Server only. The copies must persist, or they would end with the
 * program.
 * https://learn.microsoft.com/windows-server/administration/windows-commands/diskshadow
 */
export function createByDiskshadow(volumes: readonly string[], file: string): ToolCall {
  const script = [
    'set context persistent',
    'set verbose on',
    'begin backup',
    ...volumes.map((volume) => `add volume ${volume}`),
    'create',
    'end backup',
  ];
  return { program: 'diskshadow.exe', args: ['/s', file], script };
}

/** The copies in the output of the WMI calls. */
export function readCopies(output: string): ToolCopy[] {
  return output.split(/\r?\n/).flatMap((line) => {
    const [mark, shown = '', volume = '', device = '', time = ''] = line.split('|');
    const id = parseGuid(shown);
    if (mark !== 'COPY' || id === undefined) return [];
    return [{ id, volume, device, createdAt: new Date(time) }];
  });
}

/** Ids of the copies that diskshadow says it made, whatever its language: it prints them as `* Shadow copy ID = {…}`. */
export function readDiskshadowIds(output: string): string[] {
  const found = [...output.matchAll(/^\s*(?:\*|-).*=\s*(\{[0-9a-f-]{36}\})\s*%?.*$/gim)].map(([, id]) => parseGuid(id));
  return [...new Set(found.filter((id) => id !== undefined))];
}
