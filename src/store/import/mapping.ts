// What each column of a file is: the contact's name, a phone of a type, or a field. Guesses from the header and a few
// rows; whoever imports may say otherwise column by column.

import { guessFieldType } from '../../list/fields.ts';
import type { DayOrder, FieldKind, FieldType } from '../../list/fields.ts';
import type { PhoneType } from '../../terms.ts';
import { nearestWord } from '../../base/nearest.ts';
import { wrongColumns } from './faults.ts';
import { looksLikePhone } from '../../numbers/phone.ts';

export type ColumnUse =
  | { readonly as: 'name' }
  | { readonly as: 'phone'; readonly type: PhoneType }
  | ({ readonly as: 'field'; readonly field: string } & Partial<FieldKind>)
  | { readonly as: 'ignore' };

export interface Column {
  readonly header: string;
  readonly use: ColumnUse;
  /** Of a field without a type: what its values look like. They are kept as they are. */
  readonly looksLike?: FieldType;
}

export interface Mapping {
  readonly columns: readonly Column[];
  /** What a person should look at before importing, in sentences. */
  readonly doubts: readonly string[];
}

export interface MappingInput {
  readonly file: string;
  readonly header: readonly string[];
  readonly rows: readonly (readonly string[])[];
  readonly dayOrder: DayOrder;
  /** By header: what the person who imports says of columns. */
  readonly given: Readonly<Record<string, ColumnUse>>;
}

/** What a file of rejected rows has before the columns of the file that was imported. */
export const REJECTED_COLUMNS = ['line', 'reason'] as const;

const FULL_NAME = new Set(['name', 'full name', 'fullname', 'contact', 'contact name', 'customer name', 'nom complet']);
const NAME_PART = new Set(
  ['first name', 'firstname', 'given name', 'vorname', 'prenom', 'nombre', 'forename'].concat([
    'last name',
    'lastname',
    'surname',
    'family name',
    'nachname',
    'nom',
    'apellido',
    'apellidos',
  ]),
);
const PHONE_WORDS = /\b(phone|phones|telephone|tel|telefon|telefono|telefone|rufnummer|number to call|msisdn)\d*\b/;
const MOBILE_WORDS = /\b(mobile|mobil|mobiltelefon|cell|cellular|cellphone|handy|gsm|movil|celular|portable)\d*\b/;
const HOME_WORDS = /\b(home|private|privat|landline|festnetz|house|casa|domicile)\d*\b/;
const WORK_WORDS = /\b(work|office|business|company|buero|buro|dienstlich|firma|bureau|trabajo)\d*\b/;
/** Words that may head a column of phones but need the rows to say so. */
const VAGUE_WORDS =
  /\b(number|nummer|numero|no|contact|home|work|office|business|private|privat|landline|festnetz)\d*\b/;
/** A header of nothing but such words is a phone whatever its values are. */
const PLAIN_PHONE_WORDS =
  /\b(phone|telephone|tel|telefon|mobile|mobil|cell|cellphone|handy|home|work|office|business|private|number|nummer|no|nr|\d+)\d*\b/g;
const NOT_A_PHONE = /\b(fax|type|typ|kind|extension|ext|consent|optin|opt in|country|code|email|mail|time|verified)\b/;

/** What each column is; refuses a file without a header, with doubtful headers, or without a phone. */
export function mapColumns(input: MappingInput): Mapping {
  checkHeader(input);
  const doubts: string[] = [];
  const isRejected = REJECTED_COLUMNS.every((name, index) => input.header[index]?.trim() === name);
  const columns = input.header.map((text, index) => {
    const header = text.trim();
    const values = input.rows.map((row) => row[index] ?? '').filter((value) => value.trim() !== '');
    if (header === '') doubts.push(`Column ${index + 1} has no name and is left out.`);
    const isOurs = isRejected && index < REJECTED_COLUMNS.length;
    const use: ColumnUse = input.given[header] ?? (isOurs ? { as: 'ignore' } : guess(header, values, doubts));
    if (use.as !== 'field' || use.type !== undefined) return { header, use };
    const looksLike = guessFieldType(values, input.dayOrder);
    return { header, use, ...(looksLike === 'text' ? {} : { looksLike }) };
  });
  checkNames(input, columns);
  if (!columns.some(({ use }) => use.as === 'phone')) throw noPhoneColumn(input);
  if (!columns.some(({ use }) => use.as === 'name')) doubts.push('No column holds the name of the contact.');
  return { columns, doubts };
}

