// What the parts of a condition are called: what a field is taken for, and what is wrong with a text.

/** `list`: several answers to one question. */
export type FieldKind = 'text' | 'number' | 'bool' | 'date' | 'list';

/** Fields that lists have, with what they hold; without it any field name passes. */
export type FieldSchema = Readonly<Record<string, FieldKind>>;

/** What a condition takes a field for, and where. */
export interface FieldUse {
  readonly kind: FieldKind;
  readonly column: number;
}

/** What is wrong with a condition; columns count from 1 within it. */
export interface ConditionFault {
  readonly column: number;
  readonly message: string;
  readonly hint: string;
}
