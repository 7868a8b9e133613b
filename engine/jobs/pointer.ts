/** A place in a file: its keys and indices as in RFC 6901, https://www.rfc-editor.org/rfc/rfc6901. */
export type Pointer = string;

export function childOf(pointer: Pointer, key: string | number): Pointer {
  return `${pointer}/${String(key).replaceAll('~', '~0').replaceAll('/', '~1')}`;
}

export function keysOf(pointer: Pointer): string[] {
  return pointer
    .split('/')
    .slice(1)
    .map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'));
}

export function parentOf(pointer: Pointer): Pointer {
  return pointer.slice(0, Math.max(0, pointer.lastIndexOf('/')));
}

/** The place as people write it: `jobs.docs.sources[0].path`. */
export function pointerText(pointer: Pointer): string {
  return keysOf(pointer).reduce((text, key) => {
    if (/^\d+$/.test(key) && text !== 'jobs') return `${text}[${key}]`;
    const name = /^[\w$-]+$/.test(key) ? key : `'${key}'`;
    return text === '' ? name : `${text}.${name}`;
  }, '');
}

/** What stands there. */
export function valueAt(root: unknown, pointer: Pointer): unknown {
  return keysOf(pointer).reduce<unknown>(
    (value, key) =>
      typeof value === 'object' && value !== null && Object.hasOwn(value, key)
        ? (value as Record<string, unknown>)[key]
        : undefined,
    root,
  );
}
