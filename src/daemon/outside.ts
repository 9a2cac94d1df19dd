// Webhooks, mail and scheduled reports as the settings want them; nothing where they name no receiver.

import { systemClock } from '../base/clock.ts';
import type { Log } from '../base/log.ts';
import type { Settings } from '../config/settings.ts';
import type { Store } from '../engine/store/store.ts';
import { Outbox, type OutboxReceiver } from '../outbox/outbox.ts';
import { ScheduledReports } from '../outbox/scheduled-reports.ts';
import { Sender } from '../outbox/sender.ts';
import { Programs } from './programs.ts';
import type { Releases } from './releases.ts';

interface Outside {
  readonly settings: Settings;
  readonly store: Store;
  readonly log: Log;
}

/** The outbox, sending what waits in it. */
export async function startOutbox({ settings, store, log }: Outside, releases: Releases): Promise<Outbox> {
  const { timeoutMs, giveUpAfterMs, networks } = settings.webhooks;
  const hooks = settings.webhooks.receivers.map((one): OutboxReceiver => {
    return { kind: 'webhook', timeoutMs, networks, ...one };
  });
  const mail: readonly OutboxReceiver[] =
    settings.mail === undefined ? [] : [{ kind: 'mail', name: 'mail', timeoutMs, events: [], ...settings.mail }];
  const receivers = [...hooks, ...mail];
  const outbox = new Outbox({
    store,
    receivers,
    giveUpAfterMs,
    log,
    sender: new Sender(receivers),
    clock: systemClock,
  });
  await outbox.start();
  releases.add('outbox', () => outbox.stop());
  return outbox;
}

/** Works out reports and forecasts beside the daemon, those on a schedule too. */
export function startPrograms({ settings, store, log }: Outside, releases: Releases): Programs {
  const programs = new Programs({ settingsFile: settings.file });
  const scheduled = new ScheduledReports({
    schedules: settings.reports,
    outbox: store.outbox,
    clock: systemClock,
    log,
    run: (args, limitMs) => programs.run(args, limitMs),
  });
  scheduled.start();
  releases.add('reports', () => {
    scheduled.stop();
    programs.stop();
  });
  return programs;
}
