// Trunks of the box's Asterisk to SIP peers besides its own telephone network: a SIPp scenario, or a peer of a test.

import { OperationalError } from '../../src/base/errors.ts';

/** A SIP peer that takes calls like a carrier, over UDP. */
export interface PeerTrunk {
  /** What a campaign's `trunk` leads to: small letters, digits, hyphens; not `main`, which is the box's own network. */
  readonly name: string;
  readonly host: string;
  readonly port: number;
}

/** The endpoint to dial through, PJSIP/NUMBER@ENDPOINT. */
export function trunkEndpoint(name: string): string {
  return `trunk-${name}`;
}

/** Reads NAME=HOST:PORT; refuses what is none. */
export function parseTrunk(text: string): PeerTrunk {
  const parts = /^([a-z][a-z0-9-]*)=([A-Za-z0-9.-]+):(\d{1,5})$/.exec(text);
  const [, name = '', host = '', port = ''] = parts ?? [];
  if (!parts || name === 'main' || Number(port) < 1 || Number(port) > 65_535) {
    throw new OperationalError('trunk-refused', `no trunk can be made of "${text}"`, {
      hint: 'Give NAME=HOST:PORT, such as hostile=127.0.0.1:15100; the name main is taken.',
    });
  }
  return { name, host, port: Number(port) };
}
