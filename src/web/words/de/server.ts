// What the server says, in German: a sentence for each code that an agent can meet. A code that is not here is shown as the
// server says it; a test reads the codes from the sources.

import type { DeskInteraction, DeskView } from '../../live/live.ts';
import type { ServerWords } from '../en/server.ts';
import { notDialed } from './not-dialed.ts';

type NoticeCode = DeskView['notices'][number]['code'];
type MessageCode = NonNullable<DeskInteraction['message']>['code'];

export const REFUSALS: Readonly<Record<string, string>> = {
  'agent-busy': 'Erst den Datensatz abschließen, den Sie haben.',
  'agent-gone': 'Diesen Agenten gibt es nicht mehr. Bitte an die Verwaltung wenden.',
  'agent-has-session': 'Sie arbeiten schon in einer anderen Kampagne. Beenden Sie erst die Sitzung dort.',
  'agent-missing': 'Wer angemeldet ist, ist kein Agent.',
  'agent-not-assigned': 'In dieser Kampagne arbeiten Sie nicht.',
  'agent-not-own': 'Das ist nicht Ihr Gespräch.',
  'agent-unknown': 'Diesen Agenten gibt es nicht, oder er arbeitet nicht in der Kampagne.',
  'agent-unnamed': 'Es ist nicht gesagt, wessen Gespräch gemeint ist.',
  'asterisk-unreachable': 'Die Telefonanlage ist gerade nicht erreichbar. Gleich noch einmal versuchen.',
  'call-changing': 'Gerade wird noch das Gegenteil ausgeführt. Gleich noch einmal versuchen.',
  'call-missing': 'Sie sprechen gerade mit niemandem.',
  'call-on-hold': 'Die Person wird gehalten. Erst zurückholen.',
  'callback-forbidden': 'Zu dieser Zeit darf nicht angerufen werden. Bitte eine andere wählen.',
  'callback-outside-hours': 'Zu dieser Zeit ruft die Kampagne nicht an. Bitte eine andere wählen.',
  'callback-over': 'Dieser Rückruf ist schon vorbei.',
  'callback-past': 'Diese Zeit ist schon vorbei. Bitte eine andere wählen.',
  'callback-record-removed': 'Der Datensatz wurde aus der Kampagne entfernt.',
  'callback-time-invalid': 'Das ist keine Zeit für einen Rückruf.',
  'callback-too-far': 'Diese Zeit ist zu weit voraus. Bitte eine frühere wählen.',
  'callback-unknown': 'Diesen Rückruf gibt es nicht.',
  'campaign-stopped': 'Die Kampagne ist gestoppt: Es wird nicht mehr gewählt.',
  'campaign-unknown': 'Diese Kampagne gibt es nicht, oder sie ist nicht geladen.',
  'choose-caller-id': 'Bitte wählen, welche Nummer gezeigt wird.',
  'choose-number': 'Bitte die Nummer wählen, die angerufen wird.',
  'contact-edit-refused': 'Diese Änderung passt nicht zum Feld.',
  'contact-unknown': 'Diese Person gibt es nicht mehr.',
  'desk-not-asked': 'Das konnte gerade nicht ausgeführt werden.',
  'disposition-unknown': 'Dieses Ergebnis hat die Kampagne nicht.',
  'exchange-refused': 'Die Telefonanlage hat es nicht getan. Alles ist wie gezeigt; bitte noch einmal versuchen.',
  'field-not-yours': 'Dieses Feld dürfen Agenten nicht ändern.',
  incomplete: 'Vor „Fertig“ fehlt noch etwas.',
  'key-used': 'Dieser Klick wurde schon für etwas anderes benutzt. Bitte noch einmal klicken.',
  'keys-invalid': 'Das sind keine Tasten. Möglich sind Ziffern, * und #.',
  'new-number-forbidden': 'Diese Kampagne erlaubt keine neuen Nummern.',
  'no-desk': 'Diese Sitzung läuft nur am Telefon.',
  'no-line': 'Gerade ist keine Leitung frei. Einen Moment warten.',
  'no-session': 'Sie haben keine Sitzung. Bitte erst eine beginnen.',
  'no-such-caller-id': 'Diese Absendernummer gibt es hier nicht.',
  'no-such-disposition': 'Dieses Ergebnis hat die Kampagne nicht.',
  'no-such-phone': 'Diese Nummer hat der Datensatz nicht.',
  'no-such-reason': 'Diesen Pausengrund hat die Kampagne nicht.',
  'not-in-hand': 'Diese Person ist gerade nicht in Ihrer Hand.',
  'not-in-this-mode': 'Das gibt es in dieser Kampagne nicht.',
  'not-now': 'Das geht in diesem Augenblick nicht.',
  'not-your-interaction': 'Diesen Datensatz hat ein anderer Agent.',
  'form-changed': 'Das Formular wurde inzwischen anderswo ausgefüllt.',
  'too-many-forms': 'Zu viele Formulare dieses Datensatzes sind halb ausgefüllt: Sichern oder verwerfen Sie eines.',
  'notes-changed': 'Die Notizen wurden inzwischen anderswo geschrieben.',
  'number-invalid': 'Das ist keine Telefonnummer.',
  'number-not-dialed': 'Diese Nummer darf nicht gewählt werden.',
  'other-interaction': 'Diesen Datensatz haben Sie nicht mehr.',
  'phone-not-changed': 'Das Telefon wurde nicht gewechselt. Bitte noch einmal versuchen.',
  'phone-not-offered': 'Ein Telefon im Browser gibt es hier nicht.',
  'outside-phone-not-allowed': 'In dieser Kampagne kann kein anderes Telefon angerufen werden.',
  'phone-not-registered': 'Ihr Telefon ist nicht angemeldet. Bitte einschalten.',
  'record-unknown': 'Diesen Datensatz gibt es nicht mehr.',
  'recording-not-allowed': 'Dieses Gespräch darf nicht aufgenommen werden.',
  'script-changed': 'Der Leitfaden ist inzwischen weiter. Bitte noch einmal.',
  'script-no-call': 'Ein Leitfaden gehört zu einem Gespräch, und Sie haben keines.',
  'script-none': 'Diese Kampagne hat keinen Leitfaden.',
  'script-not-in-hand': 'Dieses Gespräch haben Sie nicht mehr.',
  'script-refused': 'Der Leitfaden nimmt diese Antwort nicht an.',
  'script-unanswered': 'Im Leitfaden fehlt noch eine Antwort.',
  'body-too-large': 'Das ist zu lang.',
  'headers-too-large': 'Das hat der Browser falsch geschickt. Bitte die Seite neu laden.',
  'host-refused': 'Unter dieser Adresse antwortet outdial nicht. Bitte die richtige Adresse öffnen.',
  'invalid-json': 'Das hat der Server nicht verstanden. Bitte die Seite neu laden.',
  'invalid-request': 'Das hat der Server nicht verstanden. Bitte die Seite neu laden.',
  'origin-refused': 'Diese Seite gehört nicht zu outdial. Bitte outdial unter seiner eigenen Adresse öffnen.',
  'phone-not-browser': 'Das Telefon Ihrer Sitzung ist nicht dieser Browser.',
  'request-header-missing': 'Das hat der Browser falsch geschickt. Bitte die Seite neu laden.',
  'request-too-slow': 'Das kam nicht rechtzeitig an. Bitte noch einmal.',
  'right-missing': 'Dazu haben Sie kein Recht.',
  'route-unknown': 'Das gibt es nicht mehr. Bitte die Seite neu laden.',
  'session-ended': 'Sie sind nicht mehr angemeldet. Bitte neu anmelden; Gespräche gehen weiter.',
  'session-missing': 'Sie sind nicht angemeldet. Bitte anmelden.',
  'sign-in-busy': 'Gerade melden sich zu viele an. In ein paar Sekunden noch einmal versuchen.',
  'sign-in-locked': 'Zu oft ein falsches Passwort. Einen Moment warten.',
  'sign-in-needs-tls': 'Über diese Verbindung wäre das Passwort unterwegs lesbar. Bitte outdial über https öffnen.',
  'sign-in-wrong': 'Name oder Passwort ist falsch.',
  'token-ended': 'Die Anmeldung ist abgelaufen. Bitte neu anmelden.',
  'token-wrong': 'Sie sind nicht angemeldet. Bitte anmelden.',
  'stale-version': 'Inzwischen ist etwas geschehen. Bitte noch einmal entscheiden.',
  'third-party-missing': 'Es ist niemand dazugekommen.',
  'third-party-there': 'Es wird schon jemand angerufen, oder ist schon da.',
  'time-zone-unknown': 'Diese Zeitzone gibt es nicht.',
  'too-many-commands': 'Zu viele Klicks auf einmal. Einen Moment warten.',
  'unsupported-content': 'Das hat der Server nicht verstanden. Bitte die Seite neu laden.',
  'transfer-agent-not-ready': 'Dieser Agent ist nicht bereit.',
  'transfer-not-allowed': 'Dorthin darf in dieser Kampagne nicht weitergegeben werden.',
  'transfer-unknown': 'Dieses Ziel hat die Kampagne nicht.',
};

