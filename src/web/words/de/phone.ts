// Words of the phone in the browser, in German.

import type { PhoneWords } from '../en/phone.ts';

const plural = (count: number, one: string, many: string): string => `${count} ${count === 1 ? one : many}`;

export const phoneWords: PhoneWords = {
  title: 'Telefon',
  which: 'Ihr Telefon',
  kinds: {
    account: 'Mein eigenes Telefon: es klingelt',
    browser: 'Dieser Browser, mit Headset',
    number: 'Ein anderes Telefon, mit seiner Nummer',
  },
  number: 'Nummer des Telefons',
  numberHint: 'Mit + und Landesvorwahl, etwa +49 30 901820',
  startAny: 'Dieses Telefon wird jetzt angerufen. Nehmen Sie ab und tippen Sie Ihre PIN, dann #.',
  call: 'Mein Telefon anrufen',
  start: 'Sie hören und sprechen über diesen Browser. Lassen Sie dieses Fenster offen: Jeder Anruf kommt darüber.',
  starting: 'Ihr Telefon wird verbunden …',
  asking: 'Ihr Browser fragt, ob er das Mikrofon benutzen darf: bitte erlauben.',
  microphone: 'Mikrofon',
  speaker: 'Lautsprecher',
  usual: 'Wie auf diesem Rechner',
  device: (place) => `Gerät ${place}`,
  level: 'Wie laut Sie sind',
  echo: 'Sich selbst hören',
  echoStep: {
    idle: 'Nimmt drei Sekunden auf und spielt sie Ihnen vor.',
    speak: 'Sprechen Sie jetzt …',
    listen: 'So werden Sie gehört.',
    failed: 'Das ging nicht. Wählen Sie einen anderen Lautsprecher.',
  },
  is: {
    account: 'Sie arbeiten mit Ihrem eigenen Telefon.',
    browser: 'Sie arbeiten mit diesem Browser.',
    number: 'Sie arbeiten mit einem Telefon, das für diese Sitzung angerufen wurde. Zum Wechseln die Sitzung beenden.',
  },
  change: { account: 'Zu meinem eigenen Telefon wechseln', browser: 'Zu diesem Browser wechseln' },
  changes: 'Die Sitzung geht weiter, auch ein Gespräch: Ihr jetziges Telefon bleibt, bis das andere da ist.',
  dialing: 'Ihr Telefon wird wieder verbunden …',
  kept: (seconds) =>
    `Ihr Telefon ist weg. Die Person hört Musik und wartet noch ${plural(seconds, 'Sekunde', 'Sekunden')} auf Sie.`,
  again: 'Noch einmal',
  unblock: 'Ton einschalten',
  troubles: {
    refused: {
      title: 'Der Browser darf Ihr Mikrofon nicht benutzen.',
      next: 'Klicken Sie auf das Zeichen neben der Adresse, erlauben Sie das Mikrofon und versuchen Sie es noch einmal.',
    },
    none: {
      title: 'Es ist kein Mikrofon da.',
      next: 'Stecken Sie Ihr Headset ein und versuchen Sie es noch einmal.',
    },
    taken: {
      title: 'Das Mikrofon ist gerade nicht zu benutzen.',
      next: 'Vielleicht hat es ein anderes Programm: schließen Sie es und versuchen Sie es noch einmal. Oder wählen Sie ein anderes Mikrofon.',
    },
    unplugged: {
      title: 'Ihr Mikrofon ist weg.',
      next: 'Stecken Sie es wieder ein, oder ein anderes: Es wird sofort genommen.',
    },
    insecure: {
      title: 'Hier gibt der Browser kein Mikrofon.',
      next: 'Öffnen Sie outdial unter seiner Adresse mit https, oder nehmen Sie Ihr eigenes Telefon. Ihr Administrator weiß mehr.',
    },
    failed: { title: 'Das Mikrofon geht nicht.', next: 'Versuchen Sie es noch einmal, oder wählen Sie ein anderes.' },
    blocked: { title: 'Der Browser spielt noch keinen Ton.', next: 'Ein Klick oder eine Taste schaltet ihn ein.' },
    'no-line': {
      title: 'Ihr Telefon ist gerade nicht zu verbinden.',
      next: 'Es wird wieder versucht. Ihr eigenes Telefon ist der andere Weg.',
    },
    'connection-lost': {
      title: 'Die Verbindung Ihres Telefons ist weg.',
      next: 'Ein Gespräch geht weiter, solange der Ton da ist. Es wird wieder verbunden.',
    },
    'sound-broken': {
      title: 'Der Ton ist unterbrochen.',
      next: 'Vielleicht ist das Netz ein anderes: Ihr Telefon wird wieder verbunden.',
    },
    unheard: {
      title: 'Wir hören Sie nicht.',
      next: 'Von Ihrem Mikrofon kommt nichts. Ist es am Headset oder am Kabel ausgeschaltet?',
    },
    poor: {
      title: 'Die Leitung ist schlecht.',
      next: 'Vielleicht ist Ihr Netz stark benutzt. Ein Kabel ist besser als Funk.',
    },
  },
};
