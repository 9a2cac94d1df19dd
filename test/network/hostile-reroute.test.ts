// Whoever tries to move our legs behind outdial's back: a carrier that transfers, replaces or redirects, an agent's phone
// that transfers, somebody at Asterisk's console. The talk goes on, and nothing of ours lands where it does not belong.

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { askSip } from '../../src/telephony/sip-probe.ts';
import { requestFor } from '../../src/telephony/ari-commands.ts';
import { ari } from './plain-ari.ts';
import type { DeskAgent } from '../support/desk.ts';
import { ExchangeView } from '../support/exchange-view.ts';
import { NOTHING_LEFT, PeerDesk, type Outcome } from '../support/peer-desk.ts';
import type { Script } from '../support/sip-peer.ts';
import type { SipCall } from '../support/sip/call.ts';
import { until } from '../support/until.ts';

const LIMIT_MS = 240_000;
const OURS = '+12125550100';
const LISTENING = ['before-agent', 'parallel'] as const;
/** The detector has spoken and the agent is there. */
const FOUND_MS = 9_000;

let desk: PeerDesk;
let view: ExchangeView;
let agents: readonly DeskAgent[];

beforeAll(async () => {
  desk = await PeerDesk.open();
  view = new ExchangeView(desk.box.pbx);
  agents = await desk.staff('moved', 2);
  for (const detection of LISTENING) await desk.staff(`moved-${detection}`, 1, { detection });
}, 2 * LIMIT_MS);
afterAll(() => desk.close());

const sip = () => {
  const [host = '', port = ''] = desk.box.pbx.sipAddress.split(':');
  return { host, port: Number(port) };
};

/** A person who picks up and talks, and what happens in the middle of it; then the person hangs up. */
const talkWith =
  (meanwhile: (call: SipCall) => Promise<void>): Script =>
  async (call) => {
    call.ring();
    await call.answer();
    await call.pause(1500);
    await meanwhile(call);
    await call.pause(2000);
    await call.hangUp();
  };

const leg = (call: SipCall): string => `c-${call.header('x-outdial-attempt')}`;

/** The conversation that the person's leg is in, as Asterisk shows it. */
async function conversation(call: SipCall) {
  const { conversations } = await view.calls();
  return conversations.find((each) => each.leg === leg(call));
}

async function together(call: SipCall, limitMs = 3000) {
  return until('person and agent are in one bridge', () => conversation(call), limitMs);
}

const variable = async (channel: string, name: string): Promise<string> =>
  (
    (await ari(desk.box.pbx, 'GET', `/channels/${channel}/variable?variable=${encodeURIComponent(name)}`)) as {
      value: string;
    }
  ).value;

const channelName = async (channel: string): Promise<string> =>
  ((await ari(desk.box.pbx, 'GET', `/channels/${channel}`)) as { name: string }).name;

const console_ = (command: string): Promise<string> => desk.box.command('pbx', command);

/** One conversation, its end by the person, and nothing left of it. */
async function expectTalk(outcome: Outcome, least = 3000): Promise<void> {
  expect(outcome).toMatchObject({ results: ['connected'], rows: [{ endedBy: 'person' }] });
  const { answeredAt = 0, hungUpAt } = outcome.calls[0]?.seen ?? {};
  expect((hungUpAt ?? 0) - answeredAt).toBeGreaterThan(least);
  expect(outcome.silenceMs).toBeLessThan(1000);
  expect(await desk.leftOver()).toEqual(NOTHING_LEFT);
}

