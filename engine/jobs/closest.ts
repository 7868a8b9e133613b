import { closest, distance } from 'fastest-levenshtein';

/** The word somebody may have meant, if one is near enough. */
export function closestWord(word: string, known: readonly string[]): string | undefined {
  const same = known.find((candidate) => candidate.toLowerCase() === word.toLowerCase());
  if (same !== undefined || known.length === 0) return same;
  const best = closest(word, known);
  const isNear = distance(word.toLowerCase(), best.toLowerCase()) <= Math.max(1, Math.floor(best.length / 3));
  return isNear || lettersOf(word) === lettersOf(best) ? best : undefined;
}

/** Two letters that changed places are two edits, too many in a short word. */
function lettersOf(word: string): string {
  return [...word.toLowerCase()].sort().join('');
}
