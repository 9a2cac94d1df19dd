// Requests of ARI that place a call: to a person, to an agent's phone, to a third party. Pure.

import type { Trunk } from '../config/settings.ts';
import { TelephonyRefusal } from '../engine/ports.ts';
import type { TelephonyCommand } from '../engine/telephony-commands.ts';
import { answerLimit } from './answer-limit.ts';
import { RUNG_AGENT_ARGS, THIRD_ARGS } from './ari-events.ts';
import type { RestRequest } from './ari-rest.ts';
import { checked, checkedSound, ENDPOINT, HEADER_NAME, ID, KEY, NUMBER } from './checked-values.ts';

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

export function placeCall(command: PlaceCall, places: CommandPlaces): RestRequest {
  const { trunk, number, channel } = overTrunk(command, places);
  const attempt = checked('attempt', command.attempt, ID);
  const { doNotCall: optOut } = command;
  return {
    method: 'POST',
    path: '/channels',
    body: {
      ...channel,
      context: 'outdial-out',
      extension: 's',
      priority: 1,
      variables: {
        OUTDIAL_ATTEMPT: attempt,
        OUTDIAL_ANSWER_LIMIT: answerLimit(command.answerLimitMs),
        OUTDIAL_ABANDON_SOUND: checkedSound(command.abandonSound),
        ...(optOut && {
          OUTDIAL_DNC_KEY: checked('key', optOut.key, KEY),
          OUTDIAL_DNC_SOUND: checkedSound(optOut.sound),
        }),
        ...inCallRecord(trunk, number, attempt),
      },
    },
  };
}

export function callThird(command: CallThird, places: CommandPlaces): RestRequest {
  const { trunk, number, channel } = overTrunk(command, places);
  const call = checked('call', command.call, ID);
  return {
    method: 'POST',
    path: '/channels',
    body: { ...channel, app: places.app, appArgs: THIRD_ARGS, variables: inCallRecord(trunk, number, call) },
  };
}

/** Without an id in its call record: it is no call to a person of a list. */
export function callAgent(command: CallAgent, places: CommandPlaces): RestRequest {
  const { number, channel } = overTrunk(command, places);
  return {
    method: 'POST',
    path: '/channels',
    body: { ...channel, app: places.app, appArgs: RUNG_AGENT_ARGS, variables: placedTo(number) },
  };
}

/** The channel of a call that goes out over a trunk. */
function overTrunk(command: PlaceCall | CallThird | CallAgent, places: CommandPlaces) {
  const trunk = places.trunks.find(({ name }) => name === command.trunk);
  if (!trunk) throw new TelephonyRefusal('refused', `no trunk is named ${JSON.stringify(command.trunk)}`);
  const number = checked('number', command.number, NUMBER);
  const channel = {
    endpoint: `PJSIP/${number}@${checked('endpoint', trunk.endpoint, ENDPOINT)}`,
    channelId: checked('leg', command.leg, ID),
    callerId: checked('caller ID', command.callerId, NUMBER),
    timeout: Math.ceil(command.ringTimeoutMs / 1000),
  };
  return { trunk, number, channel };
}

const placedTo = (number: string): Readonly<Record<string, string>> => ({
  // The call record has no other place for the number of a call that we place.
  'CHANNEL(accountcode)': number,
  FORWARD_CONTEXT: NO_REDIRECT_CONTEXT,
});

/** The id goes into the call record, and to the carrier where the trunk names a header for it. */
function inCallRecord({ attemptHeader }: Trunk, number: string, id: string): Readonly<Record<string, string>> {
  const header = attemptHeader === undefined ? undefined : checked('header', attemptHeader, HEADER_NAME);
  return {
    'CDR(userfield)': id,
    ...placedTo(number),
    ...(header !== undefined && { [`PJSIP_HEADER(add,${header})`]: id }),
  };
}

export function ringAgent(command: RingAgent, places: CommandPlaces): RestRequest {
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

/** Asks the common phones (Polycom, Yealink, Snom, Grandstream, Cisco, softphones) to pick up by themselves. */
const AUTO_ANSWER = {
  'PJSIP_HEADER(add,Call-Info)': '<sip:127.0.0.1>;answer-after=0',
  'PJSIP_HEADER(add,Alert-Info)': '<http://127.0.0.1>;info=alert-autoanswer;delay=0',
};
