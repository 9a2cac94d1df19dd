// What comes from the scripts' files, from agents' browsers and from what their phones write into a registration.

import path from 'node:path';
import { readFileSync } from 'node:fs';
import { readScript } from '../../src/config/script-file.ts';
import { TelephonyRefusal } from '../../src/engine/ports.ts';
import { COMMAND_EXAMPLES } from '../../src/http/wire/desk-examples.ts';
import { scriptActBody } from '../../src/http/wire/scripts.ts';
import { takeAct } from '../../src/script/acts.ts';
import { startScript, type ScriptRun } from '../../src/script/machine.ts';
import { viewOf } from '../../src/script/view.ts';
import { phoneEndpoint } from '../../src/telephony/phone-address.ts';
import { DeskCentre, type Seat } from '../http/desk-centre.ts';
import { requirePlaces, YAML_WORDS } from './file-targets.ts';
import { Broken, type Target } from './fuzz.ts';
import type { TargetEntry } from './targets.ts';

const SCRIPT = readFileSync(path.resolve(import.meta.dirname, '../../config/scripts/example.yaml'), 'utf8');
const JSON_WORDS = ['"', '{', '}', '[', ']', ',', ':', 'null', '1', '-1', '1e9', '__proto__', 'constructor', '\\u0000'];

const scriptFiles: Target = {
  name: 'script-files',
  seeds: [SCRIPT],
  words: [...YAML_WORDS, 'section: ', 'go: ', 'when: ', 'last: yes', '{name}', 'type: several'],
  run(input) {
    const { script, faults } = readScript(input, 'scripts/example.yaml');
    requirePlaces(faults, input);
    if (!script && faults.length === 0) throw new Broken('refused without a fault');
    if (script) viewOf(script, startScript(script), {});
  },
};

/** Acts of a workspace on the example script, one after the other as long as they are let through. */
function scriptActs(): Target {
  const { script } = readScript(SCRIPT, 'scripts/example.yaml');
  if (!script) throw new Error('the example script is faulty');
  let run: ScriptRun = startScript(script);
  const act = (does: object): string => JSON.stringify({ attempt: 'a-1', expects: 0, act: does });
  return {
    name: 'script-acts',
    seeds: [
      act({ do: 'answer', answers: { 'right-person': 'yes' }, forward: true }),
      act({ do: 'answer', answers: { cars: '2', wishes: ['glass'], ends: '2026-12-31', remarks: 'none' } }),
      act({ do: 'forward' }),
      act({ do: 'back', section: 'greeting' }),
      act({ do: 'exit', exit: 'not-interested' }),
    ],
    words: [...JSON_WORDS, 'right-person', 'wishes', 'cars', 'answer', 'back', 'exit'],
    run(input) {
      let sent: unknown;
      try {
        sent = JSON.parse(input);
      } catch {
        return;
      }
      const body = scriptActBody.safeParse(sent);
      if (!body.success) return;
      const step = takeAct(script, run, body.data.act);
      run = step.run.version > 200 ? startScript(script) : step.run;
      const view = viewOf(script, run, { name: 'Ada' });
      if (JSON.stringify(view).length > 100_000) throw new Broken('a script that grows without bounds');
    },
  };
}

/** Commands of an agent who is in a session: never 500, and a refusal has words. */
async function deskCommands(): Promise<Target> {
  const centre = await DeskCentre.open({ agents: 1, records: 3 });
  const seat: Seat = await (await centre.seat()).sitDown();
  return {
    name: 'desk-commands',
    seeds: Object.values(COMMAND_EXAMPLES).map((command) => JSON.stringify(command)),
    words: [...JSON_WORDS, '"key"', '"act"', '"wish"', '"do"', 'interaction'],
    async run(input) {
      let command: unknown;
      try {
        command = JSON.parse(input);
      } catch {
        return;
      }
      if (command === undefined) return;
      const { code, body } = await seat.send(command);
      if (code >= 500 && code !== 503) throw new Broken(`${code}: ${JSON.stringify(body).slice(0, 200)}`);
      if (code >= 400 && !(body.error?.code && body.error.message))
        throw new Broken(`an error without words: ${JSON.stringify(body).slice(0, 200)}`);
    },
    close: () => centre.close(),
  };
}

const phoneAddresses: Target = {
  name: 'phone-addresses',
  seeds: [
    'PJSIP/a100/sip:a100@192.0.2.7:5060;ob;x-ast-orig-host=10.0.0.3:0',
    'PJSIP/a100/sips:a100@[2001:db8::7]:5061;transport=tls;rinstance=4f5e',
    'PJSIP/a100/sip:+19005550100@192.0.2.7:5060;maddr=198.51.100.7',
    'PJSIP/a100/sip:a100@192.0.2.7:5060?Route=%3csip:198.51.100.7%3blr%3e',
  ],
  words: ['maddr=', ';', '?', '&', '%6d', '@', 'PJSIP/', 'sip:', '[', ']', '192.0.2.7', ':5060', '\r\n', '"', '<'],
  run(input) {
    let endpoint: string;
    try {
      endpoint = phoneEndpoint('a100', input);
    } catch (refusal) {
      if (refusal instanceof TelephonyRefusal) return;
      throw refusal;
    }
    if (/[?\s"<>]|;[^;=]*%|;maddr(?:=|;|$)|&[^;]*\//i.test(endpoint)) throw new Broken(`dialed: ${endpoint}`);
  },
};

const same = (target: Target, rounds: number): TargetEntry => ({
  name: target.name,
  rounds,
  start: () => Promise.resolve(target),
});

export const DESK_TARGETS: readonly TargetEntry[] = [
  same(scriptFiles, 150),
  { name: 'script-acts', rounds: 400, start: () => Promise.resolve(scriptActs()) },
  { name: 'desk-commands', rounds: 150, start: deskCommands },
  same(phoneAddresses, 500),
];
