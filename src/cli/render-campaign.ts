// A campaign on one screen of the terminal: what it does and why, who works, what rings, how it goes.
// Pure: the same view and width give the same text.

import type { CampaignView } from '../engine/control.ts';
import { RESULTS } from '../terms.ts';
import { formatShare } from '../base/durations.ts';
import { showInstant } from './instants.ts';
import { noPaint, type Paint } from './paint.ts';
import { cut, harmless, pad, seenWidth } from './table.ts';

export interface CampaignScreen {
  readonly campaign: CampaignView;
  /** What happened last, oldest first; the last few are shown. */
  readonly events: readonly string[];
  /** Local time of the day, shown at the top right. */
  readonly clock: string;
  /** Events shown at most; default 6. */
  readonly maxEvents?: number;
  readonly paint?: Paint;
}

const BAR_WIDTH = 24;
const RECENT_DECISIONS = 4;

/** The screen as lines of at most `width` places (at least 40). */
export function renderCampaign(view: CampaignScreen, width: number): string {
  const room = Math.max(40, width);
  const paint = view.paint ?? noPaint;
  const { campaign } = view;
  const lines = [
    heading(view, room, paint),
    campaign.dialing
      ? paint.good(cut(`dialing: ${harmless(campaign.why)}`, room))
      : paint.warn(cut(`not dialing: ${harmless(campaign.why)}`, room)),
    '',
    labelled('agents', countsLine(campaign.agents, ['ready', 'reserved', 'talking', 'wrap-up', 'paused']), room),
    labelled('calls', countsLine(campaign.calls, ['placing', 'ringing', 'detecting', 'waiting', 'talking']), room),
    ...wrapped('pacing', pacingLine(campaign), room),
    ...recentLines(campaign, room, paint),
    '',
    labelled('today', todayLine(campaign), room),
    abandonLine(view, room, paint),
    ...windowLines(campaign, room),
    labelled('delay', delayLine(campaign), room),
    ...resultLines(campaign, room),
    ...eventLines(view, room, paint),
  ];
  return lines.join('\n');
}

function heading({ campaign, clock }: CampaignScreen, room: number, paint: Paint): string {
  const left = `${campaign.name}  ${campaign.mode}  ${campaign.state}`;
  const shown = cut(left, room - clock.length - 1);
  return paint.bold(shown) + ' '.repeat(room - seenWidth(shown) - clock.length) + paint.dim(clock);
}

/** A text that matters to its last word, over at most three lines. */
function wrapped(label: string, text: string, room: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (seenWidth(line) + seenWidth(word) + 1 > room - 8 && line !== '') {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  lines.push(line);
  return lines.slice(0, 3).map((part, index) => labelled(index === 0 ? label : '', part, room));
}

function labelled(label: string, text: string, room: number): string {
  return cut(`${pad(label, 8)}${text}`, room);
}

function countsLine<Key extends string>(counts: Readonly<Record<Key, number>>, order: readonly Key[]): string {
  return order.map((key) => `${key} ${counts[key]}`).join('   ');
}

function pacingLine({ pacing }: CampaignView): string {
  if (!pacing) return 'no decision yet';
  const cancel = pacing.cancel === 0 ? '' : `, cancels ${pacing.cancel}`;
  return `dials ${pacing.dial}${cancel}: ${harmless(pacing.reason)}`;
}

/** The decisions before, newest first, each on one line. */
function recentLines({ decisions = [], pacing }: CampaignView, room: number, paint: Paint): string[] {
  const before = decisions.filter(({ at }) => at !== pacing?.at).slice(-RECENT_DECISIONS);
  return before.reverse().map(({ at, dial, cancel, reason }, index) => {
    const cancels = cancel === 0 ? '' : `, cancels ${cancel}`;
    const text = `${showInstant(at).slice(11)} dials ${dial}${cancels}: ${harmless(reason)}`;
    return paint.dim(labelled(index === 0 ? 'before' : '', text, room));
  });
}

/** The tightest abandonment window, when there is anything in it. */
function windowLines({ window }: CampaignView, room: number): string[] {
  if (!window || window.liveAnswers === 0) return [];
  const { name, target, liveAnswers, abandoned, endsAt } = window;
  const left = target * liveAnswers - abandoned;
  const until = endsAt === undefined ? 'at any time' : `until ${showInstant(endsAt)}`;
  const credit = left < 0 ? `${(-left).toFixed(1)} too many so far` : `${left.toFixed(1)} more are allowed so far`;
  const text = `${name} ${until}: ${abandoned} of ${liveAnswers} live answers abandoned, ${credit}`;
  return [labelled('window', harmless(text), room)];
}

function todayLine({ today }: CampaignView): string {
  return [
    `attempts ${today.attempts}`,
    `live answers ${today.liveAnswers}`,
    `connected ${today.connected}`,
    `abandoned ${today.abandoned}`,
    `utilisation ${formatShare(today.utilisation)}`,
  ].join('   ');
}

function abandonLine({ campaign }: CampaignScreen, room: number, paint: Paint): string {
  const { abandonTarget } = campaign;
  const rate = campaign.today.abandonRate;
  const over = rate > abandonTarget;
  const scale = abandonTarget === 0 ? (rate > 0 ? 1 : 0) : Math.min(1, rate / abandonTarget);
  const filled = Math.round(scale * BAR_WIDTH);
  const bar = `${'█'.repeat(filled)}${'░'.repeat(BAR_WIDTH - filled)}`;
  const text = `${bar} ${formatShare(rate)} of at most ${formatShare(abandonTarget)}`;
  const line = labelled('abandon', text, room);
  return over ? paint.bad(line) : line;
}

function delayLine({ today }: CampaignView): string {
  const { answerDelayMs, connectDelayMs } = today;
  if (answerDelayMs.count === 0) return 'no conversation yet';
  const show = (ms: number): string => `${Number(ms.toFixed(1))} ms`;
  return [
    `answer to agent p50 ${show(answerDelayMs.p50)}`,
    `p99 ${show(answerDelayMs.p99)}`,
    `max ${show(answerDelayMs.max)}`,
    `(agent ready: p99 ${show(connectDelayMs.p99)})`,
  ].join('   ');
}

/** Attempts per result, as many to a line as fit. */
function resultLines({ today }: CampaignView, room: number): string[] {
  const parts = RESULTS.flatMap((result) => {
    const count = today.byResult[result] ?? 0;
    return count === 0 ? [] : [`${result} ${count}`];
  });
  const lines: string[] = [];
  for (const part of parts) {
    const last = lines.at(-1);
    if (last !== undefined && seenWidth(last) + part.length + 3 <= room - 8)
      lines[lines.length - 1] = `${last}   ${part}`;
    else lines.push(part);
  }
  return lines.map((line, index) => labelled(index === 0 ? 'results' : '', line, room));
}

function eventLines({ events, maxEvents = 6 }: CampaignScreen, room: number, paint: Paint): string[] {
  if (events.length === 0) return [];
  return ['', ...events.slice(-maxEvents).map((event) => paint.dim(cut(harmless(event), room)))];
}
