// Words of signing in and of the connection to the server, in German.

import type { ConnectionWords } from '../en/connection.ts';

const plural = (count: number, one: string, many: string): string => `${count} ${count === 1 ? one : many}`;

export const connectionWords: ConnectionWords = {
  signIn: {
    title: 'Anmelden am Arbeitsplatz',
    user: 'Benutzername',
    password: 'Passwort',
    submit: 'Anmelden',
    busy: 'Anmeldung läuft …',
    noAnswer: 'Der Server antwortet nicht. Ist das Netz da? Gleich noch einmal versuchen.',
    noAgent: (who) => `${who} ist angemeldet, ist aber kein Agent. Die Verwaltung kann das ändern.`,
    ended: 'Sie sind nicht mehr angemeldet. Ihr Gespräch läuft weiter: Nach der Anmeldung sind Sie wieder darin.',
    out: 'Abmelden',
    withAnother: 'Mit anderem Namen anmelden',
  },

  link: {
    opening: 'Ihr Arbeitsplatz wird geöffnet …',
    open: '',
    lost: 'Keine Verbindung zum Server',
    elsewhere: 'Ihr Arbeitsplatz ist in einem anderen Fenster offen',
    'signed-out': 'Abgemeldet',
    'no-agent': 'Kein Agent',
  },
  stale: (seconds) =>
    `Seit ${plural(seconds, 'Sekunde', 'Sekunden')} nichts vom Server gehört: Das hier kann veraltet sein.`,
  stopping: {
    title: 'outdial wird gleich beendet.',
    text: 'Es kommen keine neuen Anrufe. Beenden Sie den laufenden wie gewohnt. Wenn outdial wieder läuft, sind Sie wieder in Ihrer Sitzung.',
    gone: 'outdial ist vorerst beendet.',
    goneText:
      'Ein laufendes Gespräch geht weiter. Was Sie tippen, bleibt, und wenn outdial wieder läuft, sind Sie wieder darin.',
  },
  staleCalm: 'Ihr Gespräch läuft weiter. Was Sie tippen, bleibt und wird gesichert, sobald die Verbindung zurück ist.',
  backAgain: 'Die Verbindung ist wieder da.',
  elsewhere: {
    title: 'Ihr Arbeitsplatz ist in einem anderen Fenster offen',
    text: 'Nur ein Fenster zeigt ihn zur selben Zeit, damit nichts doppelt getippt wird. Ihrem Gespräch geschieht nichts.',
    take: 'Hier arbeiten',
  },
  broken: {
    title: 'Diese Seite hat selbst einen Fehler.',
    text: 'Ihr Gespräch geht weiter, und was Sie geschrieben haben, bleibt. Laden Sie die Seite neu, dann sind Sie wieder darin.',
    again: 'Neu laden',
  },
  unanswered: 'Der Server hat nicht geantwortet, es ist nichts geschehen. Noch einmal versuchen.',
};
