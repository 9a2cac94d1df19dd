// A campaign on one screen of the terminal: what it does and why, who works, what rings, how it goes.
// Pure: the same view and width give the same text.

import type { CampaignView } from '../../engine/control-views.ts';
import { RESULTS } from '../../terms.ts';
import { formatShare } from '../../base/durations.ts';
import { showInstant } from './instants.ts';
import { noPaint, type Paint } from './paint.ts';
import { cut, harmless, pad, seenWidth, wrapParts, wrapWords } from './table.ts';
import { counted } from './words.ts';

export interface CampaignScreen {
  readonly campaign: CampaignView;
  /** What happened last, oldest first; the last few are shown. */
  readonly events: readonly string[];
  /** Local time of the day, shown at the top right. */
  readonly clock: string;
  /** Events shown at most; default 6. */
  readonly maxEvents?: number;
  readonly paint?: Paint;
  /** What must be known besides, a sentence each: an older version of the file is in force. */
  readonly notes?: readonly string[];
}

const LABEL_WIDTH = 8;
const GAP = '   ';
const BAR_WIDTH = 24;
const RECENT_DECISIONS = 4;

/** The screen as lines of at most `width` places (at least 40). What stands still is at the top. */
export function renderCampaign(view: CampaignScreen, width: number): string {
  const room = Math.max(40, width);
  const paint = view.paint ?? noPaint;
  const { campaign } = view;
  const lines = [
    heading(view, room, paint),
    ...dialingLines(campaign, room, paint),
    ...(view.notes ?? []).flatMap((note) => wrapWords(harmless(note), room).map((line) => paint.warn(line))),
    ...wrapped('hours', campaign.hours, room),
    '',
    ...countLines(campaign, room),
    ...labelled('today', todayParts(campaign), room),
    abandonLine(view, room, paint),
    ...labelled('window', windowParts(campaign), room),
    ...labelled('delay', delayParts(campaign), room),
    ...labelled('results', resultParts(campaign), room),
    '',
    ...wrapped('pacing', pacingText(campaign), room),
    ...recentLines(campaign, room, paint),
    ...eventLines(view, room, paint),
  ];
  return lines.join('\n');
}

function heading({ campaign, clock }: CampaignScreen, room: number, paint: Paint): string {
  const left = `${campaign.name}  ${campaign.mode}  ${campaign.state}`;
  const shown = cut(left, room - clock.length - 1);
  return paint.bold(shown) + ' '.repeat(room - seenWidth(shown) - clock.length) + paint.dim(clock);
}

function dialingLines({ dialing, why }: CampaignView, room: number, paint: Paint): readonly string[] {
  const label = dialing ? 'dialing:' : 'not dialing:';
  return wrapWords(`${label} ${harmless(why)}`, room).map((line, index) => {
    const text = cut(line, room);
    if (index > 0) return text;
    return (dialing ? paint.good(label) : paint.warn(label)) + text.slice(label.length);
  });
}

/** A text that matters to its last word. */
function wrapped(label: string, text: string, room: number): readonly string[] {
  return behind(label, wrapWords(text, room - LABEL_WIDTH), room);
}

/** Parts that may stand on several lines, each whole. */
function labelled(label: string, parts: readonly string[], room: number): readonly string[] {
  return behind(label, wrapParts(parts, GAP, room - LABEL_WIDTH), room);
}

function behind(label: string, lines: readonly string[], room: number): readonly string[] {
  return lines.map((line, index) => cut(pad(index === 0 ? label : '', LABEL_WIDTH) + line, room));
}

const AGENT_STATES = ['ready', 'engaged', 'reserved', 'talking', 'wrap-up', 'paused'] as const;
const CALL_STATES = ['placing', 'ringing', 'detecting', 'waiting', 'talking'] as const;

/** How many agents and calls are in which state, the two lines in the same columns. */
function countLines({ agents, calls }: CampaignView, room: number): readonly string[] {
  const above = AGENT_STATES.map((state) => [state, String(agents[state])] as const);
  const below = CALL_STATES.map((state) => [state, String(calls[state])] as const);
  const cells = (own: typeof above | typeof below, other: typeof above | typeof below): readonly string[] =>
    own.map(([state, count], column) => {
      const [otherState = '', otherCount = ''] = other[column] ?? [];
      const widths = [Math.max(state.length, otherState.length), Math.max(count.length, otherCount.length)] as const;
      return `${pad(state, widths[0])} ${pad(count, widths[1], 'right')}`;
    });
  return [...labelled('agents', cells(above, below), room), ...labelled('calls', cells(below, above), room)];
}

function pacingText({ pacing }: CampaignView): string {
  return pacing ? decisionText(pacing) : 'no decision yet';
}

