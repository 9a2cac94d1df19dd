// One agent at a desk in a simulated call centre with three records, for tests of records that agents pull.

import { expect } from 'vitest';
import type { Campaign, DeskRules } from '../../../src/campaign/definition.ts';
import type { Rig, RigOptions } from '../../support/rig.ts';
import { desks, type Seat } from './desk-rig.ts';
import { answers } from '../../support/call-plans.ts';
import { USUAL_DESK } from '../../../src/engine/agents/desk-plan.ts';

let rig: Rig | undefined;

/** After each test. */
export async function closeDesk(): Promise<void> {
  await rig?.close();
  rig = undefined;
}

export const MINUTE_MS = 60_000;

interface One {
  readonly on: Rig;
  readonly seat: Seat;
}

export async function oneDesk(
  campaign: Partial<Campaign>,
  { desk = {}, ...options }: Partial<RigOptions> & { desk?: Partial<DeskRules> } = {},
): Promise<One> {
  const attempts = { max: 5, perDay: 5 };
  const whole = { attempts, desk: { ...USUAL_DESK, ...desk }, ...campaign };
  const centre = await desks({ agents: 1, records: 3, plan: answers, campaign: whole, ...options });
  rig = centre.rig;
  const [seat] = centre.seats;
  if (!seat) throw new Error('no seat');
  return { on: centre.rig, seat };
}

export const pull = ({ seat, on }: One, kind: 'preview' | 'manual' = 'preview') =>
  seat.wish({ do: 'get-record', campaign: on.campaign.name, kind });

export async function pulled(one: One, kind: 'preview' | 'manual' = 'preview'): Promise<number> {
  expect(await pull(one, kind)).toBe('done');
  const view = await one.seat.isIn('preview');
  return view.open?.record?.record ?? 0;
}

export const stateOf = async (on: Rig, record: number) => (await on.store.records.show(record))?.state;
