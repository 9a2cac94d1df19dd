import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { renderError } from '../../src/base/errors.ts';
import type { CampaignContext } from '../../src/config/checking.ts';
import { renderFault } from '../../src/config/faults.ts';
import { loadCampaigns, parseCampaign, readCampaign } from '../../src/config/load-campaigns.ts';
import { aFolder, campaignText } from './files.ts';
import type { TestFolder } from './files.ts';

const FILE = '/etc/outdial/campaigns/renewals.yaml';

function faults(text: string, context?: CampaignContext): string[] {
  return readCampaign(text, FILE, context).faults.map((fault) => renderFault(fault).replace(`${FILE}:`, ''));
}

/** The one fault of a campaign that is right but for one key. */
function faultOf(more: string, without: readonly string[] = []): string {
  const found = faults(campaignText(more, without));
  expect(found).toHaveLength(1);
  return (found[0] ?? '').replace(/^\d+:\d+: /, '');
}

const CONTRACT = `campaign: renewals
description: Policy renewals, spring
mode: predictive          # manual | preview | push-preview | direct-push-preview | progressive | predictive
lists: [renewals-2026]
filter: fields.region == "north" && fields.balance > 0
agents: [team-north]
schedule: {timezone: Europe/Berlin, start: "0 9 * * 1-5", stop: "0 18 * * 1-5", holidays: holidays-by.yaml}
rules: [us-federal, us-florida]        # config/rules/*.yaml
trunk: main
caller_ids: {choose: local, numbers: ["+12125550100", "+13055550100"]}
pacing: {abandon_target: 3%, ring: 25s, max_lines: 60, max_calls_per_second: 10}
answer: {detection: parallel, on_machine: hang-up, no_agent: {after: 2s, play: sorry-no-agent}}
attempts: {max: 6, per_day: 2}
call_again:                            # first match wins
  - {when: result == "busy", after: 10m, times: 3}
  - {when: result == "no-answer", after: 4h, phone: next}
wrap_up: {limit: 30s, disposition: required}
dispositions:
  - {code: sale, label: Sold, key: 1}
  - {code: call-later, label: Call later, key: 2, ask: callback}
script: scripts/renewals.yaml
`;

