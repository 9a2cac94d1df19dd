import { describe, expect, test } from 'vitest';
import type { TelephonyEvent } from '../../src/engine/ports.ts';
import { AgentLegs } from '../../src/telephony/agent-legs.ts';
import { accountOf, ariTime, meaningOf, meansNothing, snoopOf, verdictOf } from '../../src/telephony/ari-events.ts';

const TIMESTAMP = '2026-11-22T06:09:51.023+0000';
const AT = Date.UTC(2026, 10, 22, 6, 9, 51, 23);

/** An event of one channel as Asterisk 22.10 sends it. */
function event(type: string, parts: Record<string, unknown> = {}, channel: Record<string, unknown> = {}): object {
  return {
    type,
    timestamp: TIMESTAMP,
    ...parts,
    channel: {
      id: 'leg1',
      name: 'PJSIP/trunk-main-00000000',
      state: 'Up',
      caller: { name: '', number: '+12125550100' },
      connected: { name: '', number: '+12125550100' },
      dialplan: { context: 'outdial-out', exten: 's', priority: 2, app_name: 'Stasis', app_data: 'outdial,customer' },
      creationtime: '2026-11-22T06:09:50.013+0000',
      language: 'en',
      ...channel,
    },
    application: 'outdial',
    asterisk_id: '02:fc:00:00:00:01',
  };
}

const noAgents = { has: () => false, causeOf: () => undefined };
const read = (message: unknown) => meaningOf(message, noAgents);
const eventsOf = (message: unknown): readonly unknown[] => read(message).events;

describe("a leg's life", () => {
  test("[D-01] rings, is answered: with Asterisk's own times", () => {
    expect(eventsOf(event('ChannelStateChange', {}, { state: 'Ringing' }))).toEqual([
      { type: 'leg-ringing', at: AT, leg: 'leg1' },
    ]);
    expect(eventsOf(event('ChannelStateChange'))).toEqual([{ type: 'leg-answered', at: AT, leg: 'leg1' }]);
    expect(eventsOf(event('ChannelStateChange', {}, { state: 'Dialing' }))).toEqual([]);
  });

  test('[D-01] early media without ringing: progress; ringing and answer in Dial are reported by the state alone', () => {
    const dial = (dialstatus: string): object => ({
      type: 'Dial',
      timestamp: TIMESTAMP,
      dialstatus,
      peer: { id: 'leg1', name: 'PJSIP/trunk-main-00000000', state: 'Down' },
    });
    expect(eventsOf(dial('PROGRESS'))).toEqual([{ type: 'leg-progress', at: AT, leg: 'leg1' }]);
    for (const status of ['', 'RINGING', 'ANSWER', 'BUSY']) expect(eventsOf(dial(status))).toEqual([]);
  });

  test('[D-01] the far side redirects, and Asterisk follows with a channel of its own: that channel is dropped', () => {
    const dial = {
      type: 'Dial',
      timestamp: TIMESTAMP,
      dialstatus: 'CANCEL',
      forward: 'PJSIP/+19005550100@trunk-main',
      forwarded: { id: 'outdial-1.2', name: 'PJSIP/trunk-main-00000001', state: 'Down' },
      peer: { id: 'leg1', name: 'PJSIP/trunk-main-00000000', state: 'Down' },
    };
    expect(read(dial)).toEqual({
      events: [],
      step: { type: 'followed', leg: 'leg1', channel: 'outdial-1.2', to: 'PJSIP/+19005550100@trunk-main' },
    });
    expect(read({ ...dial, forwarded: undefined })).toEqual({ events: [] });
  });

  test('[D-02] what plays in a bridge sits in it, and is no leg', () => {
    const announcer = event('ChannelEnteredBridge', { bridge: { id: 'b-1' } }, { name: 'Announcer/ARI-00000001;2' });
    expect(read(announcer)).toEqual({ events: [] });
  });

  test.each([
    [17, 486],
    [19, 480],
    [21, 403],
    [1, 404],
    [22, 410],
    [28, 484],
    [38, 500],
    [34, 503],
    [18, 408],
  ])('[D-01] refused with cause %i and SIP %i: both are kept', (cause, sipCode) => {
    const parts = { cause, tech_cause: sipCode };
    expect(eventsOf(event('ChannelHangupRequest', parts))).toEqual([
      { type: 'leg-hanging-up', at: AT, leg: 'leg1', cause, sipCode },
    ]);
    expect(eventsOf(event('ChannelDestroyed', { ...parts, cause_txt: 'x' }))).toEqual([
      { type: 'leg-ended', at: AT, leg: 'leg1', cause, sipCode },
    ]);
  });

  test('[D-01] far end says BYE without a cause: normal clearing, no SIP code', () => {
    expect(eventsOf(event('ChannelHangupRequest'))).toEqual([
      { type: 'leg-hanging-up', at: AT, leg: 'leg1', cause: 16 },
    ]);
  });

  test('[D-01] our own hang-up: not reported as the far end asking', () => {
    expect(eventsOf(event('ChannelHangupRequest', { cause: 32, soft: true }))).toEqual([]);
  });

  test('[D-02] enters and leaves a bridge', () => {
    const bridge = { bridge: { id: 'b1', channels: ['leg1'] } };
    expect(eventsOf(event('ChannelEnteredBridge', bridge))).toEqual([
      { type: 'leg-bridged', at: AT, leg: 'leg1', bridge: 'b1' },
    ]);
    expect(eventsOf(event('ChannelLeftBridge', bridge))).toEqual([
      { type: 'leg-unbridged', at: AT, leg: 'leg1', bridge: 'b1' },
    ]);
  });

  test('[A-01] key pressed', () => {
    expect(eventsOf(event('ChannelDtmfReceived', { digit: '#', duration_ms: 120 }))).toEqual([
      { type: 'key-pressed', at: AT, leg: 'leg1', key: '#' },
    ]);
  });

  test('[A-01] playback finished', () => {
    const playback = { id: 'p1', media_uri: 'sound:digits/1', state: 'done' };
    expect(eventsOf({ type: 'PlaybackFinished', timestamp: TIMESTAMP, playback })).toEqual([
      { type: 'playback-finished', at: AT, playback: 'p1' },
    ]);
  });
});

