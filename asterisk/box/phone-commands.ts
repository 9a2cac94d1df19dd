// How one of many accounts in a baresip process is made to dial, pick up, press keys and hang up. Up to 1.0
// `uafind` chooses the account for what follows; since 1.1 (Debian 13) calls are named by their ids, and an
// account by its position. Sends nothing itself.

export type PhoneCommand = readonly [name: string, parameters?: string];

export interface PhoneAddress {
  readonly uri: string;
  /** Position among the accounts of the process, from 0. */
  readonly position: number;
}

export interface PhoneCommands {
  dial(phone: PhoneAddress, number: string): readonly PhoneCommand[];
  answer(phone: PhoneAddress, callId: string): readonly PhoneCommand[];
  press(phone: PhoneAddress, callId: string, keys: string): readonly PhoneCommand[];
  /** Mutes the microphone, or unmutes it. */
  mute(phone: PhoneAddress, callId: string): readonly PhoneCommand[];
  hangUp(phone: PhoneAddress, callId: string): readonly PhoneCommand[];
}

const BY_CHOSEN_ACCOUNT: PhoneCommands = {
  dial: ({ uri }, number) => [
    ['uafind', uri],
    ['dial', number],
  ],
  answer: ({ uri }) => [['uafind', uri], ['accept']],
  press: ({ uri }, _callId, keys) => [
    ['uafind', uri],
    ['sndcode', keys],
  ],
  mute: ({ uri }) => [['uafind', uri], ['mute']],
  hangUp: ({ uri }) => [['uafind', uri], ['hangup']],
};

const BY_CALL: PhoneCommands = {
  dial: ({ position }, number) => [['dial', `${number} ${position}`]],
  answer: (_phone, callId) => [['accept', callId]],
  press: (_phone, callId, keys) => [
    ['callfind', callId],
    ['sndcode', keys],
  ],
  mute: (_phone, callId) => [['callfind', callId], ['mute']],
  hangUp: (_phone, callId) => [['hangup', callId]],
};

/** The commands of the baresip whose `about` text this is. */
export function commandsOf(about: string): PhoneCommands {
  const [, major = '1', minor = '0'] = /(\d+)\.(\d+)\.\d+/.exec(about) ?? [];
  return Number(major) > 1 || Number(minor) > 0 ? BY_CALL : BY_CHOSEN_ACCOUNT;
}
