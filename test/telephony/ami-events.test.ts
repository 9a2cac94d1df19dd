import { describe, expect, test } from 'vitest';
import type { Trunk } from '../../src/config/settings.ts';
import { US_GATE } from '../support/trunk-gate.ts';
import { amiTime, peerOf, ReachBook } from '../../src/telephony/ami-events.ts';

const TRUNK: Trunk = {
  ...US_GATE,
  name: 'main',
  endpoint: 'trunk-main',
  maxLines: 9,
  maxCallsPerSecond: 9,
  prefix: '',
  plus: true,
};

/** As asterisk-manager gives a PeerStatus of Asterisk 22. */
const peerStatus = (endpoint: string, peerstatus: string): Record<string, string> => ({
  event: 'PeerStatus',
  timestamp: '1795328360.513212',
  channeltype: 'PJSIP',
  peer: `PJSIP/${endpoint}`,
  peerstatus,
});

describe('phones', () => {
  test('[O-03] reachable, again, gone: reported once each', () => {
    const book = new ReachBook([TRUNK]);
    expect(book.note('agent-7', true)).toEqual({ type: 'phone', account: 'agent-7', registered: true });
    expect(book.note('agent-7', true)).toBeUndefined();
    expect(book.note('agent-7', false)).toEqual({ type: 'phone', account: 'agent-7', registered: false });
    expect(book.online).toEqual([]);
  });

  test('[O-03] endpoint and state out of an event, at its own time', () => {
    expect(peerOf(peerStatus('agent-7', 'Reachable'))).toEqual({ endpoint: 'agent-7', online: true });
    expect(peerOf(peerStatus('agent-7', 'Unreachable'))).toEqual({ endpoint: 'agent-7', online: false });
    expect(amiTime(peerStatus('a', 'Reachable'), 1)).toBe(1795328360513);
    expect(amiTime({ event: 'PeerStatus' }, 1)).toBe(1);
  });

  test.each([{}, { event: 'Hangup' }, { event: 'PeerStatus', peer: 'SIP/x', peerstatus: 'Reachable' }])(
    '[O-09] %j: nothing',
    (message) => {
      expect(peerOf(message)).toBeUndefined();
    },
  );
});

describe('trunks', () => {
  const detail = {
    event: 'OutboundRegistrationDetail',
    objectname: 'main-registration',
    endpoint: 'trunk-main',
    clienturi: 'sip:me@carrier.example',
    serveruri: 'sip:carrier.example',
    status: 'Registered',
  };
  const registry = (status: string): Record<string, string> => ({
    event: 'Registry',
    channeltype: 'PJSIP',
    username: 'sip:me@carrier.example',
    domain: 'sip:carrier.example',
    status,
  });

  test('[D-08] unreachable and back: reported with the name of the trunk', () => {
    const book = new ReachBook([TRUNK]);
    expect(book.note('trunk-main', false)).toEqual({ type: 'trunk', trunk: 'main', reachable: false });
    expect(book.note('trunk-main', true)).toEqual({ type: 'trunk', trunk: 'main', reachable: true });
  });

  test('[D-08] registration rejected: the trunk cannot be used although its address answers', () => {
    const book = new ReachBook([TRUNK]);
    book.note('trunk-main', true);
    expect(book.noteRegistration(detail)).toBeUndefined();
    expect(book.noteRegistration(registry('Rejected'))).toEqual({ type: 'trunk', trunk: 'main', reachable: false });
    expect(book.note('trunk-main', true)).toBeUndefined();
    expect(book.noteRegistration(registry('Registered'))).toEqual({ type: 'trunk', trunk: 'main', reachable: true });
  });

  test('[D-08] registration of somebody else: nothing', () => {
    const book = new ReachBook([TRUNK]);
    expect(book.noteRegistration({ ...detail, endpoint: 'other', objectname: 'other' })).toBeUndefined();
    expect(book.noteRegistration(registry('Rejected'))).toBeUndefined();
  });
});
