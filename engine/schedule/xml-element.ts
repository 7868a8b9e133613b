/** An element, made by {@link element}: its lines, indented from its own margin. */
export interface XmlElement {
  readonly lines: readonly string[];
}

type Attributes = Readonly<Record<string, string>>;

/** An element that holds text, or other elements; `undefined` among them is left out. */
export function element(
  name: string,
  content: string | readonly (XmlElement | undefined)[],
  attributes: Attributes = {},
): XmlElement {
  const given = Object.entries(attributes).map(([key, value]) => ` ${key}="${escapeXml(value)}"`);
  const open = `<${name}${given.join('')}>`;
  const close = `</${name}>`;
  if (content.length === 0) return { lines: [`<${name}${given.join('')} />`] };
  if (typeof content === 'string') return { lines: [`${open}${escapeXml(content)}${close}`] };
  const inner = content.flatMap((child) => (child === undefined ? [] : child.lines.map((line) => `  ${line}`)));
  return { lines: [open, ...inner, close] };
}

/** Text for an element or an attribute. Characters that XML 1.0 does not have become U+FFFD. */
export function escapeXml(text: string): string {
  return text
    .replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '\ufffd')
    .replace(/[&<>"\r]/g, (character) => ENTITIES[character] ?? '&#13;');
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