/** `about`: the field or the question. */
export const MISSING: Readonly<Record<string, (about: string) => string>> = {
  disposition: () => 'Ein Ergebnis wählen.',
  unprocessed: () => 'Anrufen, ablehnen oder einen Rückruf vereinbaren.',
  callback: () => 'Sagen, wann wieder angerufen wird.',
  phone: () => 'Die andere Nummer angeben.',
  reason: () => 'Den Grund angeben.',
  script: (about) => `Im Leitfaden beantworten: ${about}`,
  field: (about) => `Ausfüllen: ${about}`,
  'callback-past': () => 'Die Zeit des Rückrufs ist vorbei: eine andere wählen oder ihn streichen.',
};

const NOTICES: Readonly<Record<NoticeCode, (campaign: string) => string>> = {
  loaded: (name) => `Die Kampagne ${name} ist da; Sie können dort arbeiten.`,
  started: (name) => `Die Kampagne ${name} wurde gestartet.`,
  paused: (name) => `Die Kampagne ${name} pausiert: Laufende Gespräche gehen weiter, dann kommt keines mehr.`,
  stopped: (name) => `Die Kampagne ${name} wurde gestoppt: Laufende Gespräche gehen weiter, dann kommt keines mehr.`,
  exhausted: (name) => `Die Kampagne ${name} hat niemanden mehr anzurufen.`,
  'not-yours': (name) => `In der Kampagne ${name} arbeiten Sie nicht mehr.`,
  'signed-out': () => 'Die Sitzung ist beendet.',
  'countdown-over': () => 'Die Sitzung ist beendet: Der nächste Anruf wurde nicht rechtzeitig abgerufen.',
  'phone-lost': () => 'Die Sitzung ist beendet: Das Telefon war zu lange weg.',
  'not-assigned': () => 'Die Sitzung ist beendet: In der Kampagne arbeiten Sie nicht mehr.',
  fault: () => 'Die Sitzung wurde durch einen Fehler beendet; er steht im Protokoll.',
  other: () => 'Die Sitzung ist beendet.',
};

