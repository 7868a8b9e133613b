import { html, type Markup, type Value } from './markup.ts';

/** A column: its heading, and what it holds. */
export interface Column {
  heading: string;
  /** Words of `text` are never broken; `prose` and `note` may hold any text, of which the first needs more room. */
  kind?: 'number' | 'text' | 'prose' | 'note';
}

/** A table in a box of its own, which scrolls, by keyboard as well, where the page is too narrow for it or it is long. */
export function table(
  id: string,
  caption: string,
  columns: readonly Column[],
  rows: readonly (readonly Value[])[],
): Markup {
  const head = columns.map(({ heading, kind = 'text' }) => html`<th scope="col" class="${kind}">${heading}</th>`);
  const body = rows.map((row) => {
    const cells = row.map((cell, i) => {
      const { kind = 'text' } = columns[i];
      return i === 0 ? html`<th scope="row" class="${kind}">${cell}</th>` : html`<td class="${kind}">${cell}</td>`;
    });
    return html`<tr>
      ${cells}
    </tr> `;
  });
  return html`<div class="scroll" role="region" aria-labelledby="${id}" tabindex="0">
    <table>
      <caption id="${id}">
        ${caption}
      </caption>
      <thead>
        <tr>
          ${head}
        </tr>
      </thead>
      <tbody>
        ${body}
      </tbody>
    </table>
  </div>`;
}
