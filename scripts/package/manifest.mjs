/**
 * The manifest of the package: the module's own, with what is known only now.
 * @param {string} text MirrorBackup.psd1 of the sources
 * @param {object} facts
 * @param {string} facts.version that of package.json
 * @param {string} facts.notes
 * @param {string | undefined} facts.projectUri
 * @param {string[]} facts.files
 */
export function packageManifest(text, { version, notes, projectUri, files }) {
  const [number, prerelease] = version.split('-', 2);
  const data = [
    ['LicenseUri', quote('https://opensource.org/license/mit')],
    ...(projectUri === undefined ? [] : [['ProjectUri', quote(projectUri)]]),
    ...(prerelease === undefined ? [] : [['Prerelease', quote(prerelease.replaceAll('.', ''))]]),
    ['ReleaseNotes', `@'\n${notes.replaceAll(/^'@/gm, " '@")}\n'@`],
  ];
  return [
    [/^( *ModuleVersion *= ).*$/m, `$1${quote(number)}`],
    [
      /^( *AliasesToExport .*)$/m,
      `$1\n    FileList             = @(\n${files.map((file) => `        ${quote(file)}\n`).join('')}    )`,
    ],
    [
      /^( *)(Tags = .*)$/m,
      `$1$2\n${data.map(([name, value]) => `            ${name} = ${value.replaceAll('$', '$$$$')}`).join('\n')}`,
    ],
  ].reduce(replaceOnce, text);
}

function replaceOnce(text, [pattern, replacement]) {
  if (!pattern.test(text)) throw new Error(`MirrorBackup.psd1 has no line like ${pattern}.`);
  return text.replace(pattern, replacement);
}

function quote(text) {
  return `'${text.replaceAll("'", "''")}'`;
}