function guess(header: string, values: readonly string[], doubts: string[]): ColumnUse {
  if (header === '') return { as: 'ignore' };
  const words = plainWords(header);
  if (FULL_NAME.has(words) && !values.some(looksLikePhone)) return { as: 'name' };
  if (NAME_PART.has(words)) return { as: 'name' };
  const likePhones = values.length === 0 ? 0 : values.filter(looksLikePhone).length / values.length;
  if (!NOT_A_PHONE.test(words)) {
    const isNamedPhone = PHONE_WORDS.test(words) || MOBILE_WORDS.test(words);
    const isPlainly = isNamedPhone && words.replace(PLAIN_PHONE_WORDS, '').trim() === '';
    const mayBe = isNamedPhone && (values.length === 0 || likePhones >= 0.3);
    if (isPlainly || mayBe) return { as: 'phone', type: phoneType(words) };
    if (isNamedPhone) doubts.push(`Column "${header}" is named like a phone, but its values are no numbers.`);
    if (VAGUE_WORDS.test(words) && likePhones >= 0.8) {
      doubts.push(`Column "${header}" is taken for a phone because of its values.`);
      return { as: 'phone', type: phoneType(words) };
    }
  }
  if (likePhones >= 0.9) doubts.push(`Column "${header}" has values like telephone numbers and is kept as a field.`);
  return { as: 'field', field: header };
}

function phoneType(words: string): PhoneType {
  if (MOBILE_WORDS.test(words)) return 'mobile';
  if (WORK_WORDS.test(words)) return 'work';
  return HOME_WORDS.test(words) ? 'home' : 'other';
}

/** Lower case, without accents, words apart by one space: `Téléphone_Mobile` and `phoneMobile` read as two words each. */
function plainWords(header: string): string {
  const apart = header.replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2').normalize('NFD');
  const plain = apart.replace(/\p{M}/gu, '').toLowerCase();
  return plain.replace(/[^\p{L}\d]+/gu, ' ').trim();
}

function checkHeader({ file, header, given }: MappingInput): void {
  const number = header.find(looksLikePhone);
  if (number !== undefined) {
    const message = `The first line has the telephone number ${number} where the names of the columns should be.`;
    throw wrongColumns(file, message, 'Put a first line that names the columns, such as name,phone,city.');
  }
  const names = header.map((name) => name.trim());
  if (names.every((name) => name === '')) {
    throw wrongColumns(file, 'The first line names no columns.', 'Put a first line such as name,phone,city.');
  }
  const unknown = Object.keys(given).find((name) => !names.includes(name));
  if (unknown !== undefined) {
    const nearest = nearestWord(unknown, names);
    const hint = nearest === undefined ? `The file has: ${names.join(', ')}.` : `Did you mean ${nearest}?`;
    throw wrongColumns(file, `The file has no column "${unknown}".`, hint);
  }
}

/** Two columns of one name would make one field. */
function checkNames({ file }: MappingInput, columns: readonly Column[]): void {
  const fields = columns.flatMap(({ use }) => (use.as === 'field' ? [use.field] : []));
  const twice = fields.find((field, index) => fields.indexOf(field) !== index);
  if (twice === undefined) return;
  throw wrongColumns(file, `Two columns are named "${twice}".`, 'Give every column a name of its own.');
}

function noPhoneColumn({ file, header }: MappingInput): Error {
  const names = header.map((name) => name.trim()).join(', ');
  const hint = 'Name a column phone, mobile, home phone or work phone, or say which one it is.';
  return wrongColumns(file, `No column holds telephone numbers. The file has: ${names}.`, hint);
}
