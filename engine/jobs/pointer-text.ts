import { keysOf, type Pointer } from '../text/json-pointer.ts';

/** The place as people write it: `jobs.docs.sources[0].path`. */
export function pointerText(pointer: Pointer): string {
  return keysOf(pointer).reduce((text, key) => {
    if (/^\d+$/.test(key) && text !== 'jobs') return `${text}[${key}]`;
    const name = /^[\w$-]+$/.test(key) ? key : `'${key}'`;
    return text === '' ? name : `${text}.${name}`;
  }, '');
}
