// What may be said of numbers that have no plus sign. Apart from phone.ts, so that knowing the words does not load the
// tables of all countries.

/** Whether numbers without a plus sign begin with their country's calling code; `ask`: each by itself, doubts refused. */
export const COUNTRY_CODE_USES = ['present', 'absent', 'ask'] as const;
export type CountryCodeUse = (typeof COUNTRY_CODE_USES)[number];
