// How the agent stands, as one word with its colour, its picture and since when: what the bar says largest.

import type { DeskView } from '../../live/live.ts';
import type { IconName } from '../../ui/icons.tsx';
import type { Tone } from '../../ui/signs.tsx';
import type { Words } from '../../words/en.ts';

type StandingWord = keyof Words['standing'];

export interface Standing {
  readonly word: StandingWord;
  readonly tone: Tone;
  readonly icon: IconName;
  /** Epoch ms by the server's clock. */
  readonly since: number;
}

const LOOKS: Readonly<Record<StandingWord, readonly [Tone, IconName]>> = {
  'phone-ringing': ['warn', 'bell'],
  'phone-connecting': ['warn', 'wait'],
  'phone-down': ['bad', 'warning'],
  offered: ['warn', 'bell'],
  preview: ['accent', 'person'],
  'before-call': ['accent', 'clock'],
  dialing: ['busy', 'phone'],
  ringing: ['busy', 'phone'],
  talking: ['good', 'phone'],
  muted: ['bad', 'mic-off'],
  'on-hold': ['warn', 'pause'],
  consulting: ['busy', 'person'],
  'wrap-up': ['warn', 'pencil'],
  paused: ['quiet', 'pause'],
  ready: ['accent', 'wait'],
  engaged: ['accent', 'wait'],
  reserved: ['busy', 'phone'],
  idle: ['quiet', 'list'],
  fetching: ['accent', 'wait'],
  offline: ['quiet', 'exit'],
};

const OF_SESSION = {
  offline: 'offline',
  paused: 'paused',
  ready: 'ready',
  engaged: 'engaged',
  reserved: 'reserved',
  talking: 'talking',
  'wrap-up': 'wrap-up',
} as const;

export function standingOf(view: DeskView): Standing {
  const { word, since } = wordOf(view);
  const [tone, icon] = LOOKS[word];
  return { word, tone, icon, since };
}

function wordOf(view: DeskView): { readonly word: StandingWord; readonly since: number } {
  const { session, interaction, fetching } = view;
  if (session === null) return { word: 'offline', since: view.at };
  const since = session.stateSince;
  const { state, kind } = session.phone;
  if (state === 'ringing' && kind === 'account') return { word: 'phone-ringing', since };
  if (interaction !== null && interaction.state !== 'done')
    return interaction.state === 'talking' ? ofTalk(interaction, view.call) : ofInteraction(interaction);
  if (state === 'ringing') return { word: 'phone-connecting', since };
  if (state === 'down') return { word: 'phone-down', since };
  if (fetching !== null) return { word: 'fetching', since };
  const word = OF_SESSION[session.state];
  return { word: word === 'ready' && isPulling(view) ? 'idle' : word, since };
}

function ofInteraction({ state, since, call, record, kind }: NonNullable<DeskView['interaction']>): {
  readonly word: StandingWord;
  readonly since: number;
} {
  if (kind === 'engaged' && record === null && state === 'dialing') return { word: 'engaged', since };
  if (state === 'dialing') return { word: call?.state === 'ringing' ? 'ringing' : 'dialing', since };
  return { word: state === 'done' ? 'idle' : state, since };
}

/** As the exchange has the conversation. */
function ofTalk({ since, call: own }: NonNullable<DeskView['interaction']>, call: DeskView['call']) {
  const talked = { since: own?.talkedSince ?? since };
  if (call?.third !== undefined) return { word: 'consulting', ...talked } as const;
  if (call?.heldSince !== undefined) return { word: 'on-hold', since: call.heldSince } as const;
  return { word: call?.muted === true ? 'muted' : 'talking', ...talked } as const;
}

/** Records come only when the agent asks for them. */
export function isPulling({ campaigns, session }: DeskView): boolean {
  const own = campaigns.find(({ name }) => name === session?.campaign);
  return own?.action === 'get-record' && (own.delivery === 'manual' || !own.takes);
}