describe('a campaign file without fault', () => {
  test('[C-01] only what every campaign needs: everything else has its default', () => {
    expect(parseCampaign(campaignText(), FILE)).toEqual({
      name: 'renewals',
      description: '',
      mode: 'predictive',
      lists: ['people'],
      agents: ['team'],
      trunks: ['main'],
      callerIds: { choose: 'fixed', numbers: ['+12125550100'] },
      pacing: {
        abandonTarget: 0.03,
        ringTimeoutMs: 25_000,
        minRingMs: 15_000,
        maxLines: 60,
        maxCallsPerSecond: 10,
        ratio: 1.5,
        weight: 1,
      },
      answer: {
        detection: 'off',
        onMachine: 'hang-up',
        noAgentAfterMs: 2000,
        noAgentSound: 'outdial/abandon',
        doNotCall: { key: '9', sound: 'outdial/do-not-call-confirmed' },
        whileWaiting: 'silence',
      },
      attempts: { max: 6, perDay: 3, maxUncounted: 12 },
      rules: [],
      person: {},
      refusals: [],
      callAgain: [],
      callbacks: { personalWaitMs: 1_800_000, then: 'group', maxAheadMs: 90 * 86_400_000 },
      doNotCallBackMs: 90 * 86_400_000,
      inbound: {
        take: true,
        waiting: 'music',
        waitMs: 60_000,
        busySound: 'outdial/inbound-busy',
        closedSound: 'outdial/inbound-closed',
      },
      order: { by: 'oldest-first' },
      phones: [],
      transfer: { destinations: [], anyNumber: false, agents: true, ringMs: 25_000 },
      wrapUp: { limitMs: 30_000, dispositionRequired: false, over: 'paused' },
      dispositions: [],
      pauseReasons: [
        { code: 'break', label: 'Break', key: '1' },
        { code: 'lunch', label: 'Lunch', key: '2' },
        { code: 'meeting', label: 'Meeting', key: '3' },
      ],
      agentPhone: { mode: 'nailed-up', waiting: 'silence', ringMs: 20_000 },
      desk: {
        accept: false,
        engaged: false,
        offerMs: 30_000,
        beforeCallMs: 0,
        atPreviewEnd: 'nothing',
        handDialing: false,
        newNumbers: false,
      },
    });
  });

  test('[C-01] every key written out: each reaches the campaign in its own unit', () => {
    const written = `
description: Policy renewals
filter: fields.balance > 0
schedule: {timezone: Europe/Berlin, start: "0 9 * * 1-5", stop: "0 18 * * 1-5", holidays: [2026-12-25]}
rules: []
pacing: {abandon_target: 0.025, ring: 30s, min_ring: 20s, max_lines: 40, max_calls_per_second: 2.5, ratio: 2}
answer: {detection: parallel, on_machine: keep, no_agent: {after: 1500ms, play: custom/sorry}, while_waiting: {sound: custom/wait}}
attempts: {max: 4, per_day: 2}
call_again:
  - {when: result == "busy", after: 1h30m, times: 3, phone: next}
  - {when: connected, give_up: yes}
order: {field: balance, descending: yes}
phones: [home, mobile]
wrap_up: {limit: 1m, disposition: required, over: ready}
dispositions: [{code: sale, label: Sold, key: 0}, {code: other, label: "Other"}]
pause_reasons: [{code: tea, label: Tea, key: 7}]
agent_phone: {mode: ringing, waiting: music, ring: 15s}
caller_ids: {choose: rotate, numbers: ["+12125550100", +13055550100]}
trunk: [main, spare]
`;
    expect(parseCampaign(campaignText(written, ['caller_ids', 'trunk']), FILE)).toMatchObject({
      description: 'Policy renewals',
      filter: 'fields.balance > 0',
      schedule: { timezone: 'Europe/Berlin', start: '0 9 * * 1-5', stop: '0 18 * * 1-5', holidays: ['2026-12-25'] },
      trunks: ['main', 'spare'],
      callerIds: { choose: 'rotate', numbers: ['+12125550100', '+13055550100'] },
      pacing: {
        abandonTarget: 0.025,
        ringTimeoutMs: 30_000,
        minRingMs: 20_000,
        maxLines: 40,
        maxCallsPerSecond: 2.5,
        ratio: 2,
      },
      answer: {
        detection: 'parallel',
        onMachine: 'keep',
        noAgentAfterMs: 1500,
        noAgentSound: 'custom/sorry',
        whileWaiting: { sound: 'custom/wait' },
      },
      attempts: { max: 4, perDay: 2, maxUncounted: 12 },
      callAgain: [
        { when: 'result == "busy"', then: { do: 'call-again', afterMs: 5_400_000, phone: 'next' }, times: 3 },
        { when: 'connected', then: { do: 'give-up' } },
      ],
      order: { by: 'field', field: 'balance', descending: true },
      phones: ['home', 'mobile'],
      wrapUp: { limitMs: 60_000, dispositionRequired: true, over: 'ready' },
      dispositions: [
        { code: 'sale', label: 'Sold', key: '0' },
        { code: 'other', label: 'Other' },
      ],
      pauseReasons: [{ code: 'tea', label: 'Tea', key: '7' }],
      agentPhone: { mode: 'ringing', waiting: 'music', ringMs: 15_000 },
    });
  });
});