describe('the carrier', () => {
  test.each([
    ['our own number', `sip:${OURS}@pbx`],
    ['s', 'sip:s@pbx'],
    ['the sign-in code', 'sip:*55@pbx'],
  ])(
    '[D-02] [O-13] transfers the person in mid-conversation to %s: refused, the talk goes on',
    async (_what, target) => {
      let code: number | undefined;
      const { talk } = await desk.dial('moved', {
        talk: talkWith(async (call) => {
          const before = await together(call);
          code = (await call.refer(target))?.code;
          await call.pause(500);
          expect(await conversation(call)).toEqual(before);
        }),
      });
      expect(code).toBe(603);
      await expectTalk(talk);
    },
    LIMIT_MS,
  );

  test(
    '[D-02] [O-13] a new call wants to take the place of a conversation (Replaces): refused, the talk goes on',
    async () => {
      const codes: (number | undefined)[] = [];
      const { talk } = await desk.dial('moved', {
        talk: talkWith(async (call) => {
          const before = await together(call);
          const id = await variable(leg(call), 'CHANNEL(pjsip,call-id)');
          const [ours, theirs] = [
            await variable(leg(call), 'CHANNEL(pjsip,local_tag)'),
            await variable(leg(call), 'CHANNEL(pjsip,remote_tag)'),
          ];
          for (const from of ['trunk-peer', 'outsider']) {
            const headers = [`Replaces: ${id};to-tag=${ours};from-tag=${theirs}`, 'Supported: replaces'];
            codes.push(await askSip(sip(), { method: 'INVITE', user: OURS, from, headers }));
          }
          await call.pause(300);
          expect(await conversation(call)).toEqual(before);
        }),
      });
      expect(codes).toEqual([401, 401]);
      await expectTalk(talk);
    },
    LIMIT_MS,
  );

  test(
    '[D-02] [O-13] the same with a header too long for Asterisk’s rule: as a hang-up of the person, nothing is left',
    async () => {
      const { talk } = await desk.dial('moved', {
        talk: talkWith(async (call) => {
          await together(call);
          const id = await variable(leg(call), 'CHANNEL(pjsip,call-id)');
          const ours = await variable(leg(call), 'CHANNEL(pjsip,local_tag)');
          const theirs = await variable(leg(call), 'CHANNEL(pjsip,remote_tag)');
          const here = `127.0.0.1:${desk.peer.port}`;
          desk.peer.send([
            `INVITE sip:${OURS}@pbx SIP/2.0`,
            `Via: SIP/2.0/UDP ${here};rport;branch=z9hG4bK-long-${id}`,
            ...['Max-Forwards: 70', `From: <sip:long@x>;tag=long`, `To: <sip:${OURS}@pbx>`, `Call-ID: long-${id}`],
            ...['CSeq: 1 INVITE', `Contact: <sip:long@${here}>`],
            ...[`Replaces: ${id};to-tag=${ours};from-tag=${theirs};x=${'a'.repeat(6000)}`, 'Content-Length: 0', '', ''],
          ]);
          await call.pause(3000);
        }),
      });
      expect(talk).toMatchObject({ results: ['connected'], rows: [{ endedBy: 'person' }] });
      expect(await desk.leftOver()).toEqual(NOTHING_LEFT);
      for (const agent of agents) expect((await desk.desk.view(agent)).state).toBe('ready');
    },
    LIMIT_MS,
  );

  test.each([
    ['to our own number', `<sip:${OURS}@pbx>`],
    ['elsewhere', '<sip:+19005550100@elsewhere.invalid>'],
    ['to a channel of its choice', '<sip:Local%2F*55%40outdial-agents@pbx>'],
    ['to a number over another trunk', '<sip:PJSIP%2F+12122009900%40trunk-main@pbx>'],
    ['before it rings no more', `<sip:s@pbx>`],
  ])(
    '[D-01] [O-13] redirects %s (302): not followed, no agent meets a leg of ours, the attempt says 302',
    async (_what, contact) => {
      const { moved } = await desk.dial('moved', { moved: (call) => call.refuse(302, [['contact', contact]]) });
      expect(moved.rows[0]).toMatchObject({ sipCode: 302 });
      expect(moved.results[0]).not.toBe('connected');
      for (const agent of agents) expect((await desk.desk.view(agent)).state).toBe('ready');
      expect(await desk.leftOver()).toEqual(NOTHING_LEFT);
    },
    LIMIT_MS,
  );
});

