import type { Report } from '../../types/report.ts';
import { formatBytes } from '../format-bytes.ts';
import { html, type Markup } from './markup.ts';
import { table } from './table.ts';
import { countText } from '../../text/counts.ts';
import { pathMark } from './words.ts';

/** The folders in which most was copied. */
export function growth({ growingFolders }: Report): Markup {
  if (growingFolders.length === 0) return html`<p>Nothing was copied since the first generation.</p>`;
  const most = Math.max(...growingFolders.map(({ bytes }) => bytes));
  const rows = growingFolders.map(({ path, bytes, files }) => [
    pathMark(path),
    html`<svg class="share" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">
      <rect class="rest" width="100" height="10" />
      <rect class="bar one" width="${(bytes / most) * 100}" height="10" />
    </svg>`,
    formatBytes(bytes),
    countText(files),
  ]);
  return html`<p>Folders in which the runs after the first copied most, each without its subfolders.</p>
    ${table('growth-table', 'Growing folders', [{ heading: 'Folder' }, { heading: 'Share' }, { heading: 'Copied', kind: 'number' }, { heading: 'Files', kind: 'number' }], rows)}`;
}
