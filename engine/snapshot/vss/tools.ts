/** The programs of Windows that make shadow copies where COM is refused: what they are told, and what they answer. */
import { parseGuid } from '../../../native/vss/guid.ts';

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
}

/** Fields without a separator in them, one copy a line. */
const PRINT =
  "'COPY|' + $_.ID + '|' + $_.VolumeName + '|' + $_.DeviceObject + '|' + $_.InstallDate.ToUniversalTime().ToString('o')";

/**
 * No writers, and one set for each volume. Each id is said as soon as it is known.
 * @param volumes as Windows names them: no quote is in them
 * https://learn.microsoft.com/previous-versions/windows/desktop/vsswmi/create-method-in-class-win32-shadowcopy
 */
export function createByWmi(volumes: readonly string[]): ToolCall {
  return powershell(
    ...volumes.flatMap((volume) => [
      `$made = Invoke-CimMethod -ClassName Win32_ShadowCopy -MethodName Create -Arguments @{ Volume = '${volume}'; Context = 'ClientAccessible' }`,
      "if ($made.ReturnValue -ne 0) { 'ReturnValue ' + $made.ReturnValue; exit 3 }",
      '$made.ShadowID',
    ]),
  );
}

export function listByWmi(): ToolCall {
  return powershell(`Get-CimInstance Win32_ShadowCopy | ForEach-Object { ${PRINT} }`);
}

/** @param id as {@link parseGuid} gives it: nothing else may get into a script */
export function deleteByWmi(id: string): ToolCall {
  return powershell(`Get-CimInstance Win32_ShadowCopy -Filter 'ID=''${id}''' | Remove-CimInstance`);
}

/** Double quotes would not survive every command line. */
function powershell(...statements: string[]): ToolCall {
  const script = ["$ErrorActionPreference = 'Stop'", ...statements].join('; ');
  return { program: 'powershell.exe', args: ['-NoLogo', '-NoProfile', '-NonInteractive', '-Command', script] };
}

/** @param file with the lines of {@link diskshadowScript} */
export function createByDiskshadow(file: string): ToolCall {
  return { program: 'diskshadow.exe', args: ['/s', file] };
}

/**
 * Writers take part, one set for all volumes; of Windows Server only. The copies must persist, or they would end with the
 * program. There is no `begin backup`: it makes a full backup of it, after which Exchange truncates its logs.
 * https://learn.microsoft.com/windows-server/administration/windows-commands/diskshadow
 */
export function diskshadowScript(volumes: readonly string[]): string {
  const lines = ['set context persistent', ...volumes.map((volume) => `add volume ${volume}`), 'create'];
  return lines.map((line) => `${line}\r\n`).join('');
}

/** The copies in the answer to {@link listByWmi}. */
export function readCopies(output: string): ToolCopy[] {
  return output.split(/\r?\n/).flatMap((line) => {
    const [mark, shown = '', volume = '', device = '', time = ''] = line.split('|');
    const id = parseGuid(shown);
    if (mark !== 'COPY' || id === undefined) return [];
    return [{ id, volume, device, createdAt: new Date(Number.isNaN(Date.parse(time)) ? 0 : time) }];
  });
}

/** Every id that a program says, whatever its language: of volumes and sets, too. */
export function readIds(output: string): Set<string> {
  const shown = output.match(/\{[0-9a-f]{8}-[0-9a-f-]{27}\}/gi) ?? [];
  return new Set(shown.flatMap((text) => parseGuid(text) ?? []));
}

/** Answers of `Create`; see {@link createByWmi}. */
const answers: Record<string, string> = {
  1: 'access is denied',
  2: 'an argument is not valid',
  3: 'there is no such volume',
  4: 'no shadow copies can be made of the volume',
  5: 'this Windows does not make shadow copies of this kind',
  6: 'the shadow storage has no room',
  7: 'the volume is in use',
  8: 'the volume has as many shadow copies as it can have',
  9: 'another shadow copy is being made',
  10: 'the provider refused; the event log of the computer says why',
  11: 'the provider is not registered',
  12: 'the provider failed; the event log of the computer says why',
  13: 'unknown error',
};
const LAST_WORDS = 400;

/** Why a program failed, of what it printed. Empty when it said nothing. */
export function lastWords(output: string): string {
  const [, code] = /^ReturnValue (\d+)\s*$/m.exec(output) ?? [];
  if (code !== undefined) return `${answers[code] ?? 'unknown failure'} (Win32_ShadowCopy.Create: ${code})`;
  return output.trim().slice(-LAST_WORDS);
}
