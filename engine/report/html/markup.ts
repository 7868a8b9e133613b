/** Text that is HTML already. Everything else that gets into a page is escaped. */
export class Markup {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

/** What a template may hold: text is escaped, numbers are rounded to hundredths, nothing is left out. */
export type Value = string | number | Markup | undefined | null | false | readonly Value[];

/** HTML or SVG. What is put into the template is escaped, so it belongs between tags or into quoted attributes. */
export function html(template: TemplateStringsArray, ...values: readonly Value[]): Markup {
  const parts = withoutIndent(template);
  let text = parts[0];
  values.forEach((value, i) => {
    text += write(value) + parts[i + 1];
  });
  return new Markup(text);
}

const known = new WeakMap<TemplateStringsArray, readonly string[]>();

/** A page of many rows would consist of indentation for the most part. */
function withoutIndent(template: TemplateStringsArray): readonly string[] {
  let parts = known.get(template);
  if (!parts) known.set(template, (parts = template.map((part) => part.replace(/\n\s+/g, '\n'))));
  return parts;
}

function write(value: Value): string {
  if (value === undefined || value === null || value === false) return '';
  if (typeof value === 'number') return String(Math.round(value * 100) / 100);
  if (typeof value === 'string') return escape(value);
  if (value instanceof Markup) return value.text;
  return value.map(write).join('');
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escape(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character]);
}