describe("an agent's phone", () => {
  test(
    '[D-02] [O-13] transfers in mid-conversation: refused, and the talk goes on',
    async () => {
      let code: number | undefined;
      const { talk } = await desk.dial('moved', {
        talk: talkWith(async (call) => {
          const { agentLeg, bridge } = await together(call);
          const [id, ours, theirs, remote, local] = await Promise.all(
            ['call-id', 'local_tag', 'remote_tag', 'remote_uri', 'local_uri'].map((what) =>
              variable(agentLeg, `CHANNEL(pjsip,${what})`),
            ),
          );
          code = await inDialog({
            method: 'REFER',
            id,
            from: `${remote ?? ''};tag=${theirs ?? ''}`,
            to: `${local ?? ''};tag=${ours ?? ''}`,
          });
          await call.pause(500);
          expect(await conversation(call)).toMatchObject({ agentLeg, bridge });
        }),
      });
      expect(code).toBe(603);
      await expectTalk(talk);
    },
    LIMIT_MS,
  );

  test('[D-02] [O-13] redirects the call that rings it (302): not followed', async () => {
    const elsewhere = desk.peer.number((call) => call.refuse(302, [['contact', `<sip:${OURS}@pbx>`]]));
    const account = 'redirects';
    const fields = [{ attribute: 'contact', value: `sip:${elsewhere}@127.0.0.1:${desk.peer.port}` }];
    const dynamic = '/asterisk/config/dynamic/res_pjsip';
    await ari(desk.box.pbx, 'PUT', `${dynamic}/aor/${account}`, { fields });
    const endpoint = { context: 'outdial-agents', disallow: 'all', allow: 'ulaw', aors: account };
    await ari(desk.box.pbx, 'PUT', `${dynamic}/endpoint/${account}`, {
      fields: Object.entries(endpoint).map(([attribute, value]) => ({ attribute, value })),
    });
    const before = await view.legs();
    const ring = { type: 'ring-agent', leg: 'a-redirects', account, label: 'x', ringTimeoutMs: 5000 } as const;
    await ari(desk.box.pbx, 'POST', '/channels', requestFor(ring, { app: 'outdial', trunks: [] }).body);
    await until('the peer was asked', () => Promise.resolve(desk.peer.callsTo(elsewhere)[0]), 5000);
    await until('the leg is gone', async () => ((await view.legs()).has('a-redirects') ? undefined : true), 3000);
    expect(await view.legs()).toEqual(before);
  });
});

