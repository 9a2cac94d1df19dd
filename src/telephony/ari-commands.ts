// Which request of ARI carries out a command. Pure. Everything that came from outside (numbers, names, labels) is
// checked here before it can reach a SIP header or a dial string; what does not fit is refused, never corrected.

import { TelephonyRefusal } from '../engine/ports.ts';
import type { PlayTarget, TelephonyCommand } from '../engine/telephony-commands.ts';
import type { Trunk } from '../config/settings.ts';
import { answerLimit } from './answer-limit.ts';
import { EAR_ARGS, earOf, RUNG_AGENT_ARGS, SNOOP_ARGS, THIRD_ARGS, snoopOf } from './ari-events.ts';
import { ariPath, type RestRequest } from './ari-rest.ts';
import type { RecordingCommand } from './recordings.ts';

/** Contexts of the dialplan we ship (asterisk/pbx/extensions.conf). */
export const DIALPLAN_CONTEXTS = [
  'outdial-out',
  'outdial-detect',
  'outdial-snoop',
  'outdial-beep',
  'outdial-agents',
  'outdial-browsers',
  'outdial-return',
  'outdial-message',
  'outdial-safe-harbour',
  'outdial-inbound',
] as const;

/** Where the last message to a person or a machine plays; then the call ends. */
export const MESSAGE_CONTEXT = 'outdial-message';

/**
 * Where Asterisk sends a call that the far side redirects (3xx): into a context that the dialplan must not have. It would
 * else dial the target by itself, our own numbers included.
 */
export const NO_REDIRECT_CONTEXT = 'outdial-no-redirect';

export interface CommandPlaces {
  /** ARI application. */
  readonly app: string;
  readonly trunks: readonly Trunk[];
}

type PlaceCall = Extract<TelephonyCommand, { type: 'place-call' }>;
type CallThird = Extract<TelephonyCommand, { type: 'call-third' }>;
type CallAgent = Extract<TelephonyCommand, { type: 'call-agent' }>;
type RingAgent = Extract<TelephonyCommand, { type: 'ring-agent' }>;

/** The request for a command; throws `TelephonyRefusal` (`refused`) when a value in it may not leave the house. */
export function requestFor(
  command: Exclude<TelephonyCommand, RecordingCommand | { type: 'take-back' | 'doubt' }>,
  places: CommandPlaces,
): RestRequest {
  switch (command.type) {
    case 'place-call':
      return placeCall(command, places);
    case 'ring-agent':
      return ringAgent(command, places);
    case 'call-third':
      return callThird(command, places);
    case 'call-agent':
      return callAgent(command, places);
    case 'answer':
      return { method: 'POST', path: ariPath('channels', command.leg, 'answer') };
    case 'hang-up':
      return { method: 'DELETE', path: ariPath('channels', command.leg), query: { reason: 'normal' } };
    case 'create-bridge':
      // `dtmf_events` keeps the audio in Asterisk's sight, so that keys pressed in a conversation are reported.
      return { method: 'POST', path: ariPath('bridges', command.bridge), query: { type: 'mixing,dtmf_events' } };
    case 'destroy-bridge':
      return { method: 'DELETE', path: ariPath('bridges', command.bridge) };
    case 'add-to-bridge':
    case 'remove-from-bridge':
      return {
        method: 'POST',
        path: ariPath('bridges', command.bridge, command.type === 'add-to-bridge' ? 'addChannel' : 'removeChannel'),
        query: { channel: command.leg },
      };
    case 'mute':
    case 'unmute':
    case 'send-keys':
    case 'listen':
    case 'stop-listening':
      return ofALeg(command, places);
    case 'play':
      return {
        method: 'POST',
        path: ariPath(...targetPath(command.to), 'play', command.playback),
        query: { media: command.sounds.map((sound) => `sound:${checkedSound(sound)}`).join(',') },
      };
    case 'stop-playing':
      return { method: 'DELETE', path: ariPath('playbacks', command.playback) };
    case 'start-music':
      return { method: 'POST', path: ariPath(...targetPath(command.to), 'moh') };
    case 'stop-music':
      return { method: 'DELETE', path: ariPath(...targetPath(command.to), 'moh') };
    case 'detect-before-agent':
    case 'await-beep':
    case 'detect-in-parallel':
      return detection(command, places);
  }
}

