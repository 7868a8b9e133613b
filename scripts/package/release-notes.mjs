/** What has no place in ASCII, as Windows PowerShell reads manifests. */
const ascii = {
  '…': '...',
  '×': 'x',
  '–': '-',
  '—': '-',
  '“': '"',
  '”': '"',
  '’': "'",
  '≤': '<=',
  '≥': '>=',
  '→': '->',
};

/**
 * The part of CHANGELOG.md about a version, as plain text.
 * @throws when there is none
 */
export function releaseNotes(changelog, version) {
  const sections = changelog.split(/^## /m).slice(1);
  const section = sections.find((text) => text.split(/[\s\n]/, 1)[0].replace(/[[\]]/g, '') === version);
  if (section === undefined) throw new Error(`CHANGELOG.md has no "## ${version}".`);
  const body = section.slice(section.indexOf('\n')).trim();
  return toAscii(withoutLinks(body));
}

/** The pages that they lead to are not in the package. */
function withoutLinks(text) {
  return text.replace(/\[([^\]]+)\]\([^)]+\)/g, '$1').replaceAll('`', '');
}

function toAscii(text) {
  return text.replace(/[^\n\x20-\x7e]/gu, (character) => {
    if (ascii[character] === undefined) throw new Error(`CHANGELOG.md: "${character}" cannot be written in ASCII.`);
    return ascii[character];
  });
}
