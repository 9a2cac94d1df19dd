// The words of the console's frame, and how a view finds its own in the language that was chosen.

import { preferences } from '../agent/preferences.ts';
import type { Language } from '../words/language.ts';

export type Sayings<W> = Readonly<Record<Language, W>>;
/** Texts and what makes texts of values: in another language the same keys. */
type Shape<W> = {
  readonly [K in keyof W]: W[K] extends (...given: infer G) => string
    ? (...given: G) => string
    : W[K] extends string
      ? string
      : Shape<W[K]>;
};

/** The English words, and the German ones with the same keys: the compiler sees to it. */
export function sayings<W>(all: { readonly en: W; readonly de: Shape<NoInfer<W>> }): Sayings<Shape<W>> {
  return all as unknown as Sayings<Shape<W>>;
}

/** Words for codes of the server: a newer one may send a code that has none here. */
export const byCode = (words: Readonly<Record<string, string>>): Readonly<Partial<Record<string, string>>> => words;

/** Days and times are written as in the browser's own country, where it speaks the language. */
export function localeOf(language: Language = preferences.get().language): string {
  return navigator.languages.find((one) => one.toLowerCase().startsWith(language)) ?? language;
}

export const frameWords = sayings({
  en: {
    title: 'Console',
    opening: 'Opening the console …',
    loading: 'One moment …',
    nothing: 'There is nothing here.',
    again: 'Try again',
    close: 'Close',
    cancel: 'Cancel',
    save: 'Save',
    views: 'Views',
    more: 'More',

    skip: 'To the content',
    light: 'Light',
    dark: 'Dark',
    likeSystem: 'Colours as on this machine',
    language: 'Deutsch',
    signOut: 'Sign out',
    agentPage: 'My workspace',
    live: 'Live',
    notLive: 'Not live',
    liveAt: (time: string) => `as of ${time}`,
    stale: (seconds: number) =>
      `No word from the server for ${seconds} ${seconds === 1 ? 'second' : 'seconds'}: what is grey may be old. Calls go on meanwhile.`,
    signIn: {
      title: 'Sign in to the console',
      user: 'User name',
      password: 'Password',
      submit: 'Sign in',
      busy: 'Signing in …',
      noAnswer: 'The server does not answer. Is the network there? Try again in a moment.',
      ended: 'You are no longer signed in. Calls go on meanwhile: sign in and you are back where you were.',
      withAnother: 'Sign in as someone else',
      noRight: (who: string) =>
        `${who} is signed in, but has no right to any view here. An administrator can change that.`,
    },
    unknownView: 'There is no such view, or you have no right to it.',
    toFirst: 'To the first view',
    failed: 'This view could not be loaded.',
    noAnswer: 'The server did not answer, so nothing was done. Try again.',
    line: (line: number) => `line ${line}`,
  },
  de: {
    title: 'Leitstand',
    opening: 'Der Leitstand wird geöffnet …',
    loading: 'Einen Moment …',
    nothing: 'Hier ist nichts.',
    again: 'Noch einmal',
    close: 'Schließen',
    cancel: 'Abbrechen',
    save: 'Speichern',
    views: 'Ansichten',
    more: 'Mehr',

    skip: 'Zum Inhalt',
    light: 'Hell',
    dark: 'Dunkel',
    likeSystem: 'Farben wie an diesem Rechner',
    language: 'English',
    signOut: 'Abmelden',
    agentPage: 'Mein Arbeitsplatz',
    live: 'Live',
    notLive: 'Nicht live',
    liveAt: (time) => `Stand ${time}`,
    stale: (seconds) =>
      `Seit ${seconds} ${seconds === 1 ? 'Sekunde' : 'Sekunden'} keine Nachricht vom Server: Graues kann veraltet sein. Gespräche laufen weiter.`,
    signIn: {
      title: 'Am Leitstand anmelden',
      user: 'Benutzername',
      password: 'Kennwort',
      submit: 'Anmelden',
      busy: 'Wird angemeldet …',
      noAnswer: 'Der Server antwortet nicht. Ist das Netz da? Gleich noch einmal versuchen.',
      ended: 'Sie sind nicht mehr angemeldet. Gespräche laufen weiter: anmelden, und Sie sind wieder hier.',
      withAnother: 'Als jemand anderes anmelden',
      noRight: (who) => `${who} ist angemeldet, darf aber keine Ansicht hier sehen. Ein Administrator kann das ändern.`,
    },
    unknownView: 'Diese Ansicht gibt es nicht, oder Sie dürfen sie nicht sehen.',
    toFirst: 'Zur ersten Ansicht',
    failed: 'Diese Ansicht konnte nicht geladen werden.',
    noAnswer: 'Der Server hat nicht geantwortet, also ist nichts geschehen. Bitte noch einmal.',
    line: (line) => `Zeile ${line}`,
  },
});