describe('faults of a campaign file', () => {
  test("[C-01] the contract's sample: refused for nothing but the script that is not there", () => {
    const named = CONTRACT.replace('holidays-by.yaml', '[2026-12-25]');
    expect(faults(named, { trunks: ['main'] })).toEqual([
      '8:8: warning: rules: us-federal/do-not-call wants the do-not-call list us-national honoured (16 CFR 310.4(b)(3)(iv); 47 CFR 64.1200(c)(2)(i)(D)). Import it and write do_not_call: [us-national]; without it compliance is your responsibility.',
      '21:9: script: There is no script renewals. /etc/outdial/scripts has no scripts.',
    ]);
  });

  test('[C-01] sample without those keys: loads', () => {
    const text = CONTRACT.replace('holidays-by.yaml', '[]')
      .replace('[us-federal, us-florida]', '[]')
      .replace(', ask: callback', '')
      .replace(/script:.*\n/, '');
    expect(faults(text, { trunks: ['main'] })).toEqual([]);
  });

  test('[C-01] many faults of all kinds: all at once, in the order of the file, each with line, column and key', () => {
    const text = campaignText('pacing: {ring: 25 seconds, ratoi: 2}\nattempts: {max: 0}\nfilter: fields.a = 1', [
      'lists',
    ]);
    expect(faults(text)).toEqual([
      '1:1: lists: The key is missing. Needed: lists whose contacts are called.',
      '6:16: pacing.ring: "25 seconds" is no duration. Write 25s.',
      '6:28: pacing.ratoi: There is no key ratoi here. Did you mean ratio?',
      '7:17: attempts.max: 0 is too little. Possible: 1 to 100.',
      '8:18: filter: A single = compares nothing. Write == to compare.',
    ]);
  });

  test.each([
    ['atempts: {max: 5}', 'atempts: There is no key atempts here. Did you mean attempts?'],
    ['answer: {no_agnet: {after: 2s}}', 'answer.no_agnet: There is no key no_agnet here. Did you mean no_agent?'],
    ['pacing: {ring: 25}', 'pacing.ring: "25" is no duration. Write 25s for seconds, 25m for minutes.'],
    [
      'pacing: {ring: 10s}',
      'pacing.ring: 10s is too little. Possible: 15s to 2m. A person must have 15 seconds or four rings to pick up.',
    ],
    [
      'pacing: {ring: 20s, min_ring: 24s}',
      'pacing.ring: Calls would be given up before min_ring is over. Let ring be at least as long as min_ring.',
    ],
    ['pacing: {abandon_target: 3 percent}', 'pacing.abandon_target: "3 percent" is no share. Write 3%.'],
    ['pacing: {abandon_target: 12%}', 'pacing.abandon_target: 12.0 % is too much. Possible: 0.0 % to 10.0 %.'],
    ['pacing: {max_lines: many}', 'pacing.max_lines: "many" is no whole number. Write digits alone, such as 10.'],
    ['pacing: {ratio: 0.5}', 'pacing.ratio: 0.5 is too little. Possible: 1 to 10.'],
    ['pacing: [1]', 'pacing: Keys with values are expected here. Needed: how many lines it dials.'],
    ['attempts:', 'attempts: Keys with values are expected here. Needed: how often a record is dialed, at most.'],
    ['filter:', 'filter: There is no value. Give one, or leave the key out.'],
    [
      'phones: [mobil]',
      'phones[0]: "mobil" is not possible here. Did you mean mobile? Possible: mobile, home, work, other.',
    ],
    [
      'answer: {while_waiting: musik}',
      'answer.while_waiting: "musik" is not possible here. Did you mean music? Possible: silence, music.',
    ],
    [
      'answer: {no_agent: {play: ../../etc/passwd}}',
      'answer.no_agent.play: "../../etc/passwd" is no sound. Write it like outdial/abandon (a path without ending).',
    ],
    [
      'order: {field: balance, descending: maybe}',
      'order.descending: "maybe" is neither yes nor no. Write yes, no, true or false.',
    ],
    [
      'wrap_up: {disposition: required}',
      'wrap_up.disposition: A disposition is required, but there is none. Add dispositions, or write optional.',
    ],
    [
      'call_again: [{when: connected}]',
      'call_again[0]: The rule says neither when to call again nor to give up. Write after: 10m to call again, give_up: yes to finish, or remove_contact: yes to take the contact out.',
    ],
    [
      'call_again: [{when: connected, after: 5m, give_up: yes}]',
      'call_again[0].give_up: The rule both calls again and gives up. Write after: 10m to call again, give_up: yes to finish, or remove_contact: yes to take the contact out.',
    ],
    [
      'dispositions: [{code: a, label: A, key: "*"}]',
      'dispositions[0].key: "*" is no key for this. Write it like 1 (one digit; * and # are taken: ** hangs up a call).',
    ],
    [
      'dispositions: [{code: a, label: A}, {code: a, label: B}]',
      'dispositions[1].code: The code a is there already (dispositions[0]). Give each its own code.',
    ],
    [
      'pause_reasons: [{code: a, label: A, key: 1}, {code: b, label: B, key: "1"}]',
      'pause_reasons[1].key: The key 1 is there already (pause_reasons[0]). Give each its own key.',
    ],
  ])('[C-01] %s: %s', (more, expected) => {
    expect(faultOf(more)).toBe(expected);
  });

  test.each([
    ['campaign', 'campaign: my campaign', 'campaign: "my campaign" is no name for a campaign.'],
    ['mode', 'mode: predictve', 'mode: "predictve" is not possible here. Did you mean predictive?'],
    ['lists', 'lists: people', 'lists: A list is expected here. Write [people].'],
    ['lists', 'lists: []', 'lists: The list is empty. At least 1 is needed.'],
    [
      'caller_ids',
      'caller_ids: {numbers: [001 212 555 0100]}',
      'caller_ids.numbers[0]: "001 212 555 0100" is no telephone number in E.164. Write +12125550100.',
    ],
    [
      'caller_ids',
      'caller_ids: {numbers: ["+1;rm"]}',
      'caller_ids.numbers[0]: "+1;rm" is no telephone number in E.164.',
    ],
  ])('[C-01] %s written as %s: %s', (key, more, expected) => {
    expect(faultOf(more, [key])).toContain(expected);
  });

  test.each([
    [
      '{timezone: Europe/Berln, start: 0 9 * * *, stop: 0 18 * * *}',
      'schedule.timezone: "Europe/Berln" is no time zone. Did you mean Europe/Berlin?',
    ],
    ['{timezone: UTC, start: 0 25 * * *, stop: 0 18 * * *}', 'schedule.start: "0 25 * * *": hour "25" is not 0 to 23.'],
    [
      '{timezone: UTC, start: 0 9 30 2 *, stop: 0 18 * * *}',
      'schedule.start: "0 9 30 2 *": never fires: no such day exists.',
    ],
    ['{timezone: UTC, start: 0 9 * * *, stop: 0 9 * * *}', 'schedule.start: The campaign would never dial'],
    [
      '{timezone: UTC, start: 0 9 * * *, stop: 0 18 * * *, holidays: [2026-02-30]}',
      'schedule.holidays[0]: "2026-02-30" is no date.',
    ],
    [
      '{timezone: UTC, start: 0 9 * * *, stop: 0 18 * * *, holidays: no.yaml}',
      'schedule.holidays: There is no holiday file no.yaml.',
    ],
    ['{timezone: UTC, start: 0 9 * * *}', 'schedule.stop: The key is missing.'],
  ])('[C-04] schedule: %s: %s', (more, expected) => {
    expect(faultOf(`schedule: ${more}`)).toContain(expected);
  });

  test('[C-01] names that are not there: an unknown trunk is a fault, lists and groups may still come', () => {
    const context = { trunks: ['main-1'], lists: ['peoples'], groups: ['teem'] };
    expect(faults(campaignText(), context)).toEqual([
      '3:9: warning: lists[0]: There is no list people yet. Import it: outdial list import. Did you mean "peoples"?',
      '4:10: warning: agents[0]: There is no agent group team yet. Put agents into it: outdial agent add --group. Did you mean "teem"?',
      '5:8: trunk: There is no trunk main in outdial.yaml. Known: main-1. Did you mean "main-1"?',
    ]);
    expect(parseCampaign(campaignText(), FILE, { trunks: ['main'], lists: [] }).name).toBe('renewals');
  });

  test('[X-07] person without an agent would wait longer than 2 s: a warning that names the law', () => {
    const read = readCampaign(campaignText('answer: {no_agent: {after: 3s}}'), FILE);
    expect(read.campaign?.answer.noAgentAfterMs).toBe(3000);
    expect(read.faults).toMatchObject([{ severity: 'warning', key: 'answer.no_agent.after' }]);
  });

  test('[C-01] faulty file as an error: one code, every place, ready for people and for scripts', () => {
    let thrown: unknown;
    try {
      parseCampaign(campaignText('pacing: {ring: 5s}\nscrpt: x'), FILE);
    } catch (error) {
      thrown = error;
    }
    expect(renderError(thrown)).toMatchObject({
      code: 'campaign-faulty',
      message: expect.stringMatching(/^2 faults:\n.*:7:16: pacing\.ring: 5s is too little/) as string,
      places: [
        { file: FILE, line: 7, column: 16, key: 'pacing.ring', hint: expect.any(String) as string },
        { file: FILE, line: 8, column: 1, key: 'scrpt' },
      ],
    });
  });
});

