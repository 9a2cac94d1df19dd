// Events, reports and figures for other systems: keys of outdial.yaml.

import { z } from 'zod';
import { parseCron } from '../campaign/cron.ts';
import { isTimeZone } from '../base/local-time.ts';
import { OUTSIDE_EVENTS } from '../terms.ts';
import { duration, integer, matching, name, network, oneOf, text, webAddress, yesNo } from './values.ts';

const nothing = {};

const receiverSchema = z.strictObject({
  name: name('webhook').describe('what commands and figures call it'),
  url: webAddress(/^https?:\/\/[^\s]+$/, { what: 'web address', example: 'https://crm.example.com/outdial' }).describe(
    'where events are posted',
  ),
  events: z.array(oneOf(OUTSIDE_EVENTS)).min(1).describe('what it gets'),
  secret: text().optional().describe('what messages are signed with'),
  secret_file: text().optional().describe('file that holds it, instead of `secret`'),
  numbers: yesNo().prefault('no').describe('whether events carry telephone numbers of people'),
});

const mailAddress = () => matching(/^[^\s@<>,;]+@[^\s@<>,;]+$/, { what: 'mail address', example: 'ann@example.com' });

const REPORTS = [
  'campaigns',
  'agents',
  'dispositions',
  'answers',
  'callbacks',
  'trunks',
  'caller-ids',
  'ledger',
] as const;
const PERIODS = ['today', 'yesterday', 'this-week', 'last-week', 'this-month', 'last-month'] as const;

const scheduledReportSchema = z.strictObject({
  name: name('report').describe('what the log calls it'),
  at: z
    .string()
    .refine((cron) => parseCron(cron).ok, {
      message: 'This is no cron expression.',
      params: { hint: 'Write minute, hour, day, month, day of the week: "0 7 * * 1-5".' },
    })
    .describe('when it is made, as cron'),
  timezone: z
    .string()
    .refine((zone) => isTimeZone(zone), {
      message: 'This is no time zone.',
      params: { hint: 'Write an IANA name such as Europe/Berlin.' },
    })
    .describe('time zone of that time and of its days'),
  reports: z.array(oneOf(REPORTS)).min(1).describe('which reports'),
  period: oneOf(PERIODS).describe('of which time'),
  by: oneOf(['day', 'week', 'month'])
    .optional()
    .describe('rows for each day, week or month; default: one for the whole'),
  campaign: name('campaign').optional().describe('of this campaign only; default: of all'),
  mail: z.array(mailAddress()).prefault([]).describe('who gets it by mail'),
  webhook: name('webhook').optional().describe('the webhook that gets it'),
});

export const outsideSchemas = {
  metrics: z
    .strictObject({
      access: oneOf(['token', 'loopback', 'off'])
        .prefault('token')
        .describe(
          'token: with a token that has the scope metrics; loopback: whoever is on this machine, without one; off',
        ),
      agents: yesNo().prefault('no').describe("whether each agent's state is reported, by number"),
    })
    .prefault(nothing)
    .describe('figures for Prometheus at /metrics'),
  webhooks: z
    .strictObject({
      timeout: duration({ min: 1000, max: 60_000 }).prefault('10s').describe('a receiver has so long to answer'),
      give_up_after: duration({ min: 60_000, max: 30 * 86_400_000 })
        .prefault('3d')
        .describe('events wait so long for a receiver that takes nothing'),
      networks: z
        .array(network())
        .prefault([])
        .describe('private networks, or addresses of this machine, in which receivers may be; default: none'),
      receivers: z.array(receiverSchema).prefault([]).describe('receivers, and which events each gets; default: none'),
    })
    .prefault(nothing)
    .describe('events that are posted to other programs'),
  mail: z
    .strictObject({
      server: matching(/^(\[[0-9a-fA-F:]+\]|[A-Za-z0-9.-]+)$/, { what: 'host', example: 'smtp.example.com' })
        .optional()
        .describe('mail server (SMTP); default: none, and nothing is mailed'),
      port: integer({ min: 1, max: 65_535 }).prefault('587').describe('its port'),
      encryption: oneOf(['starttls', 'tls', 'none'])
        .prefault('starttls')
        .describe('starttls: begins plain and must become encrypted; tls: from the first byte; none: for this machine'),
      user: text().optional().describe('user there; default: none'),
      password: text().optional().describe('its password'),
      password_file: text().optional().describe('file that holds the password, instead of `password`'),
      from: mailAddress().optional().describe('sender of what is mailed; default: outdial at the server'),
    })
    .prefault(nothing)
    .describe('where reports are mailed'),
  reports: z.array(scheduledReportSchema).prefault([]).describe('reports on a schedule; default: none'),
};
