// Refusals that more than one place gives: in the same words everywhere.

import { refuse } from './steps.ts';

export const KEY_USED = refuse('key-used', 'This key was used for another command.');
export const OTHER_INTERACTION = refuse('other-interaction', 'That record is not in your hands any more.');
export const NO_SUCH_PHONE = refuse('no-such-phone', 'The contact has no such phone number.');
export const NO_OPEN_RECORD = refuse('not-now', 'There is no open record that this could be said of.');
