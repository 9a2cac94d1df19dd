// How things look in the terminal: the campaign's screen, tables, findings, instants.

import { describe, expect, test } from 'vitest';
import { reportFindings } from '../../src/cli/commands/doctor.ts';
import { parseInstant, showInstant } from '../../src/cli/render/instants.ts';
import { listNameOf } from '../../src/cli/commands/list.ts';
import { showError } from '../../src/cli/outcome.ts';
import { noPaint, paintFor } from '../../src/cli/render/paint.ts';
import { abandonmentDebt, renderCampaign } from '../../src/cli/render/campaign.ts';
import { inAscii, showsUnicode } from '../../src/cli/terminal.ts';
import { renderExplanation } from '../../src/cli/render/explanation.ts';
import { renderRecord } from '../../src/cli/render/record.ts';
import { fileNotes, waitLines } from '../../src/cli/render/campaign-progress.ts';
import { cut, pad, pairs, seenWidth, table, wrapWords } from '../../src/cli/render/table.ts';
import { counted, showBytes, showSeconds, showValue } from '../../src/cli/render/words.ts';
import { OperationalError } from '../../src/base/errors.ts';
import type { CampaignProgress } from '../../src/reports/progress.ts';
import { campaignView } from '../http/fake-control.ts';

const busy = campaignView({
  state: 'running',
  dialing: true,
  why: 'In its hours.',
  agents: { ready: 2, engaged: 0, reserved: 1, talking: 6, 'wrap-up': 1, paused: 0 },
  calls: { placing: 1, ringing: 7, detecting: 0, waiting: 0, talking: 6 },
  pacing: { at: 0, dial: 3, cancel: 0, reason: '2 agents are ready and 1.4 will be within 12 s.' },
  today: {
    attempts: 212,
    liveAnswers: 80,
    connected: 79,
    abandoned: 1,
    abandonRate: 0.0125,
    utilisation: 0.81,
    byResult: { connected: 79, abandoned: 1, busy: 20, 'no-answer': 90, machine: 15, 'invalid-number': 7 },
    answerDelayMs: { p50: 2.14, p99: 11, max: 19.25, count: 79 },
    waited: { count: 9, maxMs: 1210.4 },
  },
});

