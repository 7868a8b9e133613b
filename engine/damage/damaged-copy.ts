/** What is wrong with a copy, that is, with one file of the set that several generations may share. */
export type DamageKind =
  | 'Missing'
  /** Its type, size or times are not those it was given. */
  | 'Altered'
  /** Its owner, group or mode is not the one it was given; nothing says that its content is not good. */
  | 'MetadataChanged'
  /** It looks as it should, but its content has another SHA-256. */
  | 'ContentDamaged'
  /** The system cannot read it. */
  | 'Unreadable';

/** A name of a damaged copy. */
export interface DamagedName {
  generation: string;
  /** Path below the generation, as text. */
  path: string;
}

/** One damaged copy with all its names, those of every generation that shares it. */
export interface DamagedCopy {
  kind: DamageKind;
  names: DamagedName[];
  /** When it was found, in ISO 8601. */
  foundAt: string;
}

/** Of what was read from a file. */
export function isDamagedCopy(value: unknown): value is DamagedCopy {
  const { kind, names } = (value ?? {}) as Partial<DamagedCopy>;
  return typeof kind === 'string' && Array.isArray(names) && names.every(isName);
}

function isName(value: unknown): value is DamagedName {
  const { generation, path } = (value ?? {}) as Partial<DamagedName>;
  return typeof generation === 'string' && typeof path === 'string';
}
