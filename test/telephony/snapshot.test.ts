import { describe, expect, test } from 'vitest';
import { majorOf } from '../../src/telephony/ari-preflight.ts';
import { legOf } from '../../src/telephony/snapshot.ts';

describe('a leg of the snapshot', () => {
  const channel = {
    id: 'leg1',
    name: 'PJSIP/trunk-main-00000000',
    state: 'Up',
    dialplan: { context: 'outdial-out', exten: 's', priority: 3, app_name: 'Stasis', app_data: 'outdial,customer' },
    creationtime: '2026-11-22T06:09:50.013+0000',
  };

  test('[O-09] in our application: ours, with its age', () => {
    expect(legOf(channel, 'outdial')).toEqual({
      leg: 'leg1',
      state: 'up',
      createdAt: Date.UTC(2026, 10, 22, 6, 9, 50, 13),
      ours: true,
      account: 'trunk-main',
    });
  });

  test('[O-09] ringing, in another application, or in the dialplan: not ours', () => {
    const ringing = { ...channel, state: 'Ringing', dialplan: { app_name: 'AppDial2', app_data: '(Outgoing Line)' } };
    expect(legOf(ringing, 'outdial')).toMatchObject({ state: 'ringing', ours: false });
    expect(legOf(channel, 'outdial-2')?.ours).toBe(false);
    expect(legOf(channel, 'out')?.ours).toBe(false);
  });

  test('[O-09] snoop channels and nonsense: no legs', () => {
    expect(legOf({ ...channel, id: 'snoop.leg1' }, 'outdial')).toBeUndefined();
    expect(legOf({}, 'outdial')).toBeUndefined();
    expect(legOf(null, 'outdial')).toBeUndefined();
  });
});

test.each([
  ['22.10.1+dfsg+~cs6.17.60671434-1', 22],
  ['20.9.0', 20],
  ['certified-20.7-cert3', 20],
  ['certified/18.9-cert5', 18],
  ['GIT-master-a1b2c3', undefined],
  ['', undefined],
])('[O-02] Asterisk %s is of release %s', (version, major) => {
  expect(majorOf(version)).toBe(major);
});