describe('a folder of campaigns', () => {
  let folder: TestFolder;
  beforeEach(async () => {
    folder = await aFolder();
  });
  afterEach(() => folder.remove());

  test('[C-01] good, faulty and other files: the good ones load, the faults are reported, the others are not looked at', async () => {
    await folder.write('campaigns/b.yaml', campaignText('', [], 'second'));
    await folder.write('campaigns/a.yml', campaignText('', [], 'first'));
    await folder.write('campaigns/bad.yaml', campaignText('scrpt: x', [], 'third'));
    await folder.write('campaigns/.a.yaml.swp', 'nonsense');
    await folder.write('campaigns/a.yaml~', 'nonsense');
    await folder.write('campaigns/notes.txt', 'nonsense');
    const { campaigns, files, faults: found } = await loadCampaigns(folder.file('campaigns'));
    expect(campaigns.map(({ name }) => name)).toEqual(['first', 'second']);
    expect(files.get('second')).toBe(folder.file('campaigns/b.yaml'));
    expect(found.map(({ file, key }) => [file, key])).toEqual([[folder.file('campaigns/bad.yaml'), 'scrpt']]);
  });

  test('[C-01] one name in two files: a fault in both, neither is used', async () => {
    await folder.write('campaigns/a.yaml', campaignText());
    await folder.write('campaigns/b.yaml', campaignText());
    const { campaigns, faults: found } = await loadCampaigns(folder.file('campaigns'));
    expect(campaigns).toEqual([]);
    expect(found.map(renderFault)).toEqual([
      `${folder.file('campaigns/a.yaml')}:1:11: campaign: Campaign renewals is in b.yaml as well. Give one of them another name, or move it out of the folder.`,
      `${folder.file('campaigns/b.yaml')}:1:11: campaign: Campaign renewals is in a.yaml as well. Give one of them another name, or move it out of the folder.`,
    ]);
  });

  test('[C-04] holidays in a file of their own: read from the folder holidays; a wrong date is reported in that file', async () => {
    const schedule = 'schedule: {timezone: UTC, start: 0 9 * * *, stop: 0 18 * * *, holidays: by.yaml}';
    await folder.write('campaigns/a.yaml', campaignText(schedule));
    await folder.write('holidays/by.yaml', 'holidays:\n  - 2026-12-25\n  - 2026-12-26\n');
    const good = await loadCampaigns(folder.file('campaigns'));
    expect(good.campaigns[0]?.schedule?.holidays).toEqual(['2026-12-25', '2026-12-26']);
    await folder.write('holidays/by.yaml', 'holidays:\n  - 25.12.2026\n');
    const bad = await loadCampaigns(folder.file('campaigns'));
    expect(bad.campaigns).toEqual([]);
    expect(bad.faults.map(renderFault).join('\n')).toContain(
      `${folder.file('holidays/by.yaml')}:2:5: holidays[0]: "25.12.2026" is no date.`,
    );
  });

  test('[C-01] folder or file that is not there: refused with code and hint', async () => {
    await expect(loadCampaigns(folder.file('none'))).rejects.toMatchObject({ code: 'campaigns-unreadable' });
  });
});
