// The engine's ports, every call of which passes one function: what is written down of them, and what is played back,
// both go through here. A port is named by its place among the engine's parts: `store.attempts.open`.

import type { EngineParts } from '../hub.ts';
import type { OptionalPart } from './lines.ts';

/** Asks the outside; answers as it does. */
export type Pass = (port: string, args: readonly unknown[]) => Promise<unknown>;

/** Those that answer by promise. */
type Asked =
  | 'telephony'
  | 'store'
  | 'verifySecret'
  | 'supervisorOf'
  | 'loadCampaigns'
  | 'callRecords'
  | 'validator'
  | 'recordings'
  | 'soundFiles';

const ALWAYS = ['telephony', 'store'] as const;
const WHERE_THERE = ['callRecords', 'validator', 'recordings', 'soundFiles'] as const;

export function passedPorts(
  pass: Pass,
  has: ReadonlySet<OptionalPart>,
): Pick<EngineParts, Asked> & Pick<EngineParts, 'rereadCampaigns'> {
  const objects = [...ALWAYS, ...WHERE_THERE.filter((name) => has.has(name))].map((name) => [name, passed(pass, name)]);
  const functions = {
    verifySecret: (...args: unknown[]) => pass('verifySecret', args),
    supervisorOf: (...args: unknown[]) => pass('supervisorOf', args),
    loadCampaigns: () => pass('loadCampaigns', []),
    ...(has.has('rereadCampaigns') ? { rereadCampaigns: () => pass('rereadCampaigns', []) } : {}),
  };
  return { ...Object.fromEntries(objects), ...functions } as Pick<EngineParts, Asked>;
}

/** Callable, and what hangs below it too. */
function passed(pass: Pass, port: string): unknown {
  const known = new Map<string, unknown>();
  return new Proxy((...args: unknown[]) => pass(port, args), {
    get(_target, name): unknown {
      if (typeof name !== 'string' || name === 'then') return undefined;
      const below = known.get(name) ?? passed(pass, `${port}.${name}`);
      known.set(name, below);
      return below;
    },
  });
}
