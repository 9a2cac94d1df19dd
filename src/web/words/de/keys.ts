// Words of the keys, in German.

import type { KeyWords } from '../en/keys.ts';

export const keyWords: KeyWords = {
  title: 'Tasten',
  text: 'Hier geht alles mit der Tastatur. Tasten mit Alt gehen überall, auch beim Tippen; einzelne Tasten nur, wenn Sie nicht tippen.',
  singles: 'Einzelne Tasten benutzen (Ziffern und ?)',
  key: 'Taste',
  does: 'Was sie tut',
  change: 'Ändern',
  changeNamed: (does) => `Taste ändern für: ${does}`,
  press: 'Alt mit der neuen Taste drücken. Escape lässt alles, wie es ist.',
  changed: (keys, does) => `${keys} jetzt: ${does}`,
  taken: (keys, does) => `${keys} ist schon vergeben: ${does}. Bitte eine andere drücken.`,
  unfit: 'Nur Alt mit Buchstabe, Ziffer oder Eingabetaste. Bitte eine andere drücken.',
  usual: 'Alle wie mitgeliefert',
  table: {
    main: 'die Haupttaste: der nächste Schritt',
    mute: 'stumm und zurück',
    hold: 'halten mit Musik und zurück',
    keypad: 'Tastenfeld: Töne für die Person',
    record: 'aufnehmen, und die Aufnahme pausieren',
    transfer: 'weitergeben; ist jemand dazugekommen: die beiden allein lassen',
    join: 'zu dritt sprechen',
    back: 'zurück zur Person, ohne die dritte',
    hangUp: 'auflegen oder Anruf abbrechen',
    pause: 'Pause mit Gründen; im Gespräch kommt sie danach',
    notes: 'zu den Notizen',
    outcome: 'zu den Ergebnissen: tippen sucht',
    callback: 'Rückruf vereinbaren',
    contact: 'zum Kontakt',
    script: 'zum Leitfaden',
    undo: 'Fertig rückgängig, fünf Sekunden lang',
    campaigns: 'meine Kampagnen',
    help: 'diese Tasten',
    disposition: 'das Ergebnis mit dieser Ziffer',
  },
};
