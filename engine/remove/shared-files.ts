/**
 * Files with several names, while trees are measured one after the other: a file is freed with the tree that has the last
 * of its names.
 */
export class SharedFiles {
  /** File id → names met so far. */
  readonly #met = new Map<string, number>();

  /** @returns the bytes that go with these names: those of the file, or none as long as it has others */
  meet(file: string, links: number, names: number, bytes: number): number {
    const met = (this.#met.get(file) ?? 0) + names;
    if (met < links) {
      this.#met.set(file, met);
      return 0;
    }
    this.#met.delete(file);
    return bytes;
  }
}