describe('the screen of a campaign', () => {
  test('[S-01] running: why it dials, agents, calls, pacing with its reason, rate against target, delay, results', () => {
    const screen = renderCampaign(
      { campaign: busy, events: ['10:31:02  x1  ringing → talking'], clock: '10:31:05' },
      96,
    );
    expect(screen.split('\n')).toEqual([
      'renewals  predictive  running                                                           10:31:05',
      'dialing: In its hours.',
      'hours   at any time (no schedule)',
      '',
      'agents  ready   2   engaged 0   reserved  1   talking 6   wrap-up 1   paused 0',
      'calls   placing 1   ringing 7   detecting 0   waiting 0   talking 6',
      'today   attempts 212   live answers 80   connected 79   abandoned 1   utilisation 81.0 %',
      'abandon ██████████░░░░░░░░░░░░░░ 1.3 % of at most 3.0 %',
      'delay   answer to agent p50 2.1 ms   p99 11 ms   max 19.3 ms   9 waited, at most 1210.4 ms',
      'results connected 79   abandoned 1   machine 15   busy 20   no-answer 90   invalid-number 7',
      '',
      'pacing  dials 3: 2 agents are ready and 1.4 will be within 12 s.',
      '',
      '10:31:02  x1  ringing → talking',
    ]);
  });

  test('[P-07] the decisions before, newest first, and the tightest abandonment window', () => {
    const at = Date.UTC(2026, 0, 5, 12);
    const decision = (seconds: number, dial: number) => ({
      at: at + seconds * 1000,
      dial,
      cancel: 0,
      reason: `reason ${dial}`,
    });
    const campaign = campaignView({
      pacing: decision(9, 4),
      decisions: [decision(1, 2), decision(5, 3), decision(9, 4)],
      window: { name: 'campaign', target: 0.03, liveAnswers: 200, abandoned: 5 },
    });
    const lines = renderCampaign({ campaign, events: [], clock: '' }, 100).split('\n');
    const before = lines.findIndex((line) => line.startsWith('before'));

    expect(lines[before]).toMatch(/^before {2}\d\d:00:05 {2}dials 3: reason 3$/);
    expect(lines[before + 1]).toMatch(/^ {8}\d\d:00:01 {2}dials 2: reason 2$/);
    expect(lines).toContain('window  campaign at any time   5 of 200 live answers abandoned   1 more allowed so far');
  });

  test.each([
    [{ target: 0.03, liveAnswers: 3, abandoned: 0 }, 'no further abandoned call is allowed yet'],
    [{ target: 0.03, liveAnswers: 100, abandoned: 3 }, 'no further abandoned call is allowed yet'],
    [{ target: 0.03, liveAnswers: 100, abandoned: 1 }, '2 more allowed so far'],
    [{ target: 0.03, liveAnswers: 110, abandoned: 5 }, '2 too many so far'],
  ])('[P-04] how many more may be abandoned, of %o: whole calls', (counts, credit) => {
    const campaign = campaignView({ window: { name: 'us-federal', ...counts } });
    expect(renderCampaign({ campaign, events: [], clock: '' }, 120)).toContain(credit);
  });

  test.each([
    [{ target: 0.03, liveAnswers: 100, abandoned: 3 }, undefined],
    [{ target: 0.03, liveAnswers: 352, abandoned: 12 }, 'above its target of 3.0 %: 48 more live answers,'],
    [{ target: 0.03, liveAnswers: 133, abandoned: 4 }, '1 more live answer,'],
    [{ target: 0, liveAnswers: 10, abandoned: 1 }, undefined],
  ])('[P-04] what dialing would leave owing if it ended with the window at %o', (counts, owed) => {
    const debt = abandonmentDebt(campaignView({ window: { name: 'us-federal', ...counts } }));

    if (owed === undefined) expect(debt).toBeUndefined();
    else expect(debt).toContain(owed);
  });

  test('[P-07] narrow screen: no word of the pacing reason is lost, and no figure is cut', () => {
    const reason = 'Dials no more: another call answered by a person would find no agent with 6.6 %. '.repeat(3).trim();
    const campaign = { ...busy, pacing: { at: 0, dial: 0, cancel: 0, reason } };
    const lines = renderCampaign({ campaign, events: [], clock: '' }, 60).split('\n');
    const words = lines.join(' ').split(/\s+/).join(' ');

    expect(words).toContain(reason);
    expect(words).toContain('abandoned 1 utilisation 81.0 %');
    expect(lines.join('')).not.toContain('…');
  });

  test('[C-03] not dialing: everyone sees why', () => {
    const screen = renderCampaign({ campaign: campaignView(), events: [], clock: '' }, 80);
    expect(screen).toContain('not dialing: It has not been approved yet.');
    expect(screen).toContain('no conversation yet');
  });

  test.each([40, 60, 80, 200, 10])('at a width of %i: no line is longer than the screen (at least 40)', (width) => {
    const screen = renderCampaign(
      { campaign: busy, events: ['x'.repeat(300), '名'.repeat(100)], clock: '10:31:05' },
      width,
    );
    for (const line of screen.split('\n')) expect(seenWidth(line)).toBeLessThanOrEqual(Math.max(40, width));
  });

  test('[O-10] control characters of foreign text do not reach the terminal', () => {
    const evil = campaignView({ why: 'a\u001b[2Jb\r\nc', pacing: { at: 0, dial: 0, cancel: 0, reason: '\u0007' } });
    expect(renderCampaign({ campaign: evil, events: ['\u001b]0;x'], clock: '' }, 80)).not.toMatch(/\p{Cc}(?<!\n)/u);
  });

  test('over the target the rate stands out, with colours alone', () => {
    const over = campaignView({ today: { ...busy.today, abandonRate: 0.04 } });
    const paint = paintFor(true, {});
    expect(renderCampaign({ campaign: over, events: [], clock: '', paint }, 80)).toContain('\u001b[31mabandon');
    expect(renderCampaign({ campaign: over, events: [], clock: '' }, 80)).not.toContain('\u001b[');
  });
});

