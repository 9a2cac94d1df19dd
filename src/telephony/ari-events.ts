// What an event of ARI means in our words. Pure, and tolerant: an unknown type, an unknown leg or a missing field
// means nothing, it is never an error. Snoop legs (detection beside a conversation) are kept inside this folder.

import type { TelephonyEvent } from '../engine/ports.ts';
import type { LegId, Verdict } from '../terms.ts';
import type { SipLeg } from './last-words.ts';

/** Types that the application asks Asterisk for; the rest (variables, dialplan steps …) is not even sent. */
export const ARI_EVENT_TYPES = [
  'StasisStart',
  'StasisEnd',
  'ChannelStateChange',
  'Dial',
  'ChannelHangupRequest',
  'ChannelDestroyed',
  'ChannelEnteredBridge',
  'ChannelLeftBridge',
  'ChannelDtmfReceived',
  'PlaybackFinished',
  'ChannelUserevent',
  'ApplicationReplaced',
] as const;

/** What telephony itself must do next about an event. */
export type OwnStep =
  /** The snoop channel is there: send it to the detector. */
  | { readonly type: 'snoop-ready'; readonly snoop: string }
  /** The detector has spoken: the snoop channel has done its work. */
  | { readonly type: 'snoop-done'; readonly snoop: string }
  /** Asterisk follows a redirect of the far side with a channel that we never asked for: it must go. */
  | { readonly type: 'followed'; readonly leg: LegId; readonly channel: string; readonly to: string };

export interface AriMeaning {
  readonly events: readonly TelephonyEvent[];
  readonly step?: OwnStep;
}

/** ARI's channel, as far as it is read here. */
interface AriChannel {
  readonly id: string;
  readonly name: string;
  readonly state: string;
  /** Of the dialplan. */
  readonly context: string;
}

const NORMAL_CLEARING = 16;
/** The reason is not known. */
const NO_CAUSE = 0;
const NOTHING: AriMeaning = { events: [] };
const SNOOP_PREFIX = 'snoop.';

/** The snoop channel that listens beside a leg. */
export const snoopOf = (leg: LegId): string => `${SNOOP_PREFIX}${leg}`;
/** Whether a channel is one of our own ears and not a leg. */
export const isSnoop = (channel: string): boolean => channel.startsWith(SNOOP_PREFIX) || isEar(channel);
const EAR_PREFIX = 'ear.';
/** The snoop channel by which a supervisor hears an agent. */
export const earOf = (ear: string): string => `${EAR_PREFIX}${ear}`;
export const isEar = (channel: string): boolean => channel.startsWith(EAR_PREFIX);
const legOfSnoop = (snoop: string): LegId => snoop.slice(SNOOP_PREFIX.length);

/** Arguments of the application by which legs say what they arrive for; `agent` alone comes from the dialplan. */
export const RUNG_AGENT_ARGS = 'agent,rung';
export const SNOOP_ARGS = 'snoop';
export const THIRD_ARGS = 'third';
export const EAR_ARGS = 'ear';
/** What the dialplan calls out when it plays the message by itself. */
export const MESSAGE_EVENT = 'OutdialMessage';
/** And when a message of ours has played to its end. */
const PLAYED_EVENT = 'OutdialPlayed';

/** The SIP call of the channel that an event is about; undefined when it names none. */
export function sipLegOf(message: unknown): SipLeg | undefined {
  const channel = isObject(message) ? (message.channel ?? message.peer) : undefined;
  if (!isObject(channel) || typeof channel.protocol_id !== 'string' || channel.protocol_id === '') return undefined;
  return { callId: channel.protocol_id, isUp: channel.state === 'Up' };
}

/** What is known of agents' legs: which they are, and why one is about to leave us. */
export interface KnownLegs {
  has(leg: LegId): boolean;
  causeOf(leg: LegId): number | undefined;
}

/** Our events, usually one or none, for one message of ARI that has been parsed as JSON. */
export function meaningOf(message: unknown, agents: KnownLegs): AriMeaning {
  if (!isObject(message) || typeof message.type !== 'string') return NOTHING;
  const at = ariTime(message.timestamp);
  if (at === undefined) return NOTHING;
  if (message.type === 'PlaybackFinished') return playbackFinished(message, at);
  const channel = channelOf(message.channel ?? message.peer);
  if (!channel) return NOTHING;
  if (message.type === 'ChannelUserevent') return userEvent(message, channel.id, at);
  if (message.type === 'StasisStart') return stasisStart(message, channel, at);
  if (isSnoop(channel.id) || isAnnouncer(channel)) return NOTHING;
  if (message.type === 'StasisEnd') return agentLeft(channel, agents, at);
  const followed = message.type === 'Dial' ? followedTo(message, channel) : undefined;
  if (followed) return { events: [], step: followed };
  const event = legEvent(message, channel, at);
  return event ? { events: [event] } : NOTHING;
}

