// Words of the replay of a stretch beside other policies.

import { sayings } from '../words.ts';

export const replayWords = sayings({
  en: {
    title: 'Replay',
    about:
      'The pacing decisions of a stretch taken again from its log, and what other policies would have done on the same day.',
    policies: 'Policies beside it',
    policiesHint: 'up to three: progressive, ratio:2, predictive:target=2%',
    badPolicies: 'At most three, separated by spaces.',
    doIt: 'Replay',
    first: 'Choose a campaign and a period, then “Replay”.',
    same: (decisions: string) =>
      decisions === '1' ? 'The only decision comes out the same.' : `All ${decisions} decisions come out the same.`,
    differ: (count: string) =>
      `${count === '1' ? '1 decision comes' : `${count} decisions come`} out differently: outdial was changed since, or the log is not whole.`,
    nothing: 'There is no log of this stretch.',
    real: 'The real day',
    utilisation: 'Utilisation',
    abandoned: 'Abandoned',
    of: (abandoned: string, live: string) => `${abandoned} of ${live} live answers`,
    dialed: 'Dialed',
    cancelled: (count: string) => `${count} cancelled`,
    decisions: 'Decisions',
    events: (count: string) => (count === '1' ? 'on 1 event' : `on ${count} events`),
    policy: 'Policy',
    own: 'as it was',
    more: 'More lines',
    fewer: 'Fewer',
    dials: 'Dials',
    lines: 'Lines',
    spread: (low: string, high: string) => `${low} to ${high}`,
    compare:
      'Compare with “as it was”, which is the policy that dialed, simulated the same way. More and fewer: share of the moments at which a policy would have had more or fewer lines out.',
    live: 'Deciding beside it right now',
    liveNone: 'No policy decides beside this campaign: pacing.shadow in its file.',
    meanLines: 'Lines more or fewer, on average',
  },
  de: {
    title: 'Nachspielen',
    about:
      'Die Entscheidungen einer Strecke aus ihrem Protokoll noch einmal, und was andere Verfahren am selben Tag getan hätten.',
    policies: 'Verfahren daneben',
    policiesHint: 'bis zu drei: progressive, ratio:2, predictive:target=2%',
    badPolicies: 'Höchstens drei, durch Leerzeichen getrennt.',
    doIt: 'Nachspielen',
    first: 'Kampagne und Zeitraum wählen, dann „Nachspielen“.',
    same: (decisions) =>
      decisions === '1'
        ? 'Die einzige Entscheidung fällt gleich aus.'
        : `Alle ${decisions} Entscheidungen fallen gleich aus.`,
    differ: (count) =>
      `${count === '1' ? '1 Entscheidung fällt' : `${count} Entscheidungen fallen`} anders aus: outdial wurde geändert, oder das Protokoll ist nicht ganz.`,
    nothing: 'Von dieser Strecke gibt es kein Protokoll.',
    real: 'Der wirkliche Tag',
    utilisation: 'Auslastung',
    abandoned: 'Ohne Agent',
    of: (abandoned, live) => `${abandoned} von ${live} abgehobenen`,
    dialed: 'Gewählt',
    cancelled: (count) => `${count} abgebrochen`,
    decisions: 'Entscheidungen',
    events: (count) => (count === '1' ? 'zu 1 Ereignis' : `zu ${count} Ereignissen`),
    policy: 'Verfahren',
    own: 'wie es war',
    more: 'Mehr Leitungen',
    fewer: 'Weniger',
    dials: 'Anrufe',
    lines: 'Leitungen',
    spread: (low, high) => `${low} bis ${high}`,
    compare:
      'Zu vergleichen mit „wie es war“: dem Verfahren, das gewählt hat, genauso durchgerechnet. Mehr und weniger: Anteil der Augenblicke, in denen ein Verfahren mehr oder weniger Leitungen belegt hätte.',
    live: 'Entscheidet gerade daneben',
    liveNone: 'Neben dieser Kampagne entscheidet kein Verfahren: pacing.shadow in ihrer Datei.',
    meanLines: 'Leitungen mehr oder weniger, im Mittel',
  },
});
