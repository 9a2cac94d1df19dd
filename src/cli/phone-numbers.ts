// Telephone numbers as they are typed, read with the country of the settings: for commands that work without the daemon.

import { OperationalError } from '../base/errors.ts';
import type { CommandContext } from './context.ts';

/** The number as E.164; undefined when it is none. */
export async function e164Within(context: CommandContext, text: string): Promise<string | undefined> {
  const { countryOf, readPhone } = await import('../store/import/phone.ts');
  const reading = readPhone(text, countryOf((await context.settings()).country) ?? 'US');
  return reading.kind === 'number' ? reading.number : undefined;
}

/** The number as E.164; refused with `number-invalid` when it is none. */
export async function e164Of(context: CommandContext, text: string): Promise<string> {
  const number = await e164Within(context, text);
  if (number !== undefined) return number;
  throw new OperationalError('number-invalid', `${text} is no telephone number.`, {
    hint: 'Give it as +, country code and number, or in the form of the default country.',
  });
}
