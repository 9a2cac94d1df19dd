// What the rest of outdial needs of saved filters: conditions on contact fields (CEL) under a name, and how many contacts
// a condition fits. What a condition means: conditions/conditions.ts.

export interface FilterStore {
  all(): Promise<readonly SavedFilter[]>;
  /** Makes the filter or changes its expression. Refused with `filter-invalid` when it cannot be read. */
  save(filter: SavedFilter): Promise<void>;
  /** False when there is none of that name. */
  remove(name: string): Promise<boolean>;
  /** How many contacts there are, and how many of them fit. Refused with `filter-invalid`, `list-unknown`. */
  count(query: FilterQuery): Promise<FilterCount>;
}

export interface SavedFilter {
  readonly name: string;
  /** CEL over `fields` and `contact`. */
  readonly expression: string;
  /** Who saved it last, and when. */
  readonly by: string;
  readonly at: number;
}

export interface FilterQuery {
  readonly expression: string;
  /** Contacts on these lists; empty: the whole directory. */
  readonly lists: readonly string[];
}

export interface FilterCount {
  readonly contacts: number;
  readonly fitting: number;
}
