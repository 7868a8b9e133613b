const place = /^#region Functions, one in each file\n[\s\S]*?^#endregion\n/m;

/**
 * The module's script with all functions in it: one file is read and compiled faster than some hundred. Each keeps its
 * name as a region, which editors show.
 * @param {string} script MirrorBackup.psm1
 * @param {[path: string, text: string][]} files in the order in which they are loaded
 */
export function mergeFunctions(script, files) {
  if (!place.test(script)) throw new Error('MirrorBackup.psm1 has no region for functions: see merge-functions.mjs.');
  for (const [path, text] of files) refuseWhatDiffers(path, text);
  const regions = files.map(([path, text]) => `#region ${path}\n${text.trimEnd()}\n#endregion\n`);
  return script.replace(place, () => regions.join('\n'));
}

/** What means something else in a file of its own. */
function refuseWhatDiffers(path, text) {
  const found = /\$PSScriptRoot|\$PSCommandPath|^\s*using\s/im.exec(text)?.[0].trim();
  if (found !== undefined) throw new Error(`${path} has "${found}", which is another thing in one file with others.`);
}