describe('text', () => {
  test('colours only on a screen, never with NO_COLOR or a dumb terminal', () => {
    expect(paintFor(true, {}).bad('x')).toBe('\u001b[31mx\u001b[39m');
    expect(paintFor(false, {}).bad('x')).toBe('x');
    expect(paintFor(true, { NO_COLOR: '1' }).bad('x')).toBe('x');
    expect(paintFor(true, { TERM: 'dumb' }).bad('x')).toBe('x');
  });

  test('a screen without UTF-8 gets ASCII of the same width; a locale that is not set changes nothing', () => {
    const ask = (env: Record<string, string>): boolean => showsUnicode(env);
    expect([ask({}), ask({ LANG: '' }), ask({ LANG: 'C' }), ask({ LANG: 'C.UTF-8' })]).toEqual([
      true,
      true,
      false,
      true,
    ]);
    expect(ask({ LC_ALL: 'POSIX', LANG: 'en_US.UTF-8' })).toBe(false);
    const screen = renderCampaign({ campaign: busy, events: ['ringing → talking'], clock: '' }, 80);
    expect(inAscii(screen)).toMatch(/^[\n -~]+$/);
    expect(inAscii(screen).split('\n').map(seenWidth)).toEqual(screen.split('\n').map(seenWidth));
  });

  test('columns line up over colours, accents and wide characters', () => {
    const rows = [
      { name: '\u001b[31mAnn\u001b[39m', count: 5 },
      { name: '名前', count: 12 },
      { name: 'Zoe\u0308', count: 100 },
    ];
    const text = table(
      rows,
      [
        { title: 'NAME', value: ({ name }) => name },
        { title: 'N', value: ({ count }) => count, align: 'right' },
      ],
      'none',
    );
    expect(new Set(text.split('\n').map(seenWidth))).toEqual(new Set([9]));
    expect(table([], [], 'none')).toBe('none');
    expect([pad('ab', 4, 'right'), cut('abcdef', 4), cut('名前', 3)]).toEqual(['  ab', 'abc…', '名…']);
  });

  test('counts, sizes and times as a person says them', () => {
    expect([counted(1, 'number'), counted(2, 'entry', 'entries')]).toEqual(['1 number', '2 entries']);
    expect([1, 999, 1_191_936, 31e9].map(showBytes)).toEqual(['1 byte', '999 bytes', '1.2 MB', '31 GB']);
    expect([0, 317, 61_200].map(showSeconds)).toEqual(['0s', '0s', '1m1s']);
    expect(
      pairs([
        ['note', ''],
        ['', ''],
      ]),
    ).toBe('note  –\n      ');
    expect(wrapWords('one two three', 7)).toEqual(['one two', 'three']);
  });

  test('[X-11] what was changed is reported without the punctuation of JSON', () => {
    const phones = [{ number: '+12125550111', type: 'mobile' }];
    expect(showValue({ on: false, reason: '', list: 'nat' })).toBe('on no, list nat');
    expect(showValue({ changes: [{ what: 'fields.open', from: null, to: '99' }] })).toBe('changes fields.open: – → 99');
    expect(showValue(phones)).toBe('+12125550111 (mobile)');
    expect(showValue({ at: Date.UTC(2026, 0, 5) })).toMatch(/^at 2026-01-0\d \d\d:00:00$/);
    expect(showValue({ until: Date.UTC(2031, 0, 5) })).toMatch(/^until 2031-01-0\d \d\d:00:00$/);
    expect([showValue(null), showValue('a\u001b[2J')]).toEqual(['–', 'a\ufffd[2J']);
  });

  test('[L-12] an explanation: the verdict, the rules, each phone with its own; nothing wider than the screen', () => {
    const checks = [
      { rule: 'campaign', allows: false, why: 'No record is due before 13:00.' },
      { rule: 'do-not-call', allows: true, why: 'It is on no do-not-call list.', phone: '+12125550111' },
      {
        rule: 'us-federal/hours',
        allows: false,
        phone: '+12125550111',
        citation: '47 CFR 64.1200(c)(1)',
        why: 'No calls at 07:30 (America/New_York); allowed in America/New_York from 08:00 (America/New_York) on.',
      },
    ];
    const head = { record: 7, campaign: 'renewals', contact: 'Ada', mayDialNow: false, never: false };
    const agentEngagedFromAt = new Date(2026, 10, 20, 9).getTime();
    const one = { ...head, agentEngagedFromAt, checks };
    const lines = renderExplanation(one, noPaint, 80).split('\n');

    expect(lines).toEqual([
      'record 7 of renewals (Ada) is not dialed now, with an agent engaged for the call from 2026-11-20 09:00:00 on',
      '✘ campaign          No record is due before 13:00.',
      '',
      '+12125550111',
      '✔ do-not-call       It is on no do-not-call list.',
      '✘ us-federal/hours  No calls at 07:30 (America/New_York); allowed in',
      '                    America/New_York from 08:00 (America/New_York) on.',
      '                    47 CFR 64.1200(c)(1)',
    ]);
  });

  test('[L-12] a moment is reported once, by the clocks of the campaign', () => {
    const at = Date.UTC(2026, 10, 20, 12);
    const due = 'The record falls due at 2026-11-20 13:00 (Europe/Berlin).';
    const checks = [{ rule: 'due-time', allows: false, why: due, notBeforeAt: at }];
    const head = { record: 7, campaign: 'renewals', contact: 'Ada', zone: 'Europe/Berlin', never: false };
    const text = renderExplanation({ ...head, mayDialNow: false, notBeforeAt: at, checks }, noPaint, 200);
    expect(text.split('\n')).toEqual([
      'record 7 of renewals (Ada) is not dialed now, not before 2026-11-20 13:00 (Europe/Berlin)',
      `✘ due-time  ${due}`,
    ]);
  });

  test('[L-13] a record on a page: its state and due time once, whatever the fields of the person are called', () => {
    const now = new Date(2026, 10, 20, 9).getTime();
    const contact = {
      id: 4,
      name: 'Ada Moss',
      phones: [{ number: '+12125550111', type: 'mobile' as const }],
      fields: { state: 'FL', due: '2026-12-01' },
    };
    const record = {
      id: 7,
      campaign: 'renewals',
      contact,
      state: 'waiting' as const,
      dueAt: now + 3_600_000,
      attempts: 3,
      uncounted: 0,
      lastResult: 'busy' as const,
      lastDisposition: null,
      lastAgent: null,
      lastAttemptAt: null,
      priority: 0,
      finishedWhy: null,
      why: 'Call-again rule 1 (result == "busy"): again after 1h, phone 1.',
    };
    expect(renderRecord({ record, attempts: [], recordings: [], now }).split('\n')).toEqual([
      'record        7 of renewals',
      'state         waiting: Call-again rule 1 (result == "busy"): again after 1h, phone 1.',
      'due           2026-11-20 10:00:00, in 1h',
      'attempts      3',
      'last attempt  busy',
      '',
      'contact  4  Ada Moss',
      'mobile   +12125550111',
      '',
      'fields',
      '  state  FL',
      '  due    2026-12-01',
      '',
      'No attempts.',
    ]);
  });

  test('[O-02] findings: ✔ and ✘ in one column, hints below, exit 1', () => {
    const findings = [
      { check: 'node', ok: true, detail: '20', hint: '' },
      { check: 'ARI', ok: false, detail: 'refused', hint: 'Start Asterisk.' },
    ];
    const { text, exitCode } = reportFindings(findings, noPaint);
    expect(text.split('\n')).toEqual([
      ...['   CHECK  FOUND', '✔  node   20', '✘  ARI    refused', '', '1 problem:', '✘ ARI: Start Asterisk.'],
    ]);
    expect(exitCode).toBe(1);
    const isOpen = { check: 'http.host', ok: true, detail: 'on 0.0.0.0', hint: 'Set 127.0.0.1.', isOpen: true };
    const open = reportFindings([isOpen], noPaint);
    expect(open.text.split('\n').slice(1)).toEqual([
      ...['!  http.host  on 0.0.0.0', '', '1 open to others:', '! http.host: Set 127.0.0.1.'],
    ]);
    expect(open.exitCode).toBe(0);
    expect(reportFindings(findings.slice(0, 1), noPaint).exitCode).toBe(0);
  });

  test('an error: code, message, place that editors understand, hint', () => {
    const places = [{ file: 'a.yaml', line: 3, column: 5, key: 'pacing.ring' }];
    const error = new OperationalError('campaign-faulty', 'No duration.', { hint: 'Write 25s.', places });
    expect(showError(error, noPaint)).toBe(
      'error [campaign-faulty] No duration.\n  at a.yaml:3:5 (pacing.ring)\n  hint: Write 25s.\n',
    );
  });

  test('a list is named after its file', () => {
    expect(listNameOf('/tmp/Renewals 2026 (final).csv')).toBe('renewals-2026-final');
    expect(listNameOf('/tmp/….csv')).toBe('list');
  });
});