/** The minute of the last time that was read, as it was written with its zone, and when it began. */
let [minute, minuteAt] = ['', NaN];
/** Where the seconds begin in ARI's times, and where the zone. */
const [SECONDS, ZONE] = [17, 23];

/** Epoch ms of ARI's `2026-11-22T06:09:50.013+0000`; undefined when the text is none. Times of one minute come in a row. */
export function ariTime(text: unknown): number | undefined {
  if (typeof text !== 'string') return undefined;
  const [its, seconds] = [text.slice(0, SECONDS) + text.slice(ZONE), text.slice(SECONDS, ZONE)];
  if (its !== minute) [minute, minuteAt] = [its, parsedTime(`${text.slice(0, SECONDS)}00.000${text.slice(ZONE)}`)];
  const at = /^[0-5]\d\.\d{3}$/.test(seconds) ? minuteAt + Math.round(Number(seconds) * 1000) : parsedTime(text);
  return Number.isNaN(at) ? undefined : at;
}

const parsedTime = (text: string): number => Date.parse(text.replace(/([+-]\d\d)(\d\d)$/, '$1:$2'));

/** A channel of a call that we placed, in the text of an event. */
const OF_PLACED_CALL = '"id":"c-';

/**
 * Whether the text of an event can be left unread: Asterisk reports each step of a call that it places, two matter; and
 * that a placed call is to be hung up by this side, or leaves our application, says nothing that its end does not.
 */
export function meansNothing(text: string): boolean {
  if (text.includes('"type":"Dial"')) return !text.includes('"PROGRESS"') && !text.includes('"forwarded"');
  const isAsked = text.includes('"type":"ChannelHangupRequest"') && text.includes('"soft":true');
  return (isAsked || text.includes('"type":"StasisEnd"')) && text.includes(OF_PLACED_CALL);
}

/** The SIP account of a channel's name, `PJSIP/a100-0000002f`; undefined for other channels. */
export function accountOf(channelName: string): string | undefined {
  return /^PJSIP\/(.+)-[0-9a-f]{8,}$/.exec(channelName)?.[1];
}

/** What AMD's word means; `NOTSURE` and a hang-up during it count as a person. */
export function verdictOf(amdStatus: string | undefined): Verdict {
  switch (amdStatus) {
    case 'HUMAN':
      return 'human';
    case 'MACHINE':
      return 'machine';
    case 'FAX':
      return 'fax';
    default:
      return 'unsure';
  }
}

/** What plays or records in a bridge sits in it as a channel, and is no leg. */
const isAnnouncer = ({ name }: AriChannel): boolean => /^(Announcer|Recorder)\//.test(name);

function followedTo(message: JsonObject, { id: leg }: AriChannel): OwnStep | undefined {
  const forwarded = channelOf(message.forwarded);
  const to = typeof message.forward === 'string' ? message.forward : '';
  return forwarded && { type: 'followed', leg, channel: forwarded.id, to };
}

function legEvent(message: JsonObject, channel: AriChannel, at: number): TelephonyEvent | undefined {
  const leg = channel.id;
  switch (message.type) {
    case 'ChannelStateChange':
      if (channel.state === 'Ringing') return { type: 'leg-ringing', at, leg };
      return channel.state === 'Up' ? { type: 'leg-answered', at, leg } : undefined;
    case 'Dial':
      // Ringing and answer are reported by the channel's state as well, once; early media only here.
      return message.dialstatus === 'PROGRESS' ? { type: 'leg-progress', at, leg } : undefined;
    case 'ChannelHangupRequest':
      // `soft`: asked for on this side, by us or by the dialplan.
      if (message.soft === true) return undefined;
      return { type: 'leg-hanging-up', at, leg, ...causesOf(message) };
    case 'ChannelDestroyed':
      return { type: 'leg-ended', at, leg, ...causesOf(message) };
    case 'ChannelDtmfReceived':
      return typeof message.digit === 'string' ? { type: 'key-pressed', at, leg, key: message.digit } : undefined;
    case 'ChannelEnteredBridge':
    case 'ChannelLeftBridge': {
      const bridge = isObject(message.bridge) ? message.bridge.id : undefined;
      if (typeof bridge !== 'string') return undefined;
      return { type: message.type === 'ChannelEnteredBridge' ? 'leg-bridged' : 'leg-unbridged', at, leg, bridge };
    }
    default:
      return undefined;
  }
}

/**
 * A phone that dialed in is followed only while the application has it: when it leaves, that is its end for us. Why it
 * does was reported before; without a reason it was sent elsewhere, and its agent has lost it. People come back.
 */
