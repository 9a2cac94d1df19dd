// Words of the phone in the browser, in English.

const plural = (count: number, one: string, many: string): string => `${count} ${count === 1 ? one : many}`;

export const phoneWords = {
  title: 'Phone',
  which: 'Your phone',
  kinds: {
    account: 'My own phone: it rings',
    browser: 'This browser, with a headset',
    number: 'Any other phone, by its number',
  },
  number: 'Number of the phone',
  numberHint: 'With + and the country code, such as +49 30 901820',
  startAny: 'That phone is called now. Pick it up and type your PIN, then #.',
  call: 'Call my phone',
  start: 'You hear and speak through this browser. Leave this window open: every call comes through it.',
  starting: 'Connecting your phone …',
  asking: 'Your browser asks whether it may use the microphone: allow it.',
  microphone: 'Microphone',
  speaker: 'Speaker',
  usual: 'As on this machine',
  device: (place: number) => `Device ${place}`,
  level: 'How loud you are',
  echo: 'Hear yourself',
  echoStep: {
    idle: 'Records three seconds and plays them to you.',
    speak: 'Speak now …',
    listen: 'This is how you are heard.',
    failed: 'That did not work. Choose another speaker.',
  },
  is: {
    account: 'You work with your own phone.',
    browser: 'You work with this browser.',
    number: 'You work with a phone that was called for this session. To change, end the session.',
  },
  change: { account: 'Change to my own phone', browser: 'Change to this browser' },
  changes: 'The session goes on, and so does a call: the phone you have now stays until the other one is there.',
  dialing: 'Your phone is being connected again …',
  kept: (seconds: number) =>
    `Your phone is away. The person hears music and waits ${plural(seconds, 'more second', 'more seconds')} for you.`,
  again: 'Try again',
  unblock: 'Turn the sound on',
  troubles: {
    refused: {
      title: 'The browser may not use your microphone.',
      next: 'Click the sign beside the address, allow the microphone, then try again.',
    },
    none: { title: 'There is no microphone.', next: 'Plug your headset in, then try again.' },
    taken: {
      title: 'The microphone cannot be used now.',
      next: 'Another program may have it: close it, then try again. Or choose another microphone.',
    },
    unplugged: { title: 'Your microphone is gone.', next: 'Plug it in again, or another one: it is taken at once.' },
    insecure: {
      title: 'Here the browser gives no microphone.',
      next: 'Open outdial by its address with https, or use your own phone. Your administrator knows more.',
    },
    failed: { title: 'The microphone does not work.', next: 'Try again, or choose another one.' },
    blocked: { title: 'The browser plays no sound yet.', next: 'One click or key turns it on.' },
    'no-line': {
      title: 'Your phone cannot be connected now.',
      next: 'It is tried again. Your own phone is the other way.',
    },
    'connection-lost': {
      title: 'The connection of your phone is away.',
      next: 'A call goes on as long as the sound does. It is being connected again.',
    },
    'sound-broken': {
      title: 'The sound is interrupted.',
      next: 'The network may have changed: your phone is being connected again.',
    },
    unheard: {
      title: 'We do not hear you.',
      next: 'Nothing comes from your microphone. Is it switched off at the headset or its cable?',
    },
    poor: {
      title: 'The line is poor.',
      next: 'Others in your network may be busy. A cable is better than wireless.',
    },
  },
};

export type PhoneWords = typeof phoneWords;
