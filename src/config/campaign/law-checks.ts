// Whether a campaign's file and its rule packs fit together: packs that are there and without fault, the fields and
// lists that they need, values of the file that they override.

import { formatDuration, formatShare, parseDuration, parseShare } from '../../base/durations.ts';
import { didYouMean } from '../../base/nearest.ts';
import { clauseName, demandsOf } from '../../campaign/rule-pack.ts';
import type { RulePack } from '../../campaign/rule-pack.ts';
import { graveFaults } from '../faults.ts';
import type { ConfigFault } from '../faults.ts';
import { findPack, packNames } from '../rule-packs.ts';
import type { Path, Source } from '../source.ts';
import { valueAt } from '../validate.ts';

export interface CheckedLaw {
  /** Those that are there and without fault, in the order of the file, each once. */
  readonly packs: readonly RulePack[];
  readonly faults: readonly ConfigFault[];
}

/** Reads the packs that the source names from `folders`, and checks what they need. */
export function checkLaw(source: Source, folders: readonly string[]): CheckedLaw {
  const faults: ConfigFault[] = [];
  const packs: RulePack[] = [];
  const names = valueAt(source.value, ['rules']);
  for (const [index, name] of (Array.isArray(names) ? names : []).entries()) {
    if (typeof name !== 'string' || name === '') continue;
    const read = readNamed(source, { name, path: ['rules', index] }, folders);
    faults.push(...read.faults);
    if (read.pack && !packs.some((pack) => pack.name === name)) packs.push(read.pack);
  }
  return { packs, faults: [...faults, ...needs(source, packs), ...overridden(source, packs)] };
}

function readNamed(
  source: Source,
  { name, path }: { readonly name: string; readonly path: Path },
  folders: readonly string[],
): { readonly pack?: RulePack; readonly faults: readonly ConfigFault[] } {
  const place = source.placeOf(path);
  const found = findPack(name, folders);
  if (!found) {
    const known = packNames(folders);
    const hint = `Known: ${known.join(', ') || 'none'}.${didYouMean(name, known)} Looked in ${folders.join(' and ')}.`;
    return { faults: [{ ...place, severity: 'fault', message: `There is no rule pack ${name}.`, hint }] };
  }
  if (graveFaults(found.faults).length === 0) return found;
  const message = `The rule pack ${found.file} has faults.`;
  return {
    faults: [...found.faults, { ...place, severity: 'fault', message, hint: 'They are reported beside this one.' }],
  };
}

/** What packs need of the file, or compliance is your responsibility. */
function needs(source: Source, packs: readonly RulePack[]): readonly ConfigFault[] {
  const at = (path: Path): unknown => valueAt(source.value, path);
  const faults: ConfigFault[] = [];
  const [consent] = demandsOf(packs, 'consent');
  if (consent && at(['person', 'consent']) === undefined) {
    const message = `${clauseName(consent.pack, consent.clause)} forbids calls without consent (${consent.clause.citation}).`;
    const hint = 'Name the field that says so: person: {consent: FIELD}.';
    faults.push({ ...source.placeOf(['rules']), severity: 'fault', message, hint });
  }
  const refusal = demandsOf(packs, 'quiet').find(({ clause }) => clause.after === 'refusal');
  if (refusal && !isList(at(['refusals']))) {
    const message = `${clauseName(refusal.pack, refusal.clause)} needs to know which dispositions are a refusal.`;
    const hint = 'Name them: refusals: [no-interest].';
    faults.push({ ...source.placeOf(['rules']), severity: 'warning', message, hint });
  }
  const honoured = at(['do_not_call']);
  for (const { pack, clause } of demandsOf(packs, 'do-not-call')) {
    if (Array.isArray(honoured) && honoured.includes(clause.list)) continue;
    const message = `${clauseName(pack, clause)} wants the do-not-call list ${clause.list} honoured (${clause.citation}).`;
    const hint = `Import it and write do_not_call: [${clause.list}]; without it compliance is your responsibility.`;
    faults.push({ ...source.placeOf(['rules']), severity: 'warning', message, hint });
  }
  return [...faults, ...unanswered(source, packs)];
}

/** Laws that want the caller reachable, and numbers that are not answered. */
function unanswered(source: Source, packs: readonly RulePack[]): readonly ConfigFault[] {
  const taken = !['no', 'false'].includes(String(valueAt(source.value, ['inbound', 'take'])));
  if (taken || valueAt(source.value, ['caller_ids', 'answered']) === 'elsewhere') return [];
  return demandsOf(packs, 'caller-id')
    .filter(({ clause }) => clause.answered)
    .map(({ pack, clause }) => {
      const message = `${clauseName(pack, clause)} wants whoever calls the shown number to reach you (${clause.citation}).`;
      const hint =
        'Write inbound: {take: yes}, or caller_ids: {answered: elsewhere} where another system takes those calls.';
      return { ...source.placeOf(['inbound', 'take']), severity: 'fault', message, hint };
    });
}

function isList(value: unknown): boolean {
  return Array.isArray(value) && value.length > 0;
}

/** Values of the file that the packs make stricter. */
function overridden(source: Source, packs: readonly RulePack[]): readonly ConfigFault[] {
  const warn = (path: Path, message: string): ConfigFault => ({
    ...source.placeOf(path),
    severity: 'warning',
    message,
    hint: 'The stricter value holds; write it here to be without this warning.',
  });
  const durationAt = (path: Path): number | undefined => parsed(valueAt(source.value, path), parseDuration);
  const targetPath = ['pacing', 'abandon_target'];
  const target = parsed(valueAt(source.value, targetPath), parseShare);
  return [
    ...demandsOf(packs, 'ring').flatMap(({ pack, clause }) =>
      [
        ['pacing', 'ring'],
        ['pacing', 'min_ring'],
      ]
        .filter((path) => (durationAt(path) ?? Infinity) < clause.leastMs)
        .map((path) => warn(path, `${clauseName(pack, clause)} demands at least ${formatDuration(clause.leastMs)}.`)),
    ),
    ...demandsOf(packs, 'message').flatMap(({ pack, clause }) =>
      (durationAt(['answer', 'no_agent', 'after']) ?? 0) > clause.withinMs
        ? [
            warn(
              ['answer', 'no_agent', 'after'],
              `${clauseName(pack, clause)} demands ${formatDuration(clause.withinMs)} at most.`,
            ),
          ]
        : [],
    ),
    ...demandsOf(packs, 'retention').flatMap(({ pack, clause }) =>
      clause.of.includes('recordings') && (durationAt(['recording', 'keep']) ?? Infinity) < clause.leastMs
        ? [
            warn(
              ['recording', 'keep'],
              `${clauseName(pack, clause)} demands at least ${formatDuration(clause.leastMs)}.`,
            ),
          ]
        : [],
    ),
    ...demandsOf(packs, 'abandonment').flatMap(({ pack, clause }) =>
      (target ?? 0) > clause.most
        ? [warn(targetPath, `${clauseName(pack, clause)} allows ${formatShare(clause.most)} at most.`)]
        : [],
    ),
  ];
}

function parsed(value: unknown, parse: (text: string) => number | undefined): number | undefined {
  return typeof value === 'string' ? parse(value) : undefined;
}
