// From the keys about what comes after a call to the campaign that everyone works with. Checks nothing.

import { defined } from '../base/defined.ts';
import type {
  AutoCallback,
  CallAgainRule,
  CallbackRules,
  Campaign,
  InboundHandling,
  NumberChange,
  PriorityChange,
} from '../campaign/definition.ts';
import type { Disposition, DispositionThen } from '../terms.ts';
import type { WrittenCampaign } from './campaign-schema.ts';

type AfterCall = Pick<
  Campaign,
  'callAgain' | 'callbacks' | 'doNotCallBackMs' | 'inbound' | 'autoCallback' | 'dispositions'
>;

export function toAfterCall(written: WrittenCampaign): AfterCall {
  const { auto_callback: autoCallback } = written;
  return {
    callAgain: written.call_again.map(toRule),
    callbacks: toCallbacks(written.callbacks),
    doNotCallBackMs: written.do_not_call_back,
    inbound: toInbound(written.inbound),
    ...(autoCallback === undefined ? {} : { autoCallback: toAutoCallback(autoCallback) }),
    dispositions: written.dispositions.map(toDisposition),
  };
}

function toRule(written: WrittenCampaign['call_again'][number]): CallAgainRule {
  const { when, times, priority } = written;
  return {
    when,
    then: toThen(written),
    ...defined({ times }),
    ...(priority === undefined ? {} : { priority: toPriority(priority) }),
  };
}

function toThen(written: WrittenCampaign['call_again'][number]): CallAgainRule['then'] {
  const { after, phone, prefix, remove_contact: removes } = written;
  if (after === undefined) return { do: removes ? 'remove-contact' : 'give-up' };
  const number = prefix === undefined ? undefined : toNumberChange(prefix);
  return { do: 'call-again', afterMs: after, phone, ...defined({ number }) };
}

function toNumberChange(
  prefix: NonNullable<WrittenCampaign['call_again'][number]['prefix']>,
): NumberChange | undefined {
  if (prefix.add !== undefined) return { do: 'add', digits: prefix.add };
  if (prefix.strip !== undefined) return { do: 'strip', digits: prefix.strip };
  if (prefix.replace === undefined) return undefined;
  return { do: 'replace', digits: prefix.replace, with: prefix.with ?? '' };
}

const toPriority = (text: string): PriorityChange => (/^[+-]/.test(text) ? { by: Number(text) } : { to: Number(text) });

function toCallbacks(written: WrittenCampaign['callbacks']): CallbackRules {
  return { personalWaitMs: written.personal_wait, then: written.then, maxAheadMs: written.max_ahead };
}

function toInbound(written: WrittenCampaign['inbound']): InboundHandling {
  const { take, greeting, waiting, wait, busy, closed } = written;
  return {
    take,
    ...defined({ greeting }),
    waiting,
    waitMs: wait,
    busySound: busy,
    closedSound: closed,
  };
}

function toAutoCallback(written: NonNullable<WrittenCampaign['auto_callback']>): AutoCallback {
  return { from: written.from, missed: written.missed, afterMs: written.after };
}

function toDisposition(written: WrittenCampaign['dispositions'][number]): Disposition {
  const { code, label, key, ask } = written;
  const then = toDispositionThen(written);
  return {
    code,
    label,
    ...defined({ key, ask, then }),
  };
}

function toDispositionThen(written: WrittenCampaign['dispositions'][number]): DispositionThen | undefined {
  const { then, list = 'global', numbers = 'dialed' } = written;
  if (then === undefined) return undefined;
  return then === 'do-not-call' ? { do: then, list, numbers } : { do: then };
}