/** The dialplan's detector or beep detector gets the leg, or a detector listens beside the conversation. */
function detection(
  command: Extract<TelephonyCommand, { type: 'detect-before-agent' | 'await-beep' | 'detect-in-parallel' }>,
  { app }: CommandPlaces,
): RestRequest {
  const inDialplan = (context: string, extension: string): RestRequest => ({
    method: 'POST',
    path: ariPath('channels', command.leg, 'continue'),
    query: { context, extension, priority: '1' },
  });
  switch (command.type) {
    case 'detect-before-agent':
      return inDialplan('outdial-detect', 's');
    case 'await-beep':
      return inDialplan('outdial-beep', String(Math.ceil(command.withinMs / 1000)));
    case 'detect-in-parallel':
      return {
        method: 'POST',
        path: ariPath('channels', command.leg, 'snoop', snoopOf(command.leg)),
        query: { spy: 'in', app, appArgs: SNOOP_ARGS },
      };
  }
}

/** What is done to a leg wherever it is. */
function ofALeg(
  command: Extract<TelephonyCommand, { type: 'mute' | 'unmute' | 'send-keys' | 'listen' | 'stop-listening' }>,
  places: CommandPlaces,
): RestRequest {
  switch (command.type) {
    case 'mute':
    case 'unmute':
      return {
        method: command.type === 'mute' ? 'POST' : 'DELETE',
        path: ariPath('channels', command.leg, 'mute'),
        query: { direction: 'in' },
      };
    case 'listen':
      return {
        method: 'POST',
        path: ariPath('channels', command.leg, 'snoop', earOf(command.ear)),
        query: { spy: 'both', whisper: 'out', app: places.app, appArgs: EAR_ARGS },
      };
    case 'stop-listening':
      return { method: 'DELETE', path: ariPath('channels', earOf(command.ear)) };
    case 'send-keys':
      return {
        method: 'POST',
        path: ariPath('channels', command.leg, 'dtmf'),
        query: { dtmf: checked('keys', command.keys, KEYS), between: '100', duration: '120' },
      };
  }
}

/** Puts an ear into the bridge of whoever listens. */
export function earRequest(ear: string, bridge: string): RestRequest {
  return { method: 'POST', path: ariPath('bridges', bridge, 'addChannel'), query: { channel: earOf(ear) } };
}

/** Sends a snoop channel to the detector. */
export function listenRequest(snoop: string): RestRequest {
  return {
    method: 'POST',
    path: ariPath('channels', snoop, 'continue'),
    query: { context: 'outdial-snoop', extension: 's', priority: '1' },
  };
}

/** Puts the id of a call that came in into its call record. */
export function nameRequest(leg: string, call: string): RestRequest {
  return {
    method: 'POST',
    path: ariPath('channels', leg, 'variable'),
    query: { variable: 'CDR(userfield)', value: checked('call', call, ID) },
  };
}

/** What the dialplan must know to play a last message and to say that it has. */
export function messageVariables({
  playback,
  sounds,
}: Pick<Extract<TelephonyCommand, { type: 'play' }>, 'playback' | 'sounds'>): Readonly<Record<string, string>> {
  return {
    OUTDIAL_SAY: sounds.map(checkedSound).join('&'),
    OUTDIAL_PLAYBACK: checked('playback', playback, ID),
  };
}

/** Removes a channel that is none of our legs. */
export function dropRequest(channel: string): RestRequest {
  return { method: 'DELETE', path: ariPath('channels', channel) };
}

function placeCall(command: PlaceCall, places: CommandPlaces): RestRequest {
  const trunk = places.trunks.find(({ name }) => name === command.trunk);
  if (!trunk) throw new TelephonyRefusal('refused', `no trunk is named ${JSON.stringify(command.trunk)}`);
  const attempt = checked('attempt', command.attempt, ID);
  const { doNotCall: optOut } = command;
  const number = checked('number', command.number, NUMBER);
  const header = trunk.attemptHeader === undefined ? undefined : checked('header', trunk.attemptHeader, HEADER_NAME);
  return {
    method: 'POST',
    path: '/channels',
    body: {
      endpoint: `PJSIP/${number}@${checked('endpoint', trunk.endpoint, ENDPOINT)}`,
      context: 'outdial-out',
      extension: 's',
      priority: 1,
      channelId: checked('leg', command.leg, ID),
      callerId: checked('caller ID', command.callerId, NUMBER),
      timeout: Math.ceil(command.ringTimeoutMs / 1000),
      variables: {
        OUTDIAL_ATTEMPT: attempt,
        OUTDIAL_ANSWER_LIMIT: answerLimit(command.answerLimitMs),
        OUTDIAL_ABANDON_SOUND: checkedSound(command.abandonSound),
        ...(optOut === undefined
          ? {}
          : { OUTDIAL_DNC_KEY: checked('key', optOut.key, KEY), OUTDIAL_DNC_SOUND: checkedSound(optOut.sound) }),
        'CDR(userfield)': attempt,
        // The call record has no other place for the number of a call that we place.
        'CHANNEL(accountcode)': number,
        FORWARD_CONTEXT: NO_REDIRECT_CONTEXT,
        ...(header === undefined ? {} : { [`PJSIP_HEADER(add,${header})`]: attempt }),
      },
    },
  };
}

