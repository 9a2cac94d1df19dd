// Every campaign's pacer is asked now: what has changed may let it dial, and nothing else may happen that would ask it.

import type { Hub } from '../hub.ts';

export function paceAll({ world, post }: Pick<Hub, 'world' | 'post'>): void {
  for (const campaign of world.campaigns.keys()) post({ type: 'pace', campaign });
}
