// What of a running Asterisk's SIP options is judged wrong, and nothing else.

import { expect, test } from 'vitest';
import { faultsOfGlobal, faultsOfTrunk } from '../../src/telephony/sip-options.ts';

/** As the shipped template shows in Asterisk 22. */
const TRUNK = {
  identify_by: 'ip',
  auth: '',
  allow_transfer: 'false',
  allow_subscribe: 'false',
  allow_overlap: 'false',
  message_context: '',
  redirect_method: 'user',
  rtp_timeout: '60',
};
const GLOBAL = {
  endpoint_identifier_order: 'header,ip,username',
  taskprocessor_overload_trigger: 'pjsip_only',
  default_realm: 'asterisk',
};

const trunk = (changes: object) => faultsOfTrunk(new Map(Object.entries({ ...TRUNK, ...changes })));
const global = (changes: object) => faultsOfGlobal(new Map(Object.entries({ ...GLOBAL, ...changes })), 'asterisk');

test('[O-10] the shipped options: no fault', () => {
  expect(trunk({})).toEqual([]);
  expect(global({})).toEqual([]);
});

test('[O-10] known by name with a password of its own: no fault', () => {
  expect(trunk({ identify_by: 'username', auth: 'trunk-main-in' })).toEqual([]);
});

test.each([
  [{ identify_by: 'username,ip' }, 'anybody who names it is the carrier'],
  [{ identify_by: 'ip,header' }, 'anybody who names it is the carrier'],
  [{ allow_transfer: 'true' }, 'the carrier may transfer our calls'],
  [{ allow_transfer: 'yes' }, 'the carrier may transfer our calls'],
  [{ allow_subscribe: 'true' }, 'the carrier may subscribe'],
  [{ allow_overlap: 'true' }, 'the carrier may dial in parts'],
  [{ message_context: 'from-trunk' }, 'messages enter a context'],
  [{ redirect_method: 'uri_pjsip' }, 'redirects (3xx) of the carrier are followed'],
  [{ redirect_method: 'uri_core' }, 'redirects (3xx) of the carrier are followed'],
  [{ rtp_timeout: '0' }, 'a carrier that falls silent holds a line for ever'],
])('[O-10] a trunk with %j: %s', (changes, what) => {
  const faults = trunk(changes);
  expect(faults.map((fault) => fault.what)).toEqual([what]);
  expect(faults[0]?.hint).toMatch(/pjsip\.conf/);
});

test.each([
  [{ endpoint_identifier_order: 'ip,username' }, 'a call may take the place of another (Replaces)'],
  [{ endpoint_identifier_order: 'header,username,ip' }, "a name counts for more than a carrier's address"],
  [{ taskprocessor_overload_trigger: 'global' }, 'a flood of any kind keeps phones and callers out'],
  [
    { default_realm: 'pbx' },
    'accounts are asked with the realm asterisk, names that are none with pbx: account names can be guessed',
  ],
])('[O-10] Asterisk with %j: %s', (changes, what) => {
  expect(global(changes).map((fault) => fault.what)).toEqual([what]);
});
