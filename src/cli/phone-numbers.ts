// Telephone numbers as they are typed, read with the country of the settings: for commands that work without the daemon.

import type { PhoneReading } from '../numbers/phone.ts';
import type { CommandContext } from './context.ts';

/** The number as it is read with the default country. */
export async function readTyped(context: CommandContext, text: string): Promise<PhoneReading> {
  return (await typedReader(context))(text);
}

/** Reads numbers with the default country. */
export async function typedReader(context: CommandContext): Promise<(text: string) => PhoneReading> {
  const { countryOf, readPhone } = await import('../numbers/phone.ts');
  const country = countryOf((await context.settings()).country) ?? 'US';
  return (text) => readPhone(text, country);
}

/** The number as E.164; refused with `number-invalid` when it is none, or may be several. */
export async function e164Of(context: CommandContext, text: string): Promise<string> {
  const { numberOrRefusal } = await import('../numbers/refusal.ts');
  return numberOrRefusal(text, await readTyped(context, text));
}
