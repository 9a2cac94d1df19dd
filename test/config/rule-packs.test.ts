import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { renderFault } from '../../src/config/faults.ts';
import { readCampaign } from '../../src/config/load-campaigns.ts';
import { rulePackSchema } from '../../src/config/rule-pack-schema.ts';
import { readRulePack } from '../../src/config/rule-packs.ts';
import { listKeys } from '../../src/config/schema-keys.ts';
import { aFolder, campaignText } from './files.ts';
import type { TestFolder } from './files.ts';

const HEAD = 'pack: here\ntitle: Here\napplies: {countries: [US]}\n';

/** A pack whose one clause demands that. */
function packText(demand: string, head = HEAD): string {
  return `${head}clauses:\n  - id: one\n    says: Something.\n    citation: Somewhere 1\n    checked: 2026-11-22\n    ${demand}\n`;
}

function faultsOf(text: string): readonly string[] {
  return readRulePack(text, '/rules/here.yaml').faults.map((fault) =>
    renderFault(fault).replace('/rules/here.yaml:', ''),
  );
}

describe('a file of calling rules', () => {
  test('[X-04] a pack without fault: its clauses as they are judged', () => {
    const { pack, faults } = readRulePack(
      packText("hours: {mon_fri: '9:00-12:30, 14:00-24:00', saturday: closed, daily: open, holidays: closed}"),
      '/rules/here.yaml',
    );
    expect(faults).toEqual([]);
    expect(pack).toMatchObject({ name: 'here', countries: ['US'], states: [], holidays: [] });
    expect(pack?.clauses).toMatchObject([
      {
        id: 'one',
        kind: 'hours',
        checked: '2026-11-22',
        onHolidays: [],
        week: [
          [{ from: 0, to: 1440 }],
          ...Array.from({ length: 5 }, () => [
            { from: 540, to: 750 },
            { from: 840, to: 1440 },
          ]),
          [],
        ],
      },
    ]);
  });

  test.each([
    ['attempts: {most: 3, per: contact, within: 24h}', { within: { unit: 'time', ms: 86_400_000 } }],
    ['attempts: {most: 3, per: contact, days: 7}', { within: { unit: 'days', days: 7 } }],
    ['quiet: {after: machine, per: number, for: 1d, unless: [agent-held]}', { unless: ['agent-held'] }],
    ['abandonment: {most: 0%, window: rolling, length: 24h}', { window: { span: 'rolling', ms: 86_400_000 } }],
    ['do_not_call: {list: us, greatest_age: 31d}', { list: 'us', greatestAgeMs: 31 * 86_400_000 }],
    ['consent: first', { kind: 'consent' }],
    ['quiet: {after: abandoned, per: number, for: 5d, then: agent-held}', { thenAgentEngaged: true }],
    ['quiet: {after: abandoned, per: number, for: 5d}', { thenAgentEngaged: false }],
    ['caller_id: {answered: yes, reachable: 30d}', { answered: true, reachableMs: 30 * 86_400_000 }],
    ['caller_id: {}', { answered: false, reachableMs: 0 }],
    ['retention: {least: 3d}', { leastMs: 3 * 86_400_000, of: ['calls'] }],
    ['retention: {least: 3d, of: [consent, recordings]}', { of: ['consent', 'recordings'] }],
  ])('[X-04] %s', (demand, expected) => {
    expect(readRulePack(packText(demand), '/rules/here.yaml').pack?.clauses[0]).toMatchObject(expected);
  });

  test.each([
    ['hours: {dialy: open}', '9:13: clauses[0].hours.dialy: There is no key dialy here. Did you mean daily?'],
    ["hours: {daily: '8-20'}", '9:20: clauses[0].hours.daily: "8-20" is no time of day.'],
    ["hours: {daily: '20:00-8:00'}", '9:20: clauses[0].hours.daily: "20:00-8:00" is not in order.'],
    ['attempts: {most: 3, per: contact}', '9:15: clauses[0].attempts: Either within or days is needed.'],
    ['attempts: {most: 3, per: contcat, days: 1}', '9:30: clauses[0].attempts.per: "contcat" is not possible here.'],
    ['abandonment: {most: 3%, window: periods}', '9:18: clauses[0].abandonment: The window periods needs a length.'],
    ['ring: 15s\n    message: 2s', '10:14: clauses[0].message: The clause demands ring and message.'],
    ['unverified: yes\n    ring: 15s', '5:5: clauses[0]: The clause must say either checked or unverified.'],
    ['', '5:5: clauses[0]: The clause demands nothing.'],
  ])('[X-04] faults at their places: %j', (demand, expected) => {
    expect(faultsOf(packText(demand)).join('\n')).toContain(expected);
  });

  test('[O-02] every key has a description', () => {
    const keys = listKeys(rulePackSchema);
    expect(keys.length).toBeGreaterThan(40);
    expect(keys.filter(({ description }) => description === '').map(({ key }) => key)).toEqual([]);
  });

  test('[X-04] a name that is not the file’s, a clause twice', () => {
    const twice = packText('ring: 15s').concat('  - {id: one, says: x, citation: y, unverified: yes, ring: 1s}\n');
    expect(faultsOf(twice).join('\n')).toContain('clauses[1].id: The clause one is there already.');
    expect(faultsOf(packText('ring: 15s', HEAD.replace('here', 'there'))).join('\n')).toContain(
      '1:7: pack: The pack there is in the file here.yaml.',
    );
  });
});

