// Doubts of the daemon as the wizard says them: where a sentence names an option of the command line, the field beside it
// is named instead. Pure.

interface FieldLabels {
  readonly encoding: string;
  readonly decimal: string;
  readonly countryCode: string;
}

export function asInWizard(doubt: string, { encoding, decimal, countryCode }: FieldLabels): string {
  return doubt
    .replace('say --country-code present or absent', `say so under “${countryCode}”`)
    .replace('say --decimal point or comma', `say so under “${decimal}”`)
    .replace(/\(--encoding ([^)]*)\)/, `(“${encoding}”: $1)`);
}