function agentLeft(channel: AriChannel, agents: KnownLegs, at: number): AriMeaning {
  const leg = channel.id;
  if (!agents.has(leg) && !DIALED_IN.has(channel.context)) return NOTHING;
  return { events: [{ type: 'leg-ended', at, leg, cause: agents.causeOf(leg) ?? NO_CAUSE }] };
}

/** Contexts of the dialplan that phones of agents dial into. */
const DIALED_IN: ReadonlySet<string> = new Set(['outdial-agents', 'outdial-browsers']);

function stasisStart(message: JsonObject, channel: AriChannel, at: number): AriMeaning {
  const args = Array.isArray(message.args) ? message.args.filter((arg) => typeof arg === 'string') : [];
  const leg = channel.id;
  const [purpose, word, cause] = args;
  switch (purpose) {
    case 'customer':
      return { events: [{ type: 'leg-arrived', at, leg, purpose: 'customer' }] };
    case 'verdict':
      return {
        events: [
          { type: 'verdict', at, leg, verdict: verdictOf(word), cause: cause ?? '' },
          { type: 'leg-arrived', at, leg, purpose: 'customer' },
        ],
      };
    case 'beep':
      return {
        events: [
          { type: 'beep', at, leg, heard: word === 'SILENCE' },
          { type: 'leg-arrived', at, leg, purpose: 'customer' },
        ],
      };
    case 'third':
      return { events: [{ type: 'leg-arrived', at, leg, purpose: 'third' }] };
    case 'snoop':
      return { events: [], step: { type: 'snoop-ready', snoop: leg } };
    case 'snoop-verdict':
      return {
        // A hang-up ends the leg itself, which says more than the detector's interrupted guess.
        events:
          word === 'HANGUP'
            ? []
            : [{ type: 'verdict', at, leg: legOfSnoop(leg), verdict: verdictOf(word), cause: cause ?? '' }],
        step: { type: 'snoop-done', snoop: leg },
      };
    case 'inbound':
      return {
        events: [{ type: 'leg-arrived', at, leg, purpose: 'inbound', called: word ?? '', caller: cause ?? '' }],
      };
    case 'agent':
      return { events: [agentArrived(channel, AGENT_PURPOSES.get(word ?? '') ?? 'sign-in', at)] };
    default:
      return NOTHING;
  }
}

type AgentPurpose = 'agent' | 'sign-in' | 'listening' | 'browser';
const AGENT_PURPOSES: ReadonlyMap<string, AgentPurpose> = new Map([
  ['rung', 'agent'],
  ['browser', 'browser'],
  ['listening', 'listening'],
]);

function agentArrived(channel: AriChannel, purpose: AgentPurpose, at: number): TelephonyEvent {
  const account = accountOf(channel.name);
  const arrived = { type: 'leg-arrived', at, leg: channel.id, purpose } as const;
  return account === undefined ? arrived : { ...arrived, account };
}

/** The dialplan's safe harbour says that it has the person, or that a last message has been heard. */
function userEvent(message: JsonObject, leg: LegId, at: number): AriMeaning {
  if (message.eventname === PLAYED_EVENT) {
    const playback = isObject(message.userevent) ? message.userevent.Playback : undefined;
    return typeof playback === 'string' ? { events: [{ type: 'playback-finished', at, playback }] } : NOTHING;
  }
  return message.eventname === MESSAGE_EVENT ? { events: [{ type: 'leg-abandon-message', at, leg }] } : NOTHING;
}

function playbackFinished(message: JsonObject, at: number): AriMeaning {
  const id = isObject(message.playback) ? message.playback.id : undefined;
  return typeof id === 'string' ? { events: [{ type: 'playback-finished', at, playback: id }] } : NOTHING;
}

function causesOf(message: JsonObject): { cause: number; sipCode?: number } {
  // An ordinary BYE gives no cause at all.
  const cause = typeof message.cause === 'number' && message.cause > 0 ? message.cause : NORMAL_CLEARING;
  return typeof message.tech_cause === 'number' && message.tech_cause > 0
    ? { cause, sipCode: message.tech_cause }
    : { cause };
}

function channelOf(value: unknown): AriChannel | undefined {
  if (!isObject(value) || typeof value.id !== 'string') return undefined;
  const plan = isObject(value.dialplan) ? value.dialplan : {};
  return {
    id: value.id,
    name: typeof value.name === 'string' ? value.name : '',
    state: typeof value.state === 'string' ? value.state : '',
    context: typeof plan.context === 'string' ? plan.context : '',
  };
}

type JsonObject = Readonly<Record<string, unknown>>;

/** Whether a value that came from outside is an object with fields. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
