/** What notes are kept with. */
export interface NotesOf {
  readonly interaction: string;
  readonly campaign: string;
  readonly record: number;
  readonly contact: number;
}
