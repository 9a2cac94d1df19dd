// What the name of a column says in the languages that lists come in: the contact's name, a phone and of which type, or
// what only sounds like a phone.

import type { PhoneType } from '../../terms.ts';

const FULL_NAME = new Set(['name', 'full name', 'fullname', 'contact', 'contact name', 'customer name', 'nom complet']);
const NAME_PART = new Set([
  ...['first name', 'firstname', 'given name', 'vorname', 'prenom', 'nombre', 'forename', 'voornaam'],
  ...['last name', 'lastname', 'surname', 'family name', 'nachname', 'nom', 'apellido', 'apellidos', 'achternaam'],
]);

const MOBILE =
  'mobile|mobil|mobiltelefon|mobilephone|mobilnummer|mobilnr|mobiel|mobielnummer|cell|cellular|cellulare|cellphone|handy|handynummer|handynr|gsm|movil|celular|portable|komorka|komorkowy|kannykka|matkapuhelin|мобильный|携帯|携帯電話|手机';
const PHONE =
  'phone|phones|telephone|tel|telefon|telefonnummer|telefonnr|telefono|telefone|telefoon|telefoonnummer|telefonszam|telefonnumer|fone|tlf|tlfnr|puhelin|puhelinnumero|rufnummer|msisdn|phonenumber|festnetznummer|телефон|电话|電話|電話番号|τηλεφωνο';
const HOME = 'home|private|privat|landline|festnetz|festnetznummer|house|casa|domicile|fixe|thuis';
const WORK = 'work|office|business|company|buero|buro|dienstlich|firma|bureau|trabajo|ufficio|lavoro|werk';

const words = (list: string): RegExp => new RegExp(`(?<![\\p{L}])(?:${list})\\d*(?![\\p{L}])`, 'u');
const PHONE_WORDS = words(`${PHONE}|number to call|phone number`);
const MOBILE_WORDS = words(MOBILE);
const HOME_WORDS = words(HOME);
const WORK_WORDS = words(WORK);
/** Words that may head a column of phones but need the rows to say so. */
const VAGUE_WORDS = words('number|nummer|numero|no|contact|home|work|office|business|private|privat|landline|festnetz');
/** A header of nothing but such words is a phone whatever its values are. */
const PLAIN_WORDS = new RegExp(
  `(?<![\\p{L}\\d])(?:(?:${PHONE}|${MOBILE}|home|work|office|business|private|number|nummer|numero|no|nr|value|alt)\\d*|\\d+)(?![\\p{L}\\d])`,
  'gu',
);
const NOT_A_PHONE = words(
  'type|typ|kind|label|extension|ext|consent|optin|opt in|country|code|email|mail|time|verified|assistant\\p{L}*|assistent\\p{L}*|tty|tdd|telex|isdn|pager|radio|callback|emergency|spouse|manager|secretary|sekretariat',
);
const FAX = /fax/;

/** Lower case, without accents, words apart by one space: `Téléphone_Mobile` and `phoneMobile` read as two words each. */
export function plainWords(header: string): string {
  const apart = header.replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2').normalize('NFD');
  const plain = apart.replace(/\p{M}/gu, '').toLowerCase().normalize('NFC');
  return plain
    .replace(/['’]/g, '')
    .replace(/[^\p{L}\d]+/gu, ' ')
    .trim();
}

export function isFullName(plain: string): boolean {
  return FULL_NAME.has(plain);
}

export function isNamePart(plain: string): boolean {
  return NAME_PART.has(plain);
}

/** `phone`: certainly; `named`: if its values are; `vague`: if nearly all of them are; `no`: whatever they are. */
export type PhoneWord = 'phone' | 'named' | 'vague' | 'no' | 'other';

/** What the plain words say of a column of phones. Faxes and other people's numbers are not dialed. */
export function phoneWord(plain: string): PhoneWord {
  if (NOT_A_PHONE.test(plain) || FAX.test(plain)) return 'no';
  if (PHONE_WORDS.test(plain) || MOBILE_WORDS.test(plain))
    return plain.replace(PLAIN_WORDS, '').trim() === '' ? 'phone' : 'named';
  return VAGUE_WORDS.test(plain) ? 'vague' : 'other';
}

/** Whether a name of a column can only be that of a phone, or is named like one. */
export function isPhoneHeader(header: string): boolean {
  const word = header.length <= 40 ? phoneWord(plainWords(header)) : 'other';
  return word === 'phone' || word === 'named';
}

/** The type that the words of a header, or of a value beside a number, say; undefined when they say none. */
export function typeByWords(plain: string): PhoneType | undefined {
  if (MOBILE_WORDS.test(plain)) return 'mobile';
  if (WORK_WORDS.test(plain)) return 'work';
  return HOME_WORDS.test(plain) ? 'home' : undefined;
}