test('[X-07] the dialplan says that it plays the message; other user events are not ours', () => {
  expect(eventsOf(event('ChannelUserevent', { eventname: 'OutdialMessage', userevent: {} }))).toEqual([
    { type: 'leg-abandon-message', at: AT, leg: 'leg1' },
  ]);
  expect(eventsOf(event('ChannelUserevent', { eventname: 'Another', userevent: {} }))).toEqual([]);
});

describe('a leg that arrives', () => {
  test('[D-01] answered customer', () => {
    expect(eventsOf(event('StasisStart', { args: ['customer'] }))).toEqual([
      { type: 'leg-arrived', at: AT, leg: 'leg1', purpose: 'customer' },
    ]);
  });

  test('[A-01] phone that dialed the code: with its account', () => {
    const channel = { name: 'PJSIP/agent-1.07-0000002f', dialplan: { context: 'outdial-agents' } };
    expect(eventsOf(event('StasisStart', { args: ['agent'] }, channel))).toEqual([
      { type: 'leg-arrived', at: AT, leg: 'leg1', purpose: 'sign-in', account: 'agent-1.07' },
    ]);
  });

  test('[C-16] somebody who calls us: with both numbers', () => {
    expect(eventsOf(event('StasisStart', { args: ['inbound', '12125550100', '+12125550111'] }))).toEqual([
      { type: 'leg-arrived', at: AT, leg: 'leg1', purpose: 'inbound', called: '12125550100', caller: '+12125550111' },
    ]);
  });

  test('[D-02] phone that we rang', () => {
    expect(eventsOf(event('StasisStart', { args: ['agent', 'rung'] }, { name: 'PJSIP/a100-0000002f' }))).toEqual([
      { type: 'leg-arrived', at: AT, leg: 'leg1', purpose: 'agent', account: 'a100' },
    ]);
  });

  test("[A-04] an agent's browser: with its session's account; it leaves, and has ended", () => {
    const channel = { name: 'PJSIP/web-0123456789abcdef01234567-0000002f', dialplan: { context: 'outdial-browsers' } };
    expect(eventsOf(event('StasisStart', { args: ['agent', 'browser'] }, channel))).toEqual([
      { type: 'leg-arrived', at: AT, leg: 'leg1', purpose: 'browser', account: 'web-0123456789abcdef01234567' },
    ]);
    expect(eventsOf(event('StasisEnd', {}, channel))).toEqual([{ type: 'leg-ended', at: AT, leg: 'leg1', cause: 0 }]);
  });

  test('[A-01] a customer leaves the application, as when sent to the detector: nothing has ended', () => {
    expect(eventsOf(event('StasisEnd'))).toEqual([]);
  });

  test('[O-09] a phone that dialed the code leaves the application and it is not known why: ended, without a cause', () => {
    expect(eventsOf(event('StasisEnd', {}, { dialplan: { context: 'outdial-agents' } }))).toEqual([
      { type: 'leg-ended', at: AT, leg: 'leg1', cause: 0 },
    ]);
  });

  test.each([
    ['the phone says BYE', {}, 16],
    ['the phone says BYE with a cause', { cause: 31 }, 31],
    ['we hang up, or the console does', { soft: true, cause: 32 }, 16],
    ['no sound has come for too long', { soft: true, cause: 1 }, 44],
    ['its transport has failed', { cause: 27 }, 27],
  ])("[O-09] %s: the leg's end has that cause, and not a made-up one", (_why, request, cause) => {
    const legs = new AgentLegs();
    const hear = (message: unknown): readonly TelephonyEvent[] => {
      legs.noteRequest(message);
      const { events } = meaningOf(message, legs);
      for (const heard of events) legs.note(heard);
      return events;
    };
    const channel = { name: 'PJSIP/a100-0000002f', dialplan: { context: 'elsewhere' } };
    hear(event('StasisStart', { args: ['agent'] }, channel));
    hear(event('ChannelHangupRequest', request, channel));

    expect(hear(event('StasisEnd', {}, channel))).toEqual([{ type: 'leg-ended', at: AT, leg: 'leg1', cause }]);
    expect(legs.has('leg1')).toBe(false);
  });

  test('[D-03] back from the detector: the verdict with its cause, then the arrival', () => {
    expect(eventsOf(event('StasisStart', { args: ['verdict', 'MACHINE', 'MAXWORDS-3-2'] }))).toEqual([
      { type: 'verdict', at: AT, leg: 'leg1', verdict: 'machine', cause: 'MAXWORDS-3-2' },
      { type: 'leg-arrived', at: AT, leg: 'leg1', purpose: 'customer' },
    ]);
  });

  test.each([
    ['SILENCE', true],
    ['TIMEOUT', false],
    [undefined, false],
  ])('[D-04] back from waiting for the beep, %s: heard is %s, then the arrival', (word, heard) => {
    const args = word === undefined ? ['beep'] : ['beep', word];
    expect(eventsOf(event('StasisStart', { args }))).toEqual([
      { type: 'beep', at: AT, leg: 'leg1', heard },
      { type: 'leg-arrived', at: AT, leg: 'leg1', purpose: 'customer' },
    ]);
  });

  test.each([
    ['HUMAN', 'human'],
    ['MACHINE', 'machine'],
    ['FAX', 'fax'],
    ['NOTSURE', 'unsure'],
    ['HANGUP', 'unsure'],
    ['', 'unsure'],
    [undefined, 'unsure'],
  ] as const)('[D-03] detector says %s: %s', (word, verdict) => {
    expect(verdictOf(word)).toBe(verdict);
  });

  test('[D-03] arguments of another dialplan: nothing', () => {
    expect(eventsOf(event('StasisStart', { args: ['somebody-else'] }))).toEqual([]);
    expect(eventsOf(event('StasisStart', { args: [] }))).toEqual([]);
    expect(eventsOf(event('StasisStart'))).toEqual([]);
  });
});

