// Fields of the record that are being edited. What is typed into one is saved when it is left, when the page is hidden or
// loaded again, and before the record is closed: Escape and Cancel alone drop it.

/** False: it cannot be saved, and its editor says why. `isLeaving`: the page may be gone before the answer. */
type SaveEdit = (isLeaving: boolean) => Promise<boolean>;

export class OpenEdits {
  readonly #open = new Set<SaveEdit>();

  /** Open until what it returns is called. */
  open(save: SaveEdit): () => void {
    this.#open.add(save);
    return () => void this.#open.delete(save);
  }

  /** True when nothing is left unsaved. */
  async flush(isLeaving = false): Promise<boolean> {
    const saved = await Promise.all(Array.from(this.#open, (save) => save(isLeaving)));
    return saved.every(Boolean);
  }
}
