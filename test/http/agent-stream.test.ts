// The stream of an agent's workspace: the state first, then each change at once; numbered, taken up again where it was,
// one for each agent, and never in the way of a call.

import { afterEach, expect, test } from 'vitest';
import { deskBeat, deskTakenOver } from '../../src/http/wire/desk-commands.ts';
import { deskChange, deskView } from '../../src/http/wire/desk.ts';
import { DeskCentre, type Seat } from './desk-centre.ts';
import { stays } from '../support/call-plans.ts';

let centre: DeskCentre | undefined;
afterEach(async () => {
  await centre?.close();
  centre = undefined;
});

async function oneSeat(): Promise<{ on: DeskCentre; seat: Seat }> {
  centre = await DeskCentre.open({ agents: 1, records: 3, plan: stays });
  return { on: centre, seat: await centre.seat() };
}

const stateOf = (data: Record<string, unknown>): unknown => (data['interaction'] as { state?: string } | null)?.state;

test('[A-03] [A-06] the state first, then the session and the call, each as soon as it is there, without time passing', async () => {
  const { on, seat } = await oneSeat();
  const stream = await seat.stream();
  const first = await stream.has('state');
  expect(stream.events[0]).toBe(first);
  expect(deskView.parse(first.data)).toMatchObject({ session: null, interaction: null });

  await seat.sitDown();
  await stream.has('change', (data) => (data['session'] as { state?: string } | null)?.state === 'ready');
  await on.rig.clock.runUntilTrue(() => on.rig.engine.desks.view(seat.agent).open !== undefined, 60_000);
  const change = await stream.has('change', (data) => stateOf(data) === 'talking');

  const { version, ...sections } = deskChange.parse(change.data);
  expect(Object.keys(sections).toSorted()).toEqual(expect.arrayContaining(['at', 'interaction', 'session']));
  expect(sections.campaigns).toBeUndefined();
  expect(version).toBeGreaterThan(deskView.parse(first.data).version);
  const ids = stream.events.flatMap(({ id }) => id ?? []);
  expect(new Set(ids).size).toBe(ids.length);
  stream.close();
});

test('[O-08] the daemon is asked to stop in a call: the page hears of it by the next beat', async () => {
  const { on, seat } = await oneSeat();
  await seat.sitDown();
  await seat.isIn('talking');
  const stream = await seat.stream();
  expect(deskView.parse((await stream.has('state')).data).stopping).toBe(false);
  void on.rig.engine.drain();
  await on.rig.clock.runFor(2_500);
  const change = await stream.has('change', (data) => data['stopping'] === true);
  expect(deskChange.parse(change.data).interaction).toBeUndefined();
  stream.close();
});

test('[A-23] a stream that comes again goes on behind the last event that was read, with what it missed alone', async () => {
  const { seat } = await oneSeat();
  await seat.sitDown();
  await seat.isIn('talking');
  const stream = await seat.stream();
  const last = await stream.has('state');
  stream.close();
  await stream.ended;
  await seat.act({ do: 'write-notes', text: 'written meanwhile', base: 0 });

  const again = await seat.stream(last.id);
  const change = await again.has('change');
  expect(again.of('state')).toEqual([]);
  const { version: _version, at: _at, ...sections } = deskChange.parse(change.data);
  expect(sections).toMatchObject({ interaction: { notes: { text: 'written meanwhile' } } });
  expect(sections).not.toHaveProperty('session');
  again.close();

  for (const strange of ['other-7', `${last.id?.split('-')[0]}-999999`, 'x', '']) {
    const begun = await seat.stream(strange);
    await begun.has('state');
    begun.close();
  }
});