describe('a campaign and its rule packs', () => {
  let folder: TestFolder;
  beforeEach(async () => {
    folder = await aFolder();
  });
  afterEach(() => folder.remove());

  const read = (more: string): ReturnType<typeof readCampaign> =>
    readCampaign(campaignText(more), folder.file('campaigns/renewals.yaml'));
  const reported = (more: string): readonly string[] =>
    read(more).faults.map(({ key = '', severity, message }) => `${severity} ${key}: ${message}`);

  test('[X-04] packs of the own folder come before those that ship; shipped ones need no copy', async () => {
    await folder.write('rules/us-florida.yaml', packText('ring: 40s').replace('pack: here', 'pack: us-florida'));
    const { campaign } = read('rules: [us-florida, us-oklahoma]');
    expect(campaign?.rules.map(({ name, clauses }) => [name, clauses.length])).toEqual([
      ['us-florida', 1],
      ['us-oklahoma', 2],
    ]);
    expect(campaign?.pacing).toMatchObject({ minRingMs: 40_000, ringTimeoutMs: 40_000 });
  });

  test('[X-04] a pack that is not there: the nearest one is named, and the campaign is not used', () => {
    const { campaign, faults } = read('rules: [us-florda]');
    expect(campaign).toBeUndefined();
    expect(faults).toMatchObject([{ key: 'rules[0]', line: 7, message: 'There is no rule pack us-florda.' }]);
    expect(faults[0]?.hint).toContain('Did you mean "us-florida"?');
  });

  test('[X-04] a pack with faults: reported at its own place and at the campaign’s', async () => {
    await folder.write('rules/here.yaml', packText('ring: soon'));
    const { campaign, faults } = read('rules: [here]');
    expect(campaign).toBeUndefined();
    expect(faults.map(({ file }) => file.replace(folder.path, ''))).toEqual(
      expect.arrayContaining(['/rules/here.yaml', '/campaigns/renewals.yaml']),
    );
  });

  test('[X-04] the strictest value holds and is said: ring, message, abandon target', () => {
    const more = 'rules: [uk-ofcom]\npacing: {abandon_target: 3%}\nanswer: {no_agent: {after: 5s}}';
    expect(reported(more)).toEqual(
      expect.arrayContaining([
        'warning pacing.abandon_target: uk-ofcom/abandonment allows 0.0 % at most.',
        'warning answer.no_agent.after: uk-ofcom/message demands 2s at most.',
      ]),
    );
    expect(read(more).campaign).toMatchObject({ pacing: { abandonTarget: 0 }, answer: { noAgentAfterMs: 2000 } });
  });

  test('[X-04] [X-10] recordings are kept as long as a pack wants, also when the file says less', () => {
    const { campaign } = read('rules: [us-reg-f]\nrecording: {when: all, keep: 30d}');
    expect(campaign?.recording?.keepMs).toBe(1096 * 86_400_000);
    expect(reported('rules: [us-reg-f]\nrecording: {when: all, keep: 30d}')).toEqual([
      'warning recording.keep: us-reg-f/recordings demands at least 1096d.',
    ]);
    expect(reported('rules: [us-reg-f]\nrecording: {when: all, keep: 1100d}')).toEqual([]);
  });

  test('[X-04] [X-09] a law wants the number answered, and no agent takes calls to it: the campaign is not used', () => {
    const closed = 'rules: [australia]\ndo_not_call: [au-register]\ninbound: {take: no}';
    expect(reported(closed)).toEqual([
      'fault inbound.take: australia/caller-id wants whoever calls the shown number to reach you (Telecommunications (Telemarketing and Research Calls) Industry Standard 2017).',
    ]);
    expect(read(closed).campaign).toBeUndefined();
    expect(reported(closed.replace('no}', 'yes}'))).toEqual([]);
    const elsewhere = campaignText(closed).replace('caller_ids: {', 'caller_ids: {answered: elsewhere, ');
    expect(elsewhere).toContain('elsewhere');
    expect(readCampaign(elsewhere, folder.file('campaigns/renewals.yaml')).faults).toEqual([]);
    expect(reported('rules: [france]\nperson: {consent: agreed}\nrefusals: [no]\ninbound: {take: no}')).toEqual([]);
  });

  test('[X-04] consent first, and no field for it: a fault; refusals and lists that are not named: warnings', () => {
    expect(reported('rules: [france]')).toEqual([
      'fault rules: france/consent forbids calls without consent (Code de la consommation L. 223-1, as amended by law 2025-594 of 30 June 2025, art. 13).',
      'warning rules: france/quiet-after-refusal needs to know which dispositions are a refusal.',
    ]);
    expect(reported('rules: [france]\nperson: {consent: agreed}\nrefusals: [no]')).toEqual([]);
    expect(reported('rules: [us-federal]')).toEqual([
      'warning rules: us-federal/do-not-call wants the do-not-call list us-national honoured (16 CFR 310.4(b)(3)(iv); 47 CFR 64.1200(c)(2)(i)(D)).',
    ]);
  });
});
