// The signature of a webhook's message, after the Standard Webhooks convention: HMAC-SHA256 over id, time and body with the
// secret that sender and receiver share. Whoever checks it knows who sent the message, that nothing was changed, and when.

import { createHmac } from 'node:crypto';

export interface Signed {
  /** The same when the message is sent again. */
  readonly id: string;
  /** Epoch seconds of this sending. */
  readonly timestamp: number;
  readonly body: string;
}

/** `v1,` and the signature in Base64. A secret that begins with `whsec_` is Base64 behind it, others are taken as they are. */
export function signatureOf(secret: string, { id, timestamp, body }: Signed): string {
  const key = secret.startsWith('whsec_') ? Buffer.from(secret.slice('whsec_'.length), 'base64') : Buffer.from(secret);
  return `v1,${createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64')}`;
}

export function signedHeaders(secret: string, signed: Signed): Readonly<Record<string, string>> {
  return {
    'webhook-id': signed.id,
    'webhook-timestamp': String(signed.timestamp),
    'webhook-signature': signatureOf(secret, signed),
  };
}
