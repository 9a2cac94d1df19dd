import { beforeEach, describe, expect, test } from 'vitest';
import { PhoneWatch } from '../../src/telephony/phone-watch.ts';

/** Packets that the phone sends in each second from now on; the last goes on. */
let sound: number[];
let legs: string[];
let lost: string[];
let asked: number;
let link: boolean;
/** Called as each second of listening goes by. */
let onSecond: () => void;

function watch(): PhoneWatch {
  let count = 100;
  return new PhoneWatch({
    legsOf: (account) => (account === 'a100' ? legs : []),
    soundOf: () => {
      asked += 1;
      return link ? Promise.resolve(count) : Promise.reject(new Error('no link'));
    },
    lost: (leg) => lost.push(leg),
    pause: () => {
      onSecond();
      count += sound.length > 1 ? (sound.shift() ?? 0) : (sound[0] ?? 0);
      return Promise.resolve();
    },
  });
}

const contact = (contactstatus: string, endpointname = 'a100') => ({
  event: 'ContactStatus',
  contactstatus,
  endpointname,
});
const settled = (): Promise<void> =>
  new Promise((resolve) => {
    setImmediate(resolve);
  });

beforeEach(() => {
  [sound, legs, lost, asked, link] = [[50], ['l1'], [], 0, true];
  onSecond = () => undefined;
});

describe('[O-09] the phone of a leg', () => {
  test('answers no question and sends no sound: lost', async () => {
    sound = [0];
    watch().heard(contact('Unreachable'));
    await settled();
    expect(lost).toEqual(['l1']);
  });

  test('answers no question but is heard, and then is not: lost only then', async () => {
    sound = [50, 50, 50, 50, 0];
    watch().heard(contact('Unreachable'));
    await settled();
    expect(lost).toEqual(['l1']);
    expect(asked).toBeGreaterThan(4);
  });

  test('answers again while it is still heard: not lost, and not listened to any more', async () => {
    const phones = watch();
    sound = [50, 50, 50, 0];
    phones.heard(contact('Unreachable'));
    phones.heard(contact('Reachable'));
    await settled();
    expect(lost).toEqual([]);
    expect(asked).toBe(2);
  });

  test('registers from elsewhere and the call is silent: lost; and the call is heard: not', async () => {
    sound = [0];
    watch().heard(contact('Removed'));
    await settled();
    expect(lost).toEqual(['l1']);
    sound = [50];
    watch().heard(contact('Removed'));
    await settled();
    expect(lost).toEqual(['l1']);
  });

  test('is asked and answers, or registers: no one listens', async () => {
    for (const status of ['Reachable', 'NonQualified', 'Created']) watch().heard(contact(status));
    watch().heard({ event: 'PeerStatus', peer: 'PJSIP/a100', peerstatus: 'Unreachable' });
    watch().heard(contact('Unreachable', 'another'));
    await settled();
    expect(asked).toBe(0);
  });

  test.each(['Unreachable', 'Removed'])(
    'cannot be listened to, the link being down: nothing is concluded then, and it is asked again (%s)',
    async (status) => {
      link = false;
      sound = [0];
      onSecond = () => {
        expect(lost).toEqual([]);
        link = asked > 3;
      };
      const phones = watch();
      phones.heard(contact(status));
      // another phone has taken the dead one's place: of this one nothing more will be said
      phones.heard(contact('Reachable'));
      await settled();
      expect(lost).toEqual(['l1']);
    },
  );

  test('cannot be listened to once, and then is heard: not lost, and not listened to any more', async () => {
    link = false;
    onSecond = () => (link = true);
    const phones = watch();
    phones.heard(contact('Removed'));
    await settled();
    expect(lost).toEqual([]);
    expect(asked).toBe(3);
  });

  test('answers no question and calls all the same, then dies: lost', async () => {
    legs = [];
    const phones = watch();
    phones.heard(contact('Unreachable'));
    await settled();
    expect(asked).toBe(0);
    legs = ['l1'];
    sound = [50, 50, 50, 0];
    phones.arrived('a100', 'l1');
    await settled();
    expect(lost).toEqual(['l1']);
  });

  test('answers questions and calls: no one listens', async () => {
    const phones = watch();
    phones.heard(contact('Unreachable', 'another'));
    phones.arrived('a100', 'l1');
    await settled();
    expect(asked).toBe(0);
  });

  test('its leg ends while it is listened to: nothing to report', async () => {
    sound = [0];
    watch().heard(contact('Unreachable'));
    legs = [];
    await settled();
    expect(lost).toEqual([]);
  });
});
