// Hands one message to the mail server. What it refuses for ever is given up; a server that is away, busy or does not take
// the password is tried again later.

import { createTransport } from 'nodemailer';
import type { OutboxMessage } from '../engine/store/outbox.ts';
import type { Mail, MailReceiver, Outcome } from './receivers.ts';
import { idOf } from './webhook.ts';

export async function sendMail(receiver: MailReceiver, message: OutboxMessage): Promise<Outcome> {
  const { id } = message;
  const { to, subject, text, files } = JSON.parse(message.data) as Mail;
  const transport = createTransport({
    host: receiver.server.replace(/^\[|\]$/g, ''),
    port: receiver.port,
    secure: receiver.encryption === 'tls',
    requireTLS: receiver.encryption === 'starttls',
    ignoreTLS: receiver.encryption === 'none',
    ...(receiver.user === undefined ? {} : { auth: { user: receiver.user, pass: receiver.password ?? '' } }),
    connectionTimeout: receiver.timeoutMs,
    greetingTimeout: receiver.timeoutMs,
    socketTimeout: receiver.timeoutMs,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  try {
    if (to.length === 0) await transport.verify();
    else
      await transport.sendMail({
        from: receiver.from,
        to: [...to],
        subject,
        text,
        messageId: `<${idOf(message)}@outdial>`,
        attachments: files.map((file) => ({ filename: file.name, contentType: file.type, content: file.text })),
      });
    return { id, kind: 'sent' };
  } catch (cause) {
    return { id, ...faultOf(cause) };
  } finally {
    transport.close();
  }
}

function faultOf(cause: unknown): { readonly kind: 'receiver' | 'message'; readonly fault: string } {
  const { code = '', responseCode } = cause as { readonly code?: string; readonly responseCode?: number };
  if (code === 'EAUTH') return { kind: 'receiver', fault: 'the mail server does not take user and password' };
  const isForEver = responseCode !== undefined && responseCode >= 500 && responseCode < 600;
  if (isForEver) return { kind: 'message', fault: `the mail server refused it (${responseCode})` };
  const why = responseCode === undefined ? code : String(responseCode);
  return { kind: 'receiver', fault: `the mail server took nothing${why === '' ? '' : ` (${why})`}` };
}
