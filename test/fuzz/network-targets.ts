// Readers of what Asterisk sends: events of ARI and AMI, mirrored SIP, call records.

import { peerOf, ReachBook, type AmiFields } from '../../src/telephony/ami-events.ts';
import { meaningOf, sipLegOf } from '../../src/telephony/ari-events.ts';
import { parseCdrLine } from '../../src/telephony/cdr-csv.ts';
import { readHep } from '../../src/telephony/hep.ts';
import { commonCodecs } from '../../src/telephony/sdp-codecs.ts';
import { SipAnswers } from '../../src/telephony/sip-answers.ts';
import { legOf } from '../../src/telephony/snapshot.ts';
import { Broken, type Target } from './fuzz.ts';
import type { TargetEntry } from './targets.ts';

const CHANNEL = {
  id: 'leg1',
  name: 'PJSIP/trunk-main-00000000',
  state: 'Up',
  protocol_id: 'abc@127.0.0.1',
  caller: { name: '', number: '+12125550100' },
  connected: { name: '', number: '+12125550100' },
  dialplan: { context: 'outdial-out', exten: 's', priority: 2, app_name: 'Stasis', app_data: 'outdial,customer' },
  creationtime: '2026-11-22T06:09:50.013+0000',
};

const TYPES = [
  'StasisStart',
  'StasisEnd',
  'ChannelStateChange',
  'ChannelHangupRequest',
  'ChannelDestroyed',
  'ChannelDtmfReceived',
  'ChannelUserevent',
  'ChannelEnteredBridge',
  'ChannelLeftBridge',
  'PlaybackFinished',
  'Dial',
];

const ari: Target = {
  name: 'ari-events',
  seeds: TYPES.map((type) =>
    JSON.stringify({
      type,
      timestamp: '2026-11-22T06:09:51.023+0000',
      channel: CHANNEL,
      peer: CHANNEL,
      application: 'outdial',
      args: ['customer', 'at1'],
      digit: '5',
      cause: 16,
      tech_cause: 486,
      dialstatus: 'RINGING',
      eventname: 'OutdialMessage',
      bridge: { id: 'b-s1' },
      playback: { id: 'say-1', state: 'done' },
      userevent: { attempt: 'at1' },
      forward: '',
    }),
  ),
  words: ['{', '}', '[', ']', ':', ',', '"', 'null', '{}', '[]', '1', '"channel":', '"args":', '"cause":', '"type":'],
  run(input) {
    let message: unknown;
    try {
      message = JSON.parse(input);
    } catch {
      return; // the link reads no further than that
    }
    const { events } = meaningOf(message, { has: (leg) => leg === 'leg1', causeOf: () => 16 });
    for (const { at } of events) if (!Number.isFinite(at)) throw new Broken('an event at no time');
    sipLegOf(message);
    legOf(message, 'outdial');
  },
};

/** As asterisk-manager hands them over: keys in lower case, at times lists of values. */
function amiMessage(input: string): AmiFields {
  const message: Record<string, unknown> = {};
  for (const line of input.split(/\r?\n/)) {
    const [, key = '', value = ''] = /^([^:]*):\s?(.*)$/s.exec(line) ?? [];
    const name = key.toLowerCase();
    message[name] = message[name] === undefined ? value : [message[name], value];
  }
  return message;
}

const ami: Target = {
  name: 'ami-events',
  seeds: [
    'Event: PeerStatus\r\nPeer: PJSIP/a201\r\nPeerStatus: Reachable\r\nTimestamp: 1764400000.123',
    'Event: Registry\r\nUsername: sip:us@carrier\r\nDomain: sip:carrier\r\nStatus: Registered',
    'Event: OutboundRegistrationDetail\r\nEndpoint: main\r\nObjectName: main\r\nClientUri: sip:us\r\nServerUri: sip:c\r\nStatus: Rejected',
  ],
  words: ['Event: ', 'Peer: PJSIP/', 'Status: ', '\r\n', ':', 'Registered', 'Unreachable', 'main'],
  run(input) {
    const message = amiMessage(input);
    peerOf(message);
    const trunk = { name: 'main', endpoint: 'main' } as ConstructorParameters<typeof ReachBook>[0][number];
    const book = new ReachBook([trunk]);
    book.noteRegistration(message);
    const peer = peerOf(message);
    if (peer) book.note(peer.endpoint, peer.online);
  },
};

