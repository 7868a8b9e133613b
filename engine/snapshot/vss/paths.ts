/** Paths of Windows as writers and the registry write them: any case, `/` never, variables between percent signs. */

/** `%windir%\x` with the value of the variable, which is left alone when there is none. */
export function expandVariables(path: string, variables: NodeJS.ProcessEnv = process.env): string {
  return path.replace(/%([^%]+)%/g, (whole, name: string) => {
    const key = Object.keys(variables).find((candidate) => candidate.toLowerCase() === name.toLowerCase());
    return (key === undefined ? undefined : variables[key]) ?? whole;
  });
}

/** Whether a path is a folder or something below it. */
export function isInside(path: string, folder: string): boolean {
  const [inner, outer] = [fold(path), fold(folder)];
  return inner === outer || inner.startsWith(`${outer}\\`);
}

/** The part of a path below a folder that it is in, without separators at its ends. */
export function below(path: string, folder: string): string {
  return trimmed(trimmed(path).slice(trimmed(folder).length)).replace(/^\\+/, '');
}

function fold(path: string): string {
  return trimmed(path).toLowerCase();
}

function trimmed(path: string): string {
  return path.replace(/^\\\\\?\\(?=[a-z]:)/i, '').replace(/\\+$/, '');
}