describe('a snoop channel', () => {
  const snoop = { id: snoopOf('leg1'), name: 'Snoop/leg1-00000000' };

  test('[D-03] is there: goes to the detector, no one is informed', () => {
    expect(read(event('StasisStart', { args: ['snoop'] }, snoop))).toEqual({
      events: [],
      step: { type: 'snoop-ready', snoop: snoop.id },
    });
  });

  test("[D-03] detector has spoken: the verdict is the person's leg's, the snoop channel has done its work", () => {
    expect(read(event('StasisStart', { args: ['snoop-verdict', 'HUMAN', 'HUMAN-800-800'] }, snoop))).toEqual({
      events: [{ type: 'verdict', at: AT, leg: 'leg1', verdict: 'human', cause: 'HUMAN-800-800' }],
      step: { type: 'snoop-done', snoop: snoop.id },
    });
  });

  test('[D-03] person hung up meanwhile: no verdict', () => {
    expect(eventsOf(event('StasisStart', { args: ['snoop-verdict', 'HANGUP', ''] }, snoop))).toEqual([]);
  });

  test.each(['ChannelStateChange', 'ChannelHangupRequest', 'ChannelDestroyed', 'StasisEnd'])(
    '[D-03] its own %s: hidden',
    (type) => {
      expect(read(event(type, { cause: 16 }, snoop))).toEqual({ events: [] });
    },
  );
});

