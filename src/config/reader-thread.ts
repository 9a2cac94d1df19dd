// The thread that reads campaign files for the daemon: calls are controlled elsewhere meanwhile.

import { parentPort } from 'node:worker_threads';
import { giveWay } from '../base/thread.ts';
import type { CampaignContext } from './checking.ts';
import { readCampaignText } from './load-campaigns.ts';
import type { CampaignText, ReadCampaign } from './load-campaigns.ts';
import { e164Reader } from '../numbers/phone.ts';

export interface ReadRequest {
  readonly id: number;
  readonly text: CampaignText;
  readonly context: CampaignContext;
}

/** Functions do not pass from thread to thread. */
function withReader(context: CampaignContext): CampaignContext {
  const { country } = context;
  return country === undefined ? context : { ...context, readNumber: e164Reader(country) };
}

export type ReadAnswer = { readonly id: number } & ({ readonly read: ReadCampaign } | { readonly fault: string });

const port = parentPort;
if (!port) throw new Error('the thread is started by CampaignReader');
giveWay();
port.on('message', ({ id, text, context }: ReadRequest) => {
  try {
    port.postMessage({ id, read: readCampaignText(text, withReader(context)) } satisfies ReadAnswer);
  } catch (error) {
    const fault = error instanceof Error ? (error.stack ?? error.message) : String(error);
    port.postMessage({ id, fault } satisfies ReadAnswer);
  }
});