/** A decision in words; its reason often begins with the numbers already. */
function decisionText({ dial, cancel, reason }: NonNullable<CampaignView['pacing']>): string {
  const said = harmless(reason);
  if (/^Dials /.test(said) || (dial === 0 && cancel === 0)) return said;
  return `dials ${dial}${cancel === 0 ? '' : `, cancels ${cancel}`}: ${said}`;
}

/** The decisions before, newest first, each on one line. */
function recentLines({ decisions = [], pacing }: CampaignView, room: number, paint: Paint): readonly string[] {
  const before = decisions.filter(({ at }) => at !== pacing?.at).slice(-RECENT_DECISIONS);
  const lines = before.reverse().map((decision) => `${showInstant(decision.at).slice(11)}  ${decisionText(decision)}`);
  return behind('before', lines, room).map((line) => paint.dim(line));
}

/** The tightest abandonment window, when there is anything in it. */
function windowParts({ window }: CampaignView): readonly string[] {
  if (!window || window.liveAnswers === 0) return [];
  const { name, target, liveAnswers, abandoned, endsAt } = window;
  const left = target * liveAnswers - abandoned;
  const until = endsAt === undefined ? 'at any time' : `until ${showInstant(endsAt).slice(0, 16)}`;
  return [harmless(`${name} ${until}`), `${abandoned} of ${liveAnswers} live answers abandoned`, creditText(left)];
}

/** How many more calls may be abandoned: whole ones, for a part of one allows none. */
function creditText(left: number): string {
  if (left < -1e-9) return `${Math.ceil(-left - 1e-9)} too many so far`;
  const whole = Math.floor(left + 1e-9);
  return whole === 0 ? 'no further abandoned call is allowed yet' : `${whole} more allowed so far`;
}

/** What dialing would leave behind if it ended now: how far the tightest abandonment window is above its target, if it is. */
export function abandonmentDebt({ window }: CampaignView): string | undefined {
  if (!window || window.target <= 0) return undefined;
  const { name, target, liveAnswers, abandoned } = window;
  const lacking = Math.ceil(abandoned / target - liveAnswers - 1e-9);
  if (lacking <= 0) return undefined;
  const stands = `${abandoned} of ${liveAnswers} live answers abandoned, above its target of ${formatShare(target)}`;
  const owed = counted(lacking, 'more live answer');
  return harmless(`Window ${name} stands at ${stands}: ${owed}, none abandoned, would bring it back.`);
}

function todayParts({ today }: CampaignView): readonly string[] {
  return [
    `attempts ${today.attempts}`,
    `live answers ${today.liveAnswers}`,
    `connected ${today.connected}`,
    `abandoned ${today.abandoned}`,
    `utilisation ${formatShare(today.utilisation)}`,
  ];
}

function abandonLine({ campaign }: CampaignScreen, room: number, paint: Paint): string {
  const { abandonTarget } = campaign;
  const rate = campaign.today.abandonRate;
  const over = rate > abandonTarget;
  const scale = abandonTarget === 0 ? (rate > 0 ? 1 : 0) : Math.min(1, rate / abandonTarget);
  const filled = Math.round(scale * BAR_WIDTH);
  const bar = `${'█'.repeat(filled)}${'░'.repeat(BAR_WIDTH - filled)}`;
  const text = `${bar} ${formatShare(rate)} of at most ${formatShare(abandonTarget)}`;
  const line = cut(pad('abandon', LABEL_WIDTH) + text, room);
  return over ? paint.bad(line) : line;
}

function delayParts({ today }: CampaignView): readonly string[] {
  const { answerDelayMs, waited } = today;
  if (answerDelayMs.count + waited.count === 0) return ['no conversation yet'];
  const show = (ms: number): string => `${Number(ms.toFixed(1))} ms`;
  return [
    `answer to agent p50 ${show(answerDelayMs.p50)}`,
    `p99 ${show(answerDelayMs.p99)}`,
    `max ${show(answerDelayMs.max)}`,
    ...(waited.count === 0 ? [] : [`${waited.count} waited, at most ${show(waited.maxMs)}`]),
  ];
}

/** Attempts per result. */
function resultParts({ today }: CampaignView): readonly string[] {
  return RESULTS.flatMap((result) => {
    const count = today.byResult[result] ?? 0;
    return count === 0 ? [] : [`${result} ${count}`];
  });
}

function eventLines({ events, maxEvents = 6 }: CampaignScreen, room: number, paint: Paint): string[] {
  if (events.length === 0) return [];
  return ['', ...events.slice(-maxEvents).map((event) => paint.dim(cut(harmless(event), room)))];
}
