// What a schema cannot tell of a campaign's file: conditions, cron expressions, doubled codes and keys, things that do
// not go together or are not there. Looks at the file's texts, so that it finds its faults beside the schema's.

import { compileCallAgain } from '../conditions/conditions.ts';
import type { Compiled } from '../conditions/conditions.ts';
import { parseDuration } from '../base/durations.ts';
import { didYouMean } from '../base/nearest.ts';
import { PHONE_TYPES, RESULTS } from '../terms.ts';
import { checkAfterCall } from './after-call-checks.ts';
import { checkCallerIds } from './caller-id-checks.ts';
import type { CampaignContext, Checking, Tell } from './checking.ts';
import { checkScreenPop } from './agent-texts.ts';
import type { ConfigFault } from './faults.ts';
import { checkDesk } from './desk.ts';
import { checkFields } from './field-checks.ts';
import { checkFieldNames } from './field-name-checks.ts';
import { checkFilter, checkLists } from './list-checks.ts';
import { checkRecording } from './recording-checks.ts';
import type { Path, Source } from './source.ts';
import { valueAt } from './validate.ts';

/** All faults and warnings that these checks find. */
export function checkCampaign(source: Source, context: CampaignContext): readonly ConfigFault[] {
  const faults: ConfigFault[] = [];
  const tell: Tell = (path, message, hint, severity = 'fault') => {
    faults.push({ ...source.placeOf(path), severity, message, hint });
  };
  const checking = { source, context, at: (path: Path) => valueAt(source.value, path), tell, faults };
  for (const check of [
    checkLists,
    checkFilter,
    checkConditions,
    checkAfterCall,
    checkKeyed,
    checkWrapUp,
    checkRing,
    checkKnown,
    checkAnswer,
    checkCallerIds,
    checkRecording,
    checkFields,
    checkFieldNames,
    checkScreenPop,
    checkDesk,
  ]) {
    check(checking);
  }
  return faults;
}

function checkConditions(checking: Checking): void {
  const { at } = checking;
  const codes = strings(entries(at(['dispositions'])).map(([, item]) => valueAt(item, ['code'])));
  const words = { result: RESULTS, phone_type: PHONE_TYPES, disposition: ['', ...codes] };
  for (const [index, rule] of entries(at(['call_again']))) {
    const when = valueAt(rule, ['when']);
    if (typeof when !== 'string' || when === '') continue;
    conditionFaults(checking, ['call_again', index, 'when'], compileCallAgain(when, { words }));
  }
}

function conditionFaults({ source, faults }: Checking, path: Path, compiled: Compiled<never>): void {
  if (compiled.ok) return;
  for (const { column, message, hint } of compiled.faults) {
    faults.push({ ...source.placeWithin(path, column - 1), severity: 'fault', message, hint });
  }
}

/** Codes and keys of dispositions and pause reasons are each there once. */
function checkKeyed({ at, tell }: Checking): void {
  for (const list of ['dispositions', 'pause_reasons']) {
    for (const part of ['code', 'key']) {
      const seen = new Map<string, number>();
      for (const [index, item] of entries(at([list]))) {
        const value = valueAt(item, [part]);
        if (typeof value !== 'string' || value === '') continue;
        const first = seen.get(value);
        if (first === undefined) seen.set(value, index);
        else
          tell(
            [list, index, part],
            `The ${part} ${value} is there already (${list}[${first}]).`,
            `Give each its own ${part}.`,
          );
      }
    }
  }
}

function checkWrapUp({ at, tell }: Checking): void {
  if (at(['wrap_up', 'disposition']) !== 'required') return;
  const dispositions = entries(at(['dispositions']));
  const path = ['wrap_up', 'disposition'];
  if (dispositions.length === 0)
    tell(path, 'A disposition is required, but there is none.', 'Add dispositions, or write optional.');
  else if (!dispositions.some(([, item]) => valueAt(item, ['key']) !== undefined)) {
    tell(
      path,
      'A disposition is required, but none has a key: agents could not give one by phone.',
      'Give each a key.',
    );
  }
}

function checkRing({ at, tell }: Checking): void {
  const ring = durationOf(at(['pacing', 'ring']) ?? '25s');
  const minRing = durationOf(at(['pacing', 'min_ring']) ?? '15s');
  // A ring below the legal one is told by the schema.
  if (ring === undefined || minRing === undefined || ring >= minRing || ring < 15_000) return;
  const path = at(['pacing', 'ring']) === undefined ? ['pacing', 'min_ring'] : ['pacing', 'ring'];
  tell(path, 'Calls would be given up before min_ring is over.', 'Let ring be at least as long as min_ring.');
}

function checkAnswer({ at, tell }: Checking): void {
  const leaves = at(['answer', 'on_machine']) === 'leave-message';
  if (leaves && (at(['answer', 'detection']) ?? 'off') === 'off') {
    const hint = 'Write detection: before-agent or parallel.';
    tell(['answer', 'on_machine'], 'Without detection no machine is known, and none is left a message.', hint);
  }
  if (!leaves && at(['answer', 'message']) !== undefined) {
    const hint = 'Write on_machine: leave-message, or take the message out.';
    tell(['answer', 'message'], 'The message is never left.', hint, 'warning');
  }
  const after = durationOf(at(['answer', 'no_agent', 'after']) ?? '2s');
  if (after === undefined || after <= 2000) return;
  const hint = 'The rules of the US (47 CFR 64.1200) and the UK (Ofcom) say 2s.';
  tell(['answer', 'no_agent', 'after'], 'A person without an agent waits longer than 2 seconds.', hint, 'warning');
}

function checkKnown({ at, tell, context }: Checking): void {
  const trunk = at(['trunk']);
  const trunks: readonly (readonly [Path, unknown])[] = Array.isArray(trunk)
    ? entries(trunk).map(([index, item]) => [['trunk', index], item] as const)
    : [[['trunk'], trunk]];
  for (const [path, item] of trunks) {
    if (typeof item !== 'string' || item === '' || !context.trunks || context.trunks.includes(item)) continue;
    const known = `Known: ${context.trunks.join(', ') || 'none'}.`;
    tell(path, `There is no trunk ${item} in outdial.yaml.`, `${known}${didYouMean(item, context.trunks)}`);
  }
  for (const [index, item] of entries(at(['agents']))) {
    if (typeof item !== 'string' || item === '' || !context.groups || context.groups.includes(item)) continue;
    const hint = `Put agents into it: outdial agent add --group.${didYouMean(item, context.groups)}`;
    tell(['agents', index], `There is no agent group ${item} yet.`, hint, 'warning');
  }
}

function entries(value: unknown): readonly (readonly [number, unknown])[] {
  return Array.isArray(value) ? value.map((item: unknown, index) => [index, item] as const) : [];
}

function strings(values: readonly unknown[]): string[] {
  return values.filter((value) => typeof value === 'string');
}

function durationOf(value: unknown): number | undefined {
  return typeof value === 'string' ? parseDuration(value) : undefined;
}
