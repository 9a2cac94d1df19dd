// The languages there are, and which one a page begins with.

export type Language = 'en' | 'de';

/** `wished`: by the agent before; else what the browser likes best. */
export function languageOf(wished: string | null, browsers: readonly string[]): Language {
  if (wished === 'en' || wished === 'de') return wished;
  return browsers[0]?.toLowerCase().startsWith('de') === true ? 'de' : 'en';
}