describe('what makes no sense', () => {
  test.each([
    null,
    undefined,
    'text',
    42,
    [],
    {},
    { type: 7 },
    { type: 'ChannelDestroyed' },
    { type: 'ChannelDestroyed', timestamp: 'yesterday', channel: { id: 'x' } },
    { type: 'ChannelDestroyed', timestamp: TIMESTAMP },
    { type: 'ChannelDestroyed', timestamp: TIMESTAMP, channel: { id: 7 } },
    { type: 'ChannelEnteredBridge', timestamp: TIMESTAMP, channel: { id: 'x' }, bridge: 'b' },
    { type: 'ChannelDtmfReceived', timestamp: TIMESTAMP, channel: { id: 'x' } },
    { type: 'PlaybackFinished', timestamp: TIMESTAMP },
    event('SomethingFromAsterisk30'),
  ])('[O-09] %j: nothing, no error', (message) => {
    expect(read(message)).toEqual({ events: [] });
  });

  test('[O-09] times with and without zone', () => {
    expect(ariTime('2026-11-22T08:09:51.023+0200')).toBe(AT);
    expect(ariTime(undefined)).toBeUndefined();
    expect(ariTime('')).toBeUndefined();
  });

  test('[O-09] times in a row: each the one that is written, whatever came before it', () => {
    const written = [
      '2026-11-22T06:09:50.013+0000',
      '2026-11-22T06:09:51.900+0000',
      '2026-11-22T06:09:51.900+0200',
      '2026-11-22T06:10:00.000+0200',
      '2026-11-22T06:10:59.999-0330',
      '2026-11-22T06:10:00.001-0330',
      '2026-11-22T06:10:07+0000',
    ];
    const read = (text: string): number => Date.parse(text.replace(/(\d\d)$/, ':$1'));
    expect(written.map(ariTime)).toEqual(written.map(read));
    for (const wrong of [
      '2026-11-22T06:10:61.000+0000',
      '2026-11-22T06:10:x1.000+0000',
      '2026-13-22T06:10:01.000+0000',
    ])
      expect(ariTime(wrong)).toBeUndefined();
  });

  test('[O-09] steps of a call that Asterisk places are left unread, but for early media and a redirect', () => {
    const dial = (more: object): string =>
      JSON.stringify({ type: 'Dial', peer: { id: 'c1' }, dialstatus: '', ...more });
    expect(meansNothing(dial({}))).toBe(true);
    expect(meansNothing(dial({ dialstatus: 'ANSWER' }))).toBe(true);
    expect(meansNothing(dial({ dialstatus: 'PROGRESS' }))).toBe(false);
    expect(meansNothing(dial({ forward: 'x', forwarded: { id: 'c2' } }))).toBe(false);
    expect(meansNothing(JSON.stringify(event('ChannelDestroyed')))).toBe(false);
  });

  test('[O-09] our own hang-up of a placed call, and that it leaves the application, are left unread; all of agents is read', () => {
    const [placed, agents] = [{ id: 'c-1' }, { id: '1764.3' }];
    const isUnread = (type: string, parts: object, channel: object): boolean =>
      meansNothing(JSON.stringify(event(type, { ...parts }, { ...channel })));
    expect(isUnread('ChannelHangupRequest', { soft: true }, placed)).toBe(true);
    expect(isUnread('ChannelHangupRequest', { cause: 16 }, placed)).toBe(false);
    expect(isUnread('ChannelHangupRequest', { soft: true }, agents)).toBe(false);
    expect(isUnread('StasisEnd', {}, placed)).toBe(true);
    expect(isUnread('StasisEnd', {}, agents)).toBe(false);
    expect(isUnread('ChannelDestroyed', { soft: true }, placed)).toBe(false);
  });

  test('[O-09] account of channels that are no phones', () => {
    expect(accountOf('Snoop/leg1-00000000')).toBeUndefined();
    expect(accountOf('PJSIP/agent')).toBeUndefined();
    expect(accountOf('PJSIP/a-b-0000001f')).toBe('a-b');
  });
});