describe('instants', () => {
  const now = Date.UTC(2026, 10, 22, 12, 0);

  test.each([
    ['now', '2026-11-22T12:00:00.000Z'],
    ['2h', '2026-11-22T10:00:00.000Z'],
    ['today', '2026-11-21T23:00:00.000Z'],
    ['2026-07-01', '2026-06-30T22:00:00.000Z'],
    ['2026-07-01T10:30', '2026-07-01T08:30:00.000Z'],
    ['2026-07-01 10:30:15', '2026-07-01T08:30:15.000Z'],
    ['2026-03-29T02:30', '2026-03-29T01:00:00.000Z'],
    ['2026-07-01T10:30:00Z', '2026-07-01T10:30:00.000Z'],
  ])('%s in Berlin is %s', (text, expected) => {
    expect(new Date(parseInstant(text, now, 'Europe/Berlin')).toISOString()).toBe(expected);
  });

  test('anything else is refused', () => {
    for (const text of ['yesterday', '2026-13-01', '', '1'])
      expect(() => parseInstant(text, now, 'UTC')).toThrow(expect.objectContaining({ code: 'time-invalid' }) as Error);
    expect(showInstant(null)).toBe('–');
    expect(showInstant(now, 'Europe/Berlin')).toBe('2026-11-22 13:00:00');
  });
});

