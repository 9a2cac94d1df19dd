// The table of docs/rules.md: every clause of every pack that comes with outdial, made from the packs themselves.

import { formatDuration } from '../../src/base/durations.ts';
import type { Clause, MinuteSpan, RulePack, Span } from '../../src/campaign/rule-pack.ts';
import { describeDefinition } from '../../src/rules/abandonment.ts';
import { VECTORS } from '../rules/vectors.ts';
import { findPack, packNames, SHIPPED_RULES } from '../../src/config/rule-packs.ts';

/** The page with its tables made again. */
export function withRuleTables(page: string): string {
  return page.replace(/(<!-- packs -->\n)[\s\S]*?(<!-- end -->)/, (_, open: string, close: string) => {
    const packs = packNames([SHIPPED_RULES]).flatMap((name) => findPack(name, [SHIPPED_RULES])?.pack ?? []);
    return `${open}\n${summary(packs)}\n\n${packs.map(packTable).join('\n\n')}\n\n${close}`;
  });
}

function summary(packs: readonly RulePack[]): string {
  const clauses = packs.flatMap(({ clauses: own }) => own);
  const verified = clauses.filter(({ checked }) => checked !== null).length;
  const vectors = Object.values(VECTORS).flat().length;
  return `${packs.length} packs, ${clauses.length} clauses, ${verified} of them held against the public text, ${vectors} test vectors.`;
}

function packTable(pack: RulePack): string {
  const where = `${pack.countries.join(', ')}${pack.states.length === 0 ? '' : `: ${pack.states.join(', ')}`}`;
  const rows = pack.clauses.map(
    (clause) =>
      `| \`${clause.id}\` | ${clause.says} | ${demandText(clause)} | ${clause.citation} | ${clause.checked ?? '**unverified**'} | ${VECTORS[`${pack.name}/${clause.id}`]?.length ?? 0} |`,
  );
  return [
    `### ${pack.name}`,
    `${pack.title}. Protects people in ${where}.`,
    '',
    '| clause | demands | as outdial counts it | citation | checked | vectors |',
    '|---|---|---|---|---|---|',
    ...rows,
  ].join('\n');
}

function demandText(clause: Clause): string {
  switch (clause.kind) {
    case 'hours':
      return hoursText(clause.week, clause.onHolidays);
    case 'attempts':
      return `${clause.most} per ${clause.per} in ${spanText(clause.within)}${unless(clause.unless)}`;
    case 'quiet':
      return `${spanText(clause.for)} per ${clause.per} after ${clause.after}${unless(clause.unless)}${
        clause.thenAgentEngaged ? ', then with an agent engaged' : ''
      }`;
    case 'abandonment':
      return describeDefinition({ name: '', ...clause });
    case 'do-not-call':
      return `list \`${clause.list}\`${clause.greatestAgeMs === null ? '' : `, at most ${formatDuration(clause.greatestAgeMs)} old`}`;
    case 'ring':
      return `at least ${formatDuration(clause.leastMs)}`;
    case 'message':
      return `within ${formatDuration(clause.withinMs)}`;
    case 'retention':
      return `${clause.of.join(' and ')} at least ${formatDuration(clause.leastMs)}`;
    case 'recording':
      return clause.consent;
    case 'emergency':
      return 'no calls while one is declared';
    case 'consent':
      return 'a field of the contact says so';
    case 'caller-id':
      return callerIdText(clause);
  }
}

function callerIdText({ answered, reachableMs }: Extract<Clause, { kind: 'caller-id' }>): string {
  const time = reachableMs === 0 ? '' : ` for ${formatDuration(reachableMs)}`;
  return answered ? `shown, and answered${time}` : 'shown';
}

function unless(excuses: readonly string[]): string {
  return excuses.length === 0 ? '' : `, unless ${excuses.join(' or ')}`;
}

function spanText(span: Span): string {
  if (span.unit === 'time') return formatDuration(span.ms);
  return span.days === 1 ? 'a local day' : `${span.days} local days`;
}

const DAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];

function hoursText(week: readonly (readonly MinuteSpan[])[], onHolidays: readonly MinuteSpan[] | null): string {
  const byHours = new Map<string, string[]>();
  for (const day of [1, 2, 3, 4, 5, 6, 0]) {
    const text = spansText(week[day] ?? []);
    byHours.set(text, [...(byHours.get(text) ?? []), DAYS[day] ?? '']);
  }
  const days = [...byHours].map(([hours, names]) => `${names.length === 7 ? 'daily' : names.join(' ')} ${hours}`);
  const holidays = onHolidays === null ? [] : [`holidays ${spansText(onHolidays)}`];
  return [...days, ...holidays].join('; ');
}

function spansText(spans: readonly MinuteSpan[]): string {
  return spans.length === 0 ? 'closed' : spans.map(({ from, to }) => `${clock(from)}–${clock(to)}`).join(', ');
}

function clock(minutes: number): string {
  return `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, '0')}`;
}