function ringAgent(command: RingAgent, places: CommandPlaces): RestRequest {
  const label = command.label.replaceAll(/[^\p{L}\p{N} .,+_-]/gu, ' ').trim();
  return {
    method: 'POST',
    path: '/channels',
    body: {
      endpoint: `PJSIP/${checked('account', command.account, ENDPOINT)}`,
      app: places.app,
      appArgs: RUNG_AGENT_ARGS,
      channelId: checked('leg', command.leg, ID),
      callerId: `"${label}" <${places.app}>`,
      timeout: Math.ceil(command.ringTimeoutMs / 1000),
      variables: { ...AUTO_ANSWER, FORWARD_CONTEXT: NO_REDIRECT_CONTEXT },
    },
  };
}

function callThird(command: CallThird, places: CommandPlaces): RestRequest {
  const trunk = places.trunks.find(({ name }) => name === command.trunk);
  if (!trunk) throw new TelephonyRefusal('refused', `no trunk is named ${JSON.stringify(command.trunk)}`);
  const number = checked('number', command.number, NUMBER);
  const call = checked('call', command.call, ID);
  const header = trunk.attemptHeader === undefined ? undefined : checked('header', trunk.attemptHeader, HEADER_NAME);
  return {
    method: 'POST',
    path: '/channels',
    body: {
      endpoint: `PJSIP/${number}@${checked('endpoint', trunk.endpoint, ENDPOINT)}`,
      app: places.app,
      appArgs: THIRD_ARGS,
      channelId: checked('leg', command.leg, ID),
      callerId: checked('caller ID', command.callerId, NUMBER),
      timeout: Math.ceil(command.ringTimeoutMs / 1000),
      variables: {
        'CDR(userfield)': call,
        'CHANNEL(accountcode)': number,
        FORWARD_CONTEXT: NO_REDIRECT_CONTEXT,
        ...(header === undefined ? {} : { [`PJSIP_HEADER(add,${header})`]: call }),
      },
    },
  };
}

/** Without an id in its call record: it is no call to a person of a list. */
function callAgent(command: CallAgent, places: CommandPlaces): RestRequest {
  const trunk = places.trunks.find(({ name }) => name === command.trunk);
  if (!trunk) throw new TelephonyRefusal('refused', `no trunk is named ${JSON.stringify(command.trunk)}`);
  const number = checked('number', command.number, NUMBER);
  return {
    method: 'POST',
    path: '/channels',
    body: {
      endpoint: `PJSIP/${number}@${checked('endpoint', trunk.endpoint, ENDPOINT)}`,
      app: places.app,
      appArgs: RUNG_AGENT_ARGS,
      channelId: checked('leg', command.leg, ID),
      callerId: checked('caller ID', command.callerId, NUMBER),
      timeout: Math.ceil(command.ringTimeoutMs / 1000),
      variables: { 'CHANNEL(accountcode)': number, FORWARD_CONTEXT: NO_REDIRECT_CONTEXT },
    },
  };
}

/** Asks the common phones (Polycom, Yealink, Snom, Grandstream, Cisco, softphones) to pick up by themselves. */
const AUTO_ANSWER = {
  'PJSIP_HEADER(add,Call-Info)': '<sip:127.0.0.1>;answer-after=0',
  'PJSIP_HEADER(add,Alert-Info)': '<http://127.0.0.1>;info=alert-autoanswer;delay=0',
};

const NUMBER = /^\+?[0-9]{3,18}$/;
const ID = /^[\w.-]{1,120}$/;
const KEYS = /^[0-9*#]{1,64}$/;
const KEY = /^[0-9]$/;
const ENDPOINT = /^[\w.-]{1,60}$/;
const HEADER_NAME = /^[A-Za-z][A-Za-z0-9-]{0,60}$/;
/** Below Asterisk's sounds, or a path of its own. */
const SOUND = /^[\w-]+(\/[\w-]+)*$|^(\/[\w.-]+)+$/;

/** Whether a name can stand in a dial string and in SIP: letters, digits, `_`, `.`, `-`, at most 60 of them. */
export const isEndpointName = (name: string): boolean => ENDPOINT.test(name);

function checked(what: string, value: string, shape: RegExp): string {
  if (!shape.test(value)) throw new TelephonyRefusal('refused', `${what} ${JSON.stringify(value)} may not be dialed`);
  return value;
}

function checkedSound(sound: string): string {
  if (!SOUND.test(sound)) throw new TelephonyRefusal('refused', `${JSON.stringify(sound)} is no name of a sound`);
  return sound;
}

function targetPath(target: PlayTarget): readonly [string, string] {
  return 'leg' in target ? ['channels', target.leg] : ['bridges', target.bridge];
}
