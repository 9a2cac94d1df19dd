// A filter as a condition of an SQL query, with every value of the filter as a parameter. What a store's SQL says
// differently is its dialect; what cannot be said in SQL is tested contact by contact instead (conditions/conditions.ts).

import type { Comparison, Operand, Predicate } from '../conditions/condition-tree.ts';
import { questionOf } from '../conditions/names.ts';
import type { FieldKind } from '../conditions/terms.ts';

/** A value that is bound to the query; never part of its text. */
type FilterValue = string | number | boolean;

/** The column that holds it: fields of the contact, or the latest answers. */
export type FieldsOf = 'fields' | 'answers';

export interface FilterDialect {
  /** What stands in the query for the parameter of that place, from 0. */
  placeholder(place: number): string;
  /** What is bound to name a field; undefined when this store cannot name it. */
  fieldKey(field: string): string | undefined;
  /**
   * The contact's field as a value of the kind, by `readAs`; NULL when it is missing or cannot be read so. Dates are
   * epoch ms. Undefined when this store cannot read fields of that kind.
   */
  field(kind: FieldKind, key: string, of: FieldsOf): string | undefined;
  /** Whether the field is missing or a text of nothing but spaces; never NULL. */
  isEmpty(key: string, of: FieldsOf): string;
  readonly contactName: string;
  /** Whether the text begins with, ends with or has the part in it. */
  part(at: 'start' | 'end' | 'anywhere', text: string, part: string): string;
  /** Compares texts by their characters' numbers and not by a language's rules. */
  text(text: string): string;
  /** A truth value of a parameter. */
  truth(placeholder: string): string;
}

export interface FilterSql {
  /** A condition that is TRUE, FALSE or NULL; a contact fits when it is TRUE. */
  readonly sql: string;
  /** In the order of their places. */
  readonly values: readonly FilterValue[];
}

const COMPARISONS: Readonly<Record<Comparison, string>> = {
  '==': '=',
  '!=': '<>',
  '<': '<',
  '<=': '<=',
  '>': '>',
  '>=': '>=',
};

/** The condition; undefined when the dialect cannot say it. */
export function filterSql(predicate: Predicate, dialect: FilterDialect): FilterSql | undefined {
  const writer = new Writer(dialect);
  const sql = writer.condition(predicate);
  return writer.failed ? undefined : { sql, values: writer.values };
}

class Writer {
  readonly values: FilterValue[] = [];
  /** The dialect cannot say a part of it: what was written is worth nothing. */
  failed = false;
  readonly #dialect: FilterDialect;

  constructor(dialect: FilterDialect) {
    this.#dialect = dialect;
  }

  condition(predicate: Predicate): string {
    switch (predicate.op) {
      case 'and':
      case 'or': {
        const joint = predicate.op === 'and' ? 'AND' : 'OR';
        return `(${this.condition(predicate.left)} ${joint} ${this.condition(predicate.right)})`;
      }
      case 'not':
        return `(NOT ${this.condition(predicate.of)})`;
      case 'if': {
        const [when, then, otherwise] = [predicate.condition, predicate.then, predicate.else];
        return this.#choice(when, then, otherwise);
      }
      case 'compare':
        return this.#comparison(predicate.by, predicate.left, predicate.right);
      case 'in': {
        const value = this.#operand(predicate.value);
        return `(${value} IN (${predicate.list.map((member) => this.#operand(member)).join(', ')}))`;
      }
      case 'part': {
        const text = this.#operand(predicate.text);
        return `(${this.#dialect.part(predicate.at, text, this.#bind(predicate.part))})`;
      }
      case 'truth':
        return this.#operand(predicate.of);
      case 'has':
        return `(${this.#field(predicate.kind, predicate.field)} IS NOT NULL)`;
      case 'empty':
        return `(${this.#dialect.isEmpty(this.#key(predicate.field), columnOf(predicate.field))})`;
    }
  }

  #choice(when: Predicate, then: Predicate, otherwise: Predicate): string {
    const condition = this.condition(when);
    // The condition is written twice: what is bound for it the first time serves the second.
    return `(CASE WHEN ${condition} THEN ${this.condition(then)} WHEN NOT ${condition} THEN ${this.condition(otherwise)} END)`;
  }

  #comparison(by: Comparison, left: Operand, right: Operand): string {
    const sides = [this.#operand(left), this.#operand(right)];
    const [first, second] = left.kind === 'text' ? sides.map((side) => this.#dialect.text(side)) : sides;
    return `(${first ?? ''} ${COMPARISONS[by]} ${second ?? ''})`;
  }

  #operand(operand: Operand): string {
    switch (operand.is) {
      case 'field':
        return this.#field(operand.kind, operand.field);
      case 'contact-name':
        return this.#dialect.contactName;
      case 'literal': {
        const placeholder = this.#bind(operand.value);
        return operand.kind === 'bool' ? this.#dialect.truth(placeholder) : placeholder;
      }
    }
  }

  #field(kind: FieldKind, field: string): string {
    const sql = this.#dialect.field(kind, this.#key(field), columnOf(field));
    if (sql === undefined) this.failed = true;
    return sql ?? 'NULL';
  }

  #key(field: string): string {
    const key = this.#dialect.fieldKey(questionOf(field) ?? field);
    if (key === undefined) this.failed = true;
    return this.#bind(key ?? '');
  }

  #bind(value: FilterValue): string {
    this.values.push(value);
    return this.#dialect.placeholder(this.values.length - 1);
  }
}

const columnOf = (field: string): FieldsOf => (questionOf(field) === undefined ? 'fields' : 'answers');
