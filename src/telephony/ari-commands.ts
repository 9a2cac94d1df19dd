// Which request of ARI carries out a command. Pure. The commands that place a call are in ari-calls.ts; what came from
// outside is checked on its way (checked-values.ts).

import type { PlayTarget, TelephonyCommand } from '../engine/telephony-commands.ts';
import { callAgent, callThird, placeCall, ringAgent, type CommandPlaces } from './ari-calls.ts';
import { EAR_ARGS, earOf, SNOOP_ARGS, snoopOf } from './ari-events.ts';
import { ariPath, type RestRequest } from './ari-rest.ts';
import { checked, checkedSound, ID, KEYS } from './checked-values.ts';
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

function targetPath(target: PlayTarget): readonly [string, string] {
  return 'leg' in target ? ['channels', target.leg] : ['bridges', target.bridge];
}
