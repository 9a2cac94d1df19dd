// Receivers: which events each gets, and what came of sending them.

import type { OutboxMessage } from '../engine/store/outbox.ts';

/** Somebody else's web server that gets events. */
export interface WebhookReceiver {
  readonly kind: 'webhook';
  readonly name: string;
  readonly url: string;
  readonly secret: string;
  /** Whether events carry people's telephone numbers. */
  readonly numbers: boolean;
  readonly timeoutMs: number;
  /** Private networks that it may be in. */
  readonly networks: readonly string[];
}

/** The mail server that reports are handed to. */
export interface MailReceiver {
  readonly kind: 'mail';
  readonly name: 'mail';
  readonly server: string;
  readonly port: number;
  readonly encryption: 'starttls' | 'tls' | 'none';
  readonly user?: string;
  readonly password?: string;
  readonly from: string;
  readonly timeoutMs: number;
}

export type Receiver = WebhookReceiver | MailReceiver;

/** Where it is, without what may be a secret. */
export function addressOf(receiver: Receiver): string {
  return receiver.kind === 'mail' ? `${receiver.server}:${receiver.port}` : new URL(receiver.url).origin;
}

/** What a message to the mail server holds. */
export interface Mail {
  readonly to: readonly string[];
  readonly subject: string;
  readonly text: string;
  readonly files: readonly { readonly name: string; readonly type: string; readonly text: string }[];
}

export type Outcome =
  | { readonly id: number; readonly kind: 'sent' }
  /** `receiver`: it takes nothing at this moment; `message`: it does not take this one. */
  | { readonly id: number; readonly kind: 'receiver' | 'message'; readonly fault: string }
  /** Another one before it met a receiver that takes nothing. */
  | { readonly id: number; readonly kind: 'untried' };

/** What the thread that sends is asked, and what it answers. */
export interface SendOrder {
  readonly order: number;
  readonly receiver: string;
  readonly messages: readonly OutboxMessage[];
}

export interface SendAnswer {
  readonly order: number;
  readonly outcomes: readonly Outcome[];
}
