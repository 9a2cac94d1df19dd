import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Trunk } from '../../src/config/settings.ts';
import { US_GATE } from '../support/trunk-gate.ts';
import { TelephonyRefusal } from '../../src/engine/ports.ts';
import type { TelephonyCommand } from '../../src/engine/telephony-commands.ts';
import { requestFor } from '../../src/telephony/ari-commands.ts';
import type { RestRequest } from '../../src/telephony/ari-rest.ts';

const TRUNK: Trunk = {
  ...US_GATE,
  name: 'main',
  endpoint: 'trunk-main',
  maxLines: 10,
  maxCallsPerSecond: 5,
  prefix: '',
  plus: true,
  attemptHeader: 'X-Outdial-Attempt',
};
type PlaceCall = Extract<TelephonyCommand, { type: 'place-call' }>;
const CALL: PlaceCall = {
  type: 'place-call',
  leg: 'leg-1',
  attempt: 'attempt-1',
  number: '+12125550100',
  trunk: 'main',
  callerId: '+13055550100',
  ringTimeoutMs: 25_400,
  answerLimitMs: 2_000,
  abandonSound: 'outdial/abandon',
};

const request = (command: Parameters<typeof requestFor>[0], trunk: Trunk = TRUNK): RestRequest =>
  requestFor(command, { app: 'outdial', trunks: [trunk] });

describe('a call placed', () => {
  test('[D-01] goes into the dialplan, named by us, with the attempt on channel, call record and SIP header', () => {
    expect(request(CALL)).toEqual({
      method: 'POST',
      path: '/channels',
      body: {
        endpoint: 'PJSIP/+12125550100@trunk-main',
        context: 'outdial-out',
        extension: 's',
        priority: 1,
        channelId: 'leg-1',
        callerId: '+13055550100',
        timeout: 26,
        variables: {
          OUTDIAL_ATTEMPT: 'attempt-1',
          OUTDIAL_ANSWER_LIMIT: '1.950',
          OUTDIAL_ABANDON_SOUND: 'outdial/abandon',
          'CDR(userfield)': 'attempt-1',
          'CHANNEL(accountcode)': '+12125550100',
          FORWARD_CONTEXT: 'outdial-no-redirect',
          'PJSIP_HEADER(add,X-Outdial-Attempt)': 'attempt-1',
        },
      },
    });
  });

  test('[D-01] trunk without a header for the attempt: none is sent', () => {
    const { attemptHeader: _header, ...plain } = TRUNK;
    expect(JSON.stringify(request(CALL, plain))).not.toContain('PJSIP_HEADER');
  });

  test.each([
    ['number', { number: '+1212555@evil' }],
    ['number', { number: '12' }],
    ['number', { number: '+1234567890123456789' }],
    ['number', { number: '1212;phone-context=x' }],
    ['number', { number: '+1212555\r\nX: y' }],
    ['number', { number: '+12125550100\n' }],
    ['number', { number: '١٢٣٤' }],
    ['caller ID', { callerId: '"Bank" <sip:1@evil>' }],
    ['leg', { leg: 'a/b' }],
    ['leg', { leg: '' }],
    ['attempt', { attempt: 'x\r\ny' }],
    ['sound', { abandonSound: 'outdial/abandon&/etc/passwd' }],
    ['sound', { abandonSound: '../secret' }],
    ['sound', { abandonSound: '${SHELL(id)}' }],
    ['trunk', { trunk: 'other' }],
  ] as const)('[O-10] bad %s %j: refused', (_what, bad) => {
    expect(() => request({ ...CALL, ...bad })).toThrow(TelephonyRefusal);
  });

  test('[O-10] whatever the number: refused, or nothing but its digits reaches the dial string', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 30 }), (number) => {
        try {
          const { endpoint } = request({ ...CALL, number }).body as { endpoint: string };
          expect(endpoint).toMatch(/^PJSIP\/\+?\d{3,18}@trunk-main$/);
        } catch (error) {
          expect(error).toBeInstanceOf(TelephonyRefusal);
        }
      }),
    );
  });

  test('[O-10] header name with a line break or bracket in the settings: refused', () => {
    for (const attemptHeader of ['X-A\r\nX-B', 'X)', '']) {
      expect(() => request(CALL, { ...TRUNK, attemptHeader })).toThrow(TelephonyRefusal);
    }
  });
});

describe("an agent's phone rung", () => {
  const ring = (label: string, account = 'agent-7'): { callerId: string; endpoint: string; appArgs: string } =>
    request({ type: 'ring-agent', leg: 'leg-2', account, label, ringTimeoutMs: 20_000 }).body as {
      callerId: string;
      endpoint: string;
      appArgs: string;
    };

  test('[D-02] into the application, told apart from a phone that dials in, asked to pick up by itself', () => {
    const body = ring('Renewals');
    expect(body).toMatchObject({ endpoint: 'PJSIP/agent-7', appArgs: 'agent,rung', callerId: '"Renewals" <outdial>' });
    expect(JSON.stringify(body)).toContain('answer-after=0');
  });

  test('[O-10] label with quotes, brackets and line breaks: harmless', () => {
    expect(ring('Re"new\r\n<als>').callerId).toBe('"Re new   als" <outdial>');
  });

  test('[O-10] account that is a dial string: refused', () => {
    for (const account of ['a@b', 'a/b', 'a&PJSIP/b', '', 'a b'])
      expect(() => ring('x', account)).toThrow(TelephonyRefusal);
  });
});

test('[X-07] the key for the do-not-call list goes with the call; only a digit may be one', () => {
  const call = request({ ...CALL, doNotCall: { key: '9', sound: 'outdial/confirmed' } });
  const { variables } = call.body as { variables: Record<string, string> };
  expect(variables).toMatchObject({ OUTDIAL_DNC_KEY: '9', OUTDIAL_DNC_SOUND: 'outdial/confirmed' });
  expect(() => request({ ...CALL, doNotCall: { key: '9)', sound: 'x' } })).toThrow(TelephonyRefusal);
});

describe('other commands', () => {
  test('[O-10] ids from outside stay one part of the path', () => {
    expect(request({ type: 'hang-up', leg: '../bridges/x?y' }).path).toBe('/channels/..%2Fbridges%2Fx%3Fy');
  });

  test('[A-01] sounds one after the other; each must be the name of a sound', () => {
    const play = (sounds: readonly string[]): RestRequest =>
      request({ type: 'play', playback: 'p1', to: { bridge: 'b1' }, sounds });
    expect(play(['outdial/welcome', 'digits/5'])).toEqual({
      method: 'POST',
      path: '/bridges/b1/play/p1',
      query: { media: 'sound:outdial/welcome,sound:digits/5' },
    });
    expect(() => play(['digits/5,recording:x'])).toThrow(TelephonyRefusal);
  });

  test('[D-03] detection before the agent sends the leg away, in parallel listens beside it', () => {
    expect(request({ type: 'detect-before-agent', leg: 'leg-1' }).query).toMatchObject({ context: 'outdial-detect' });
    expect(request({ type: 'detect-in-parallel', leg: 'leg-1' })).toEqual({
      method: 'POST',
      path: '/channels/leg-1/snoop/snoop.leg-1',
      query: { spy: 'in', app: 'outdial', appArgs: 'snoop' },
    });
  });

  test('[D-04] waiting for a beep sends the leg away for so many seconds', () => {
    expect(request({ type: 'await-beep', leg: 'leg-1', withinMs: 39_500 })).toEqual({
      method: 'POST',
      path: '/channels/leg-1/continue',
      query: { context: 'outdial-beep', extension: '40', priority: '1' },
    });
  });
});