test('[A-23] fifty windows: each newer stream takes over, those before get `taken-over` and end, and the last one works', async () => {
  const { seat } = await oneSeat();
  const streams: Awaited<ReturnType<Seat['stream']>>[] = [];
  for (let window = 0; window < 50; window += 1) {
    const stream = await seat.stream();
    await stream.has('state');
    streams.push(stream);
  }
  const last = streams.pop();
  for (const stream of streams) {
    deskTakenOver.parse((await stream.has('taken-over')).data);
    await stream.ended;
  }
  await seat.sitDown();
  await last?.has('change', (data) => (data['session'] as { state?: string } | null)?.state === 'ready');
  expect(last?.of('taken-over')).toEqual([]);
  last?.close();
});

test('[A-23] a beat every two seconds says that the picture is not stale', async () => {
  const { on, seat } = await oneSeat();
  const stream = await seat.stream();
  await stream.has('state');
  await on.rig.clock.runFor(6_500);
  deskBeat.parse((await stream.has('beat')).data);
  expect(stream.of('beat').length).toBeGreaterThanOrEqual(1);
  expect(stream.of('beat').every(({ id }) => id === undefined)).toBe(true);
  stream.close();
});

test('[A-11] [A-23] the window is closed with a record open: no more comes, and after five minutes the record is at the top', async () => {
  centre = await DeskCentre.open({ agents: 1, records: 3, plan: stays, campaign: { mode: 'preview' } });
  const { rig } = centre;
  const seat = await centre.seat();
  const stream = await seat.stream();
  await seat.sitDown();
  await seat.wish({ do: 'get-record', campaign: rig.campaign.name });
  const { interaction } = await seat.isIn('preview');
  const record = interaction?.record?.record ?? 0;
  await rig.clock.runFor(10 * 60_000);
  expect((await rig.store.records.show(record))?.state).toBe('dialing');

  stream.close();
  await stream.ended;
  const shows = () => rig.engine.desks.view(seat.agent);
  expect(await rig.clock.runUntilTrue(() => shows().session?.takes === false, 40_000)).toBe(true);
  expect(await rig.clock.runUntilTrue(() => shows().open === undefined, 6 * 60_000)).toBe(true);

  expect((await rig.store.records.show(record))?.state).toBe('waiting');
  const { interaction: left, session, campaigns } = await seat.view();
  expect([left, session?.pause?.code, campaigns[0]?.action]).toEqual([null, 'page-closed', 'get-record']);
});

test('[S-07] signed out: the stream ends, and the conversation goes on', async () => {
  const { on, seat } = await oneSeat();
  await seat.sitDown();
  await seat.isIn('talking');
  const stream = await seat.stream();
  await stream.has('state');
  expect((await seat.browser.ask('DELETE', '/api/session')).code).toBe(200);
  await stream.ended;
  await on.rig.clock.runFor(10_000);
  expect(on.rig.engine.desks.view(seat.agent).open?.state).toBe('talking');
  expect((await seat.browser.ask('GET', '/api/agent')).code).toBe(401);
});

test('[D-06] mute and hold travel as the section `call`, as the exchange has them, with whom the person may be given to', async () => {
  const { on, seat } = await oneSeat();
  const order = (what: string) => on.rig.clock.settle(seat.browser.ask('POST', `/api/agent/call/${what}`), 60_000);
  await seat.sitDown();
  await seat.isIn('talking');
  const stream = await seat.stream();
  const { data } = await stream.has('state');
  expect(deskView.parse(data).call).toMatchObject({
    agent: seat.agent,
    muted: false,
    changing: [],
    parties: ['person'],
    transfer: { destinations: [], anyNumber: false, agents: true },
  });

  expect((await order('mute')).code).toBe(200);
  const muted = await stream.has('change', ({ call }) => (call as { muted?: boolean } | null)?.muted === true);
  expect(muted.data).not.toHaveProperty('interaction');
  await order('hold');
  const held = await stream.has(
    'change',
    ({ call }) => typeof (call as { heldSince?: number } | null)?.heldSince === 'number',
  );
  expect(deskChange.parse(held.data).call).toMatchObject({ muted: true, parties: [] });

  await order('hang-up');
  await stream.has('change', ({ call }) => call === null);
  expect((await seat.browser.ask('GET', '/api/agent/call/agents')).body).toEqual([]);
  stream.close();
});
