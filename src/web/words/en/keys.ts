// Words of the keys, in English.

export const keyWords = {
  title: 'Keys',
  text: 'Everything here works by keyboard. Keys with Alt work everywhere, also while you type; single keys only while you do not type.',
  singles: 'Use single keys (digits and ?)',
  key: 'Key',
  does: 'What it does',
  change: 'Change',
  changeNamed: (does: string) => `Change the key for: ${does}`,
  press: 'Press Alt with the new key. Escape leaves it as it is.',
  changed: (keys: string, does: string) => `${keys} now: ${does}`,
  taken: (keys: string, does: string) => `${keys} is taken already: ${does}. Press another.`,
  unfit: 'Only Alt with a letter, a digit or Enter. Press another.',
  usual: 'All as they came',
  table: {
    main: 'the main button: the next step',
    mute: 'mute, and back',
    hold: 'hold with music, and back',
    keypad: 'the keypad: tones towards them',
    record: 'record, and pause the recording',
    transfer: 'transfer; with a third party there: leave the two alone',
    join: 'talk all three',
    back: 'back to the person, without the third party',
    hangUp: 'hang up or cancel the call',
    pause: 'pause, with its reasons; in a call it comes after it',
    notes: 'to the notes',
    outcome: 'to the outcomes: type to search',
    callback: 'schedule a callback',
    contact: 'to the contact',
    script: 'to the script',
    undo: 'undo Done, within five seconds',
    campaigns: 'my campaigns',
    help: 'these keys',
    disposition: 'choose the outcome with this digit',
  },
};

export type KeyWords = typeof keyWords;
