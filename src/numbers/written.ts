// A telephone number as people and programs write it, freed of what is no part of it: invisible marks, digits of other
// scripts, what spreadsheets and address books put around. Decides nothing about what the number is.

const PLAIN_ASCII = /^[\x20-\x7e]*$/;
/** `="0212"`, with which a spreadsheet is kept from calculating. */
const AS_TEXT = /^="(.*)"$/s;
/** Facebook's `p:+1…` and the `tel:` of web pages. */
const SCHEME = /^(?:p|tel):\s*/i;
/** `2125550100.0`: somebody's program took the number for a quantity. */
const AS_QUANTITY = /^(\d{7,15})\.0$/;
/** `(+49) 177 …` */
const CODE_IN_BRACKETS = /^\(\s*(?:\+|00)\s*(\d{1,3})\s*\)/;
/** 089/2180-0 and +49 89/2180: a slash behind an area code, as people of many countries write it. */
const AREA_SLASH = /^(\(?0[\d ]{1,6}\)?|\+[\d ]{3,9}) ?\/ ?(?=\d[\d .-]{3,}$)/;

/** The number's own characters, without blanks around; line breaks within it stay for the reader to refuse. */
export function writtenNumber(value: string): string {
  const text = (PLAIN_ASCII.test(value) ? value : plainCharacters(value)).trim();
  const inner = AS_TEXT.exec(text)?.[1]?.trim() ?? text;
  return inner
    .replace(/^'+\s*/, '')
    .replace(SCHEME, '')
    .replace(AS_QUANTITY, '$1')
    .replace(CODE_IN_BRACKETS, '+$1 ')
    .replace(AREA_SLASH, '$1 ');
}

/** Without marks that are not seen; digits and signs of every script as ASCII has them. */
function plainCharacters(value: string): string {
  return value
    .normalize('NFKC')
    .replace(/\p{Cf}/gu, '')
    .replace(/(?!\d)\p{Nd}/gu, asciiDigit);
}

/** The digits of a script stand in a row of ten, beginning with its nought. */
function asciiDigit(digit: string): string {
  let value = 0;
  const code = digit.codePointAt(0) ?? 0;
  while (value < 9 && /^\p{Nd}$/u.test(String.fromCodePoint(code - value - 1))) value += 1;
  return String(value);
}
