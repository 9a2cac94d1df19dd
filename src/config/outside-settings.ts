// Webhooks, mail and scheduled reports of outdial.yaml, as the daemon has them, and what of them does not go together.

import type { ConfigFault } from './faults.ts';
import type { Settings } from './settings.ts';
import type { WrittenSettings } from './settings-schema.ts';
import type { Source } from './source.ts';
import { valueAt } from './validate.ts';

export function toWebhooks(written: WrittenSettings['webhooks'], secrets: readonly string[]): Settings['webhooks'] {
  const { timeout, give_up_after: giveUp, networks, receivers } = written;
  return {
    timeoutMs: timeout,
    giveUpAfterMs: giveUp,
    networks,
    receivers: receivers.map(({ name, url, events, numbers }, place) => {
      return { name, url, events, numbers, secret: secrets[place] ?? '' };
    }),
  };
}

export function toMail(written: WrittenSettings['mail'], password: string): Pick<Settings, 'mail'> {
  const { server, port, encryption, user, from } = written;
  if (server === undefined) return {};
  const credentials = user === undefined ? {} : { user, password };
  return { mail: { server, port, encryption, ...credentials, from: from ?? `outdial@${server}` } };
}

/** A report without a receiver, or with one that is not configured. */
export function reportFaults(source: Source): readonly ConfigFault[] {
  const reports = valueAt(source.value, ['reports']);
  if (!Array.isArray(reports)) return [];
  const receivers = valueAt(source.value, ['webhooks', 'receivers']);
  const known = (Array.isArray(receivers) ? receivers : []).map((_, place) => valueAt(receivers, [place, 'name']));
  return reports.flatMap((_, place): readonly ConfigFault[] => {
    const at = (key: string): unknown => valueAt(reports, [place, key]);
    const fault = (key: string, message: string, hint: string): readonly ConfigFault[] => [
      { ...source.placeOf(['reports', place, key]), severity: 'fault', message, hint },
    ];
    const [mail, webhook] = [at('mail'), at('webhook')];
    const isMailed = Array.isArray(mail) && mail.length > 0;
    if (!isMailed && webhook === undefined)
      return fault('name', 'The report has no receiver.', 'Write mail: with addresses, or webhook: with a name.');
    if (isMailed && valueAt(source.value, ['mail', 'server']) === undefined)
      return fault('mail', 'There is no mail server.', 'Write mail: with its server.');
    if (webhook !== undefined && !known.includes(webhook))
      return fault('webhook', `There is no webhook ${JSON.stringify(webhook)}.`, 'Name one of webhooks.receivers.');
    return [];
  });
}
