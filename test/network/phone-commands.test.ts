// Whether softphones of every Debian release get commands in the words they understand. Starts none.

import { describe, expect, test } from 'vitest';
import { commandsOf } from '../../asterisk/box/phone-commands.ts';

const SECOND = { uri: 'sip:ben@127.0.0.1:5060', position: 1 };

const about = (version: string): string => `|  \u001b[34;1mbare\u001b[31;1msip\u001b[;m ${version}  |`;

describe('one of many accounts in a softphone process', () => {
  test('[O-11] baresip 1.0: the account is chosen, then commanded', () => {
    const commands = commandsOf(about('1.0.0'));
    expect(commands.dial(SECOND, '*55')).toEqual([
      ['uafind', SECOND.uri],
      ['dial', '*55'],
    ]);
    expect(commands.hangUp(SECOND, 'call-7')).toEqual([['uafind', SECOND.uri], ['hangup']]);
  });

  test.each(['1.1.0', '3.16.0'])(
    '[O-11] baresip %s: the account is named by its position, a call by its id',
    (version) => {
      const commands = commandsOf(about(version));
      expect(commands.dial(SECOND, '*55')).toEqual([['dial', '*55 1']]);
      expect(commands.answer(SECOND, 'call-7')).toEqual([['accept', 'call-7']]);
      expect(commands.hangUp(SECOND, 'call-7')).toEqual([['hangup', 'call-7']]);
      expect(commands.press(SECOND, 'call-7', '5#')).toEqual([
        ['callfind', 'call-7'],
        ['sndcode', '5#'],
      ]);
    },
  );
});