describe('why it does not dial', () => {
  test('[C-03] one line a reason with its count and the first moment; nothing when no record waits', () => {
    const progress = { waits: [] } as unknown as CampaignProgress;
    expect(waitLines(progress)).toBe('');
    const waits = [
      { count: 137, why: 'before 08:00 where they live, us-federal', untilAt: Date.UTC(2026, 10, 30, 13) },
      { count: 2, why: 'may be dialed now' },
    ];
    const lines = waitLines({ ...progress, waits })
      .split('\n')
      .slice(2);
    expect(lines[0]).toMatch(
      /^137 {2}waiting: before 08:00 where they live, us-federal; the first from 2026-11-30 \S+ on$/,
    );
    expect(lines[1]).toBe('2    waiting: may be dialed now');
  });

  test('[C-12] the file on disk has faults: an older version is in force, with the first fault', () => {
    const parts = { file: '/etc/outdial/campaigns/renewals.yaml', lists: [], groups: [], trunks: [] };
    const details = { ...campaignView(), ...parts, fileFaults: [] };
    expect(fileNotes(details)).toEqual([]);
    const notes = fileNotes({ ...details, fileFaults: ['renewals.yaml:3:1: modus: is no key.', 'another'] });
    expect(notes).toEqual([
      'An older version of /etc/outdial/campaigns/renewals.yaml is in force: the file as it is now has 2 faults. First: renewals.yaml:3:1: modus: is no key.',
    ]);
    const screen = renderCampaign({ campaign: details, events: [], clock: '', notes }, 200).split('\n');
    expect(screen[2]).toBe(notes[0]);
  });
});
