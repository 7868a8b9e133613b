import { expect } from 'chai';
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import GithubSlugger from 'github-slugger';

const root = fileURLToPath(new URL('../..', import.meta.url));

describe('links between the pages of the documentation', function () {
  const isRepository = existsSync(join(root, '.git'));
  const title = isRepository ? 'lead somewhere' : 'lead somewhere (skipped: not in a clone)';
  (isRepository ? it : it.skip)(title, () => {
    const pages = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '*.md', ':!scripts'], {
      cwd: root,
      encoding: 'utf8',
    });
    const broken = pages
      .trim()
      .split('\n')
      .filter((page) => existsSync(join(root, page)))
      .flatMap((page) => brokenLinks(join(root, page)));
    expect(broken, broken.join('\n')).to.be.empty;
  });
});

function brokenLinks(page: string): string[] {
  const links = [...proseOf(page).matchAll(/\]\(([^)\s]+)\)/g)].map(([, target]) => target);
  return links
    .filter((target) => !/^[a-z]+:/.test(target))
    .filter((target) => !leadsSomewhere(page, target))
    .map((target) => `${relative(root, page)}: ${target}`);
}

function leadsSomewhere(page: string, target: string): boolean {
  const [path, anchor] = target.split('#');
  const file = path === '' ? page : join(dirname(page), decodeURIComponent(path));
  if (!existsSync(file)) return false;
  return anchor === undefined || anchorsOf(file).has(anchor);
}

function anchorsOf(page: string): Set<string> {
  const slugger = new GithubSlugger();
  const headings = [...proseOf(page).matchAll(/^#+ +(.+)$/gm)].map(([, heading]) => heading);
  // A heading is known by its text, without the marks.
  return new Set(headings.map((heading) => slugger.slug(heading.replaceAll(/[`*]|\[([^\]]*)\]\([^)]*\)/g, '$1'))));
}

/** The text of a page without blocks of code. */
function proseOf(page: string): string {
  return readFileSync(page, 'utf8').replaceAll(/^( *)```[^]*?^ *```/gm, '');
}