const MESSAGES: Readonly<Record<MessageCode, string>> = {
  'blocked-no-other': 'Diese Nummer steht auf einer Sperrliste, und eine andere gibt es nicht.',
  'blocked-next-used': 'Diese Nummer steht auf einer Sperrliste. Die nächste wird genommen.',
  'unavailable-no-other': 'Ob diese Nummer angerufen werden darf, lässt sich gerade nicht prüfen.',
  'unavailable-next-used':
    'Ob diese Nummer angerufen werden darf, lässt sich gerade nicht prüfen. Die nächste wird genommen.',
  'not-now': 'Jetzt darf diese Nummer nicht angerufen werden.',
  refused: 'Diese Nummer darf nicht angerufen werden.',
};

const NEXT: Readonly<Record<MessageCode, string>> = {
  'blocked-no-other': '„Fertig“ bringt den nächsten Datensatz.',
  'blocked-next-used': '',
  'unavailable-no-other': '„Fertig“ bringt den nächsten Datensatz; dieser kommt wieder.',
  'unavailable-next-used': '',
  'not-now': 'Einen Rückruf vereinbaren, oder den Datensatz für später zurückgeben.',
  refused: 'Eine andere Nummer nehmen, oder „Fertig“ für den nächsten Datensatz.',
};

const PAUSES: Readonly<Record<string, string>> = {
  'signed-in': 'gerade angemeldet',
  'not-ready': 'nicht bereit',
  pause: 'Pause',
  'phone-lost': 'Das Telefon wird wieder angerufen',
  'phone-gone': 'Der Anruf Ihres Telefons ist beendet',
  'wrap-up-over': 'Die Nacharbeit war zu lang',
  'not-answered': 'Das Telefon wurde nicht abgenommen',
  'did-not-answer': 'Ein Anruf wurde nicht abgenommen',
  'phone-hung-up': 'Das Telefon wurde aufgelegt',
  'page-closed': 'Der Arbeitsplatz wurde geschlossen',
  stopped: 'keine weiteren Anrufe gewünscht',
  countdown: 'wartet auf Sie',
};

export const serverWords: ServerWords = {
  refused: ({ code, message, hint }) => REFUSALS[code] ?? `${message} ${hint}`.trim(),
  missing: ({ code, message, about }) => MISSING[code]?.(about ?? '') ?? message,
  notice: ({ code, campaign }) => NOTICES[code](campaign ?? ''),
  message: ({ code, rule, nextTaken }, isPreview) => {
    const isRuled = rule !== null && (code === 'not-now' || code === 'refused');
    const taken = isRuled && nextTaken ? ' Die nächste wird genommen.' : '';
    const text = `${isRuled ? notDialed(rule) : MESSAGES[code]}${taken}`;
    return { text, next: nextTaken ? (isPreview ? 'Zum Wählen anklicken.' : 'Sie wird gewählt.') : NEXT[code] };
  },
  pause: ({ code, label }) => PAUSES[code] ?? label,
};