const SDP =
  'v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=audio 4000 RTP/AVP 0 8 101\r\na=rtpmap:101 telephone-event/8000\r\n';
const HEAD = 'From: <sip:a@b>;tag=1\r\nTo: <sip:c@d>\r\nCall-ID: abc@127.0.0.1\r\nCSeq: 1 INVITE\r\n';
const INVITE = `INVITE sip:c@d SIP/2.0\r\n${HEAD}\r\n${SDP}`;
const ANSWER = `SIP/2.0 200 OK\r\n${HEAD}Retry-After: 30\r\n\r\n${SDP}`;

const sip: Target = {
  name: 'mirrored-sip',
  seeds: [INVITE, ANSWER, `SIP/2.0 503 Service Unavailable\r\n${HEAD}Retry-After: 120 (busy)\r\n\r\n`],
  words: [
    '\r\n\r\n',
    '\r\n',
    'i: ',
    't: ',
    'Call-ID: ',
    'CSeq: 2 INVITE',
    ';tag=',
    'm=audio 0 RTP/AVP 9',
    'a=rtpmap:9 G722/8000',
    'SIP/2.0 ',
    '999',
  ],
  run(input) {
    const answers = new SipAnswers();
    answers.note(INVITE, 1);
    answers.note(input, 2);
    answers.note(ANSWER, 3);
    const final = answers.finalOf('abc@127.0.0.1');
    if (final && !(final.code >= 200 && final.code <= 999)) throw new Broken(`an answer ${final.code}`);
    if (final?.retryAfterMs !== undefined && !(final.retryAfterMs < 1e11)) throw new Broken('waits for ever');
    commonCodecs(input, SDP);
    commonCodecs(SDP, input);
    for (const encoding of ['latin1', 'utf16le'] as const) readHep(Buffer.from(`HEP3${input}`, encoding));
    readHep(datagram(input));
  },
};

/** A datagram whose chunks are in order, with the input as the message. */
function datagram(text: string): Buffer {
  const chunk = (type: number, value: Buffer): Buffer => {
    const head = Buffer.alloc(6);
    head.writeUInt16BE(type, 2);
    head.writeUInt16BE(Math.min(0xffff, 6 + value.length), 4);
    return Buffer.concat([head, value]);
  };
  return Buffer.concat([Buffer.from('HEP3\0\0'), chunk(9, Buffer.from([1, 2, 3, 4])), chunk(15, Buffer.from(text))]);
}

const cdr: Target = {
  name: 'call-records',
  seeds: [
    '"","+12125550100","+12125550123","outdial-out","""Ann"" <+12125550100>","PJSIP/main-1","","Stasis","outdial","2026-11-22 06:09:50","2026-11-22 06:09:51","2026-11-22 06:10:51",61,60,"ANSWERED","DOCUMENTATION","leg1","at1;at2"',
  ],
  words: ['"', '""', ',', '","', '2026-02-30 25:61:61', 'NO ANSWER', ';'],
  run(input) {
    const record = parseCdrLine(input);
    if (record && !(Number.isFinite(record.startedAt) && Number.isFinite(record.endedAt)))
      throw new Broken('a call at no time');
  },
};

export const NETWORK_TARGETS: readonly TargetEntry[] = [ari, ami, sip, cdr].map((target) => ({
  name: target.name,
  rounds: 500,
  start: () => Promise.resolve(target),
}));
