import { describe, expect, test } from 'vitest';
import { TelephonyRefusal } from '../../src/engine/ports.ts';
import { phoneEndpoint } from '../../src/telephony/phone-address.ts';

const at = (uri: string): string => phoneEndpoint('a100', `PJSIP/a100/${uri}`);

describe('where an agent’s phone is rung', () => {
  test.each([
    'sip:a100@192.0.2.7:5060',
    'sip:a100-0x5581f0@192.0.2.7:5060;ob;x-ast-orig-host=10.0.0.3:0',
    'sip:192.0.2.7:5060',
    'sips:a100@192.0.2.7:5061;transport=tls;rinstance=4f5e0a',
    'sip:h3k2@192.0.2.7:40122;transport=ws;x-ast-orig-host=k8s.invalid:0',
    'sip:a100@[2001:db8::7]:5060;x-ast-orig-host=[fe80::1]:0',
    'sip:a100@192.0.2.7:5060;gr=urn%3auuid%3a1',
  ])('[D-02] registered as %s: at that address', (uri) => {
    expect(at(uri)).toBe(`PJSIP/a100/${uri}`);
  });

  test.each([
    'sip:+19005550100@192.0.2.7:5060;maddr=198.51.100.7',
    'sip:+19005550100@192.0.2.7:5060;foo=1;MADDR=198.51.100.7',
    'sip:+19005550100@192.0.2.7:5060;%6daddr=198.51.100.7',
    'sip:+19005550100@192.0.2.7:5060;%256daddr=198.51.100.7',
    'sip:a100@192.0.2.7:5060?Route=%3csip:198.51.100.7%3blr%3e',
    'sip:a100@192.0.2.7:5060;x=1?Route=%3csip:198.51.100.7%3blr%3e',
    'sip:a100@sip.carrier.example:5060',
    'sip:a100;maddr=198.51.100.7@192.0.2.7',
    'sip:a&PJSIP/trunk-main/sip:1@192.0.2.7',
    'sip:a100@192.0.2.7:5060&PJSIP/trunk-main/sip:1@198.51.100.7',
    'tel:+19005550100',
    'a200',
  ])('[D-02] [O-13] registered as %s: refused', (uri) => {
    expect(() => at(uri)).toThrow(expect.objectContaining({ reason: 'refused' }));
  });

  test('[O-09] [D-02] after a restart of Asterisk, which has the same contact twice: at that address', () => {
    const contact = 'PJSIP/a100/sip:a100-0x55d2@127.0.0.1:15201';
    expect(phoneEndpoint('a100', `${contact}&${contact}`)).toBe(contact);
  });

  test('[D-02] [O-13] two contacts that differ, or one that hides another: refused', () => {
    const second = '&PJSIP/a100/sip:+19005550100@198.51.100.7';
    expect(() => at(`sip:a100@192.0.2.7${second}`)).toThrow(expect.objectContaining({ reason: 'refused' }));
    expect(() => at(`sip:a100@192.0.2.7;x=1${second}`)).toThrow(expect.objectContaining({ reason: 'refused' }));
  });

  test('[D-02] no phone there: unreachable; the phone of another account: refused', () => {
    expect(() => phoneEndpoint('a100', '')).toThrow(TelephonyRefusal);
    expect(() => phoneEndpoint('a100', '')).toThrow(expect.objectContaining({ reason: 'unreachable' }));
    expect(() => phoneEndpoint('a100', 'PJSIP/trunk-main/sip:1@192.0.2.7')).toThrow(/leads elsewhere/);
  });
});