describe("somebody at Asterisk's console", () => {
  const MOVES: Readonly<Record<string, (call: SipCall) => Promise<unknown>>> = {
    "sends the person's leg to another place of the dialplan": async (call) =>
      console_(`channel redirect ${await channelName(leg(call))} outdial-agents,refused,1`),
    "kicks the person's leg out of the bridge": async (call) =>
      console_(`bridge kick ${(await together(call)).bridge} ${await channelName(leg(call))}`),
    "sends the agent's leg to another place of the dialplan": async (call) =>
      console_(`channel redirect ${await channelName((await together(call)).agentLeg)} outdial-agents,refused,1`),
    "kicks the agent's leg out of the bridge": async (call) => {
      const { bridge, agentLeg } = await together(call);
      return console_(`bridge kick ${bridge} ${await channelName(agentLeg)}`);
    },
    'destroys the bridge': async (call) => ari(desk.box.pbx, 'DELETE', `/bridges/${(await together(call)).bridge}`),
    'moves the person into another bridge': async (call) => {
      await ari(desk.box.pbx, 'POST', '/bridges/elsewhere', { type: 'mixing' });
      await ari(desk.box.pbx, 'POST', `/bridges/elsewhere/addChannel?channel=${leg(call)}`);
      await together(call);
      return ari(desk.box.pbx, 'DELETE', '/bridges/elsewhere');
    },
  };

  test.each(Object.keys(MOVES))(
    '[D-02] [O-13] %s: noticed at once and brought back, the talk goes on',
    async (move) => {
      const { talk } = await desk.dial('moved', {
        talk: talkWith(async (call) => {
          const before = await together(call);
          await MOVES[move]?.(call);
          await call.pause(300);
          expect(await together(call, 1500)).toEqual(before);
        }),
      });
      await expectTalk(talk);
    },
    LIMIT_MS,
  );

  test(
    '[D-02] [O-13] puts a leg of somebody else into a conversation: it is hung up, the talk goes on',
    async () => {
      const outsider = desk.peer.number(async (call) => {
        await call.answer();
        await call.until('end');
      });
      const { talk } = await desk.dial('moved', {
        talk: talkWith(async (call) => {
          const before = await together(call);
          const intruder = { endpoint: `PJSIP/${outsider}@trunk-peer`, app: 'outdial', channelId: 'intruder' };
          await ari(desk.box.pbx, 'POST', '/channels', intruder);
          await until(
            'the intruder is in',
            () =>
              ari(desk.box.pbx, 'POST', `/bridges/${before.bridge}/addChannel?channel=intruder`).then(isTrue, isNot),
            3000,
          );
          await until('it is gone again', async () => ((await view.legs()).has('intruder') ? undefined : true), 2000);
          expect(await together(call)).toEqual(before);
        }),
      });
      await expectTalk(talk);
    },
    LIMIT_MS,
  );

  test(
    "[D-02] [O-13] takes the agent's leg again and again: the person is given to the other agent",
    async () => {
      const { talk } = await desk.dial('moved', {
        talk: talkWith(async (call) => {
          const first = await together(call);
          const name = await channelName(first.agentLeg);
          for (let i = 0; i < 4; i += 1) {
            await together(call);
            await console_(`bridge kick ${first.bridge} ${name}`);
            await call.pause(400);
          }
          const other = await until(
            'the other agent',
            async () => {
              const now = await conversation(call);
              return now && now.bridge !== first.bridge ? now : undefined;
            },
            5000,
          );
          expect(other.agentLeg).not.toBe(first.agentLeg);
        }),
      });
      expect(talk).toMatchObject({ results: ['connected'] });
      expect(await desk.leftOver(40_000)).toEqual(NOTHING_LEFT);
    },
    LIMIT_MS,
  );
});

describe.each(LISTENING)('with detection %s', (detection) => {
  const campaign = `moved-${detection}`;

  test(
    '[D-02] [D-03] [O-13] the carrier transfers the person, the console moves both legs: refused or brought back, the talk goes on',
    async () => {
      let code: number | undefined;
      const { talk } = await desk.dial(campaign, {
        talk: talkWith(async (call) => {
          const before = await together(call, FOUND_MS);
          code = (await call.refer(`sip:${OURS}@pbx`))?.code;
          await call.pause(500);
          expect(await conversation(call)).toEqual(before);
          for (const moved of [leg(call), before.agentLeg]) {
            await console_(`channel redirect ${await channelName(moved)} outdial-agents,refused,1`);
            await call.pause(300);
            expect(await together(call, 1500)).toEqual(before);
          }
        }),
      });
      expect(code).toBe(603);
      expect(talk).toMatchObject({ results: ['connected'], rows: [{ endedBy: 'person' }] });
      expect(await desk.leftOver()).toEqual(NOTHING_LEFT);
    },
    LIMIT_MS,
  );

  test(
    '[D-01] [O-13] the carrier redirects (302): not followed, the attempt says 302',
    async () => {
      const contact = `<sip:${OURS}@pbx>`;
      const { moved } = await desk.dial(campaign, { moved: (call) => call.refuse(302, [['contact', contact]]) });
      expect(moved.rows[0]).toMatchObject({ sipCode: 302 });
      expect(moved.results[0]).not.toBe('connected');
      expect(await desk.leftOver()).toEqual(NOTHING_LEFT);
    },
    LIMIT_MS,
  );
});

const isTrue = (): true => true;
const isNot = (): undefined => undefined;

/** A request in the dialog of an agent's phone, as that phone would send it. */
async function inDialog({
  method,
  id,
  from,
  to,
}: {
  readonly method: string;
  readonly id: string | undefined;
  readonly from: string;
  readonly to: string;
}): Promise<number | undefined> {
  return askSip(sip(), {
    method,
    from: 'phone',
    headers: [`Refer-To: <sip:${OURS}@pbx>`],
    dialog: { id: id ?? '', from, to, cseq: 90_000 },
  });
}
