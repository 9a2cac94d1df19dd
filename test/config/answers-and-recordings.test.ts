// What a campaign's file says of machines, of the key for the do-not-call list, of recordings and validation.

import { describe, expect, test } from 'vitest';
import type { Campaign } from '../../src/campaign/definition.ts';
import type { CampaignContext } from '../../src/config/checking.ts';
import { parseCampaign, readCampaign } from '../../src/config/load-campaigns.ts';

const FILE = '/tmp/renewals.yaml';
const text = (more: string): string => `campaign: renewals
mode: predictive
lists: [people]
agents: [team]
trunk: main
caller_ids: {numbers: ["+12125550100"]}
${more}
`;
const campaign = (more: string): Campaign => parseCampaign(text(more), FILE);

function faults(more: string, context: CampaignContext = {}): string[] {
  return readCampaign(text(more), FILE, context).faults.map(
    ({ severity, key, message }) => `${severity} ${key ?? ''}: ${message}`,
  );
}

describe('messages to machines', () => {
  test('[D-04] leave-message with nothing else: the standard message, 40 s for the beep', () => {
    const { answer } = campaign('answer: {detection: parallel, on_machine: leave-message}');
    expect(answer.message).toEqual({ sound: 'outdial/message', beepWithinMs: 40_000 });
  });

  test("[D-04] an agent's own message: the agent's number has its place in the name", () => {
    const written =
      "answer: {detection: parallel, on_machine: leave-message, message: {of_agent: 'messages/{agent}', beep_within: 1m}}";
    expect(campaign(written).answer.message).toEqual({
      sound: 'outdial/message',
      ofAgent: 'messages/{agent}',
      beepWithinMs: 60_000,
    });
    expect(faults(written.replace('{agent}', 'ann'))).toHaveLength(1);
  });

  test('[D-04] leave-message without detection: refused; a message that is never left: a warning', () => {
    expect(faults('answer: {on_machine: leave-message}')).toEqual([
      'fault answer.on_machine: Without detection no machine is known, and none is left a message.',
    ]);
    expect(faults('answer: {detection: parallel, message: {play: outdial/message}}')).toEqual([
      'warning answer.message: The message is never left.',
    ]);
  });
});

describe('the key for the do-not-call list', () => {
  test('[X-07] 9 unless the file says another, or none', () => {
    expect(campaign('').answer.doNotCall).toEqual({ key: '9', sound: 'outdial/do-not-call-confirmed' });
    expect(campaign('answer: {no_agent: {do_not_call_key: 3}}').answer.doNotCall?.key).toBe('3');
    expect(campaign('answer: {no_agent: {do_not_call_key: none}}').answer).not.toHaveProperty('doNotCall');
  });
});

describe('recordings', () => {
  test('[D-07] nothing is recorded unless the file says so; kept for 30 days', () => {
    expect(campaign('')).not.toHaveProperty('recording');
    expect(campaign('recording: {when: all}').recording).toEqual({
      when: 'all',
      keepMs: 30 * 86_400_000,
      machineShare: 0,
    });
    expect(campaign('recording: {when: agent, announce: outdial/recorded, keep: 7d, machines: 5%}').recording).toEqual({
      when: 'agent',
      announce: 'outdial/recorded',
      keepMs: 7 * 86_400_000,
      machineShare: 0.05,
    });
  });

  test('[D-07] the settings name no folder for recordings: refused', () => {
    expect(faults('recording: {when: all}', { canRecord: false })).toEqual([
      'fault recording.when: Nothing can be recorded: outdial.yaml names no folder for recordings.',
    ]);
    expect(faults('recording: {when: all}', { canRecord: true })).toEqual([]);
    expect(faults('recording: {announce: outdial/recorded}', { canRecord: false })).toEqual([]);
  });

  test('[D-10] first seconds of machines without detection: a warning', () => {
    expect(faults('recording: {machines: 5%}')).toEqual([
      'warning recording.machines: Without detection no machine is known, and none is kept.',
    ]);
  });
});

describe('validation', () => {
  test('[X-02] an address is enough: 300 ms, answers count for a day, records wait while it is away', () => {
    expect(campaign('validation: {url: "http://127.0.0.1:9300/check"}').validation).toEqual({
      url: 'http://127.0.0.1:9300/check',
      timeoutMs: 300,
      cacheMs: 86_400_000,
      whenUnavailable: 'hold',
    });
  });

  test.each([['ftp://host/x'], ['127.0.0.1:9300'], ['']])('[X-02] %s is no address: refused', (url) => {
    expect(faults(`validation: {url: "${url}"}`)).toHaveLength(1);
  });
});
