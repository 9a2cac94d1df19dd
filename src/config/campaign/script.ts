// The script that a campaign names, read from the folder scripts beside the campaigns; and whether the questions that the
// campaign's conditions ask for are asked anywhere. A question with a typing error would otherwise never have an answer.

import { defined } from '../../base/defined.ts';
import { join } from 'node:path';
import { didYouMean } from '../../base/nearest.ts';
import { compileCallAgain, compileFilter, type NamedField } from '../../conditions/conditions.ts';
import { questionsOf, type Question, type Script } from '../../script/script.ts';
import type { CampaignContext } from '../checking.ts';
import { graveFaults, type ConfigFault } from '../faults.ts';
import { fieldsOfLists } from './field-names.ts';
import { readScriptFile, scriptFiles } from '../script-file.ts';
import type { Path, Source } from '../source.ts';
import { valueAt } from '../validate.ts';

/** The script of the campaign whose file stands in a folder beside `above`/scripts; absent: it names none, or a faulty one. */
export function checkScript(
  source: Source,
  above: string,
  context: CampaignContext,
): { readonly script?: Script; readonly faults: readonly ConfigFault[] } {
  const folder = join(above, 'scripts');
  const written = valueAt(source.value, ['script']);
  // As its name, or as its file.
  const name = typeof written === 'string' ? written.replace(/^scripts\/|\.ya?ml$/g, '') : '';
  const { script, faults } = name === '' ? NO_SCRIPT : named({ source, folder, context }, name);
  const questions = [...askedInRules(source, script), ...askedInFilter(source, folder, context)];
  return { ...defined({ script }), faults: [...faults, ...questions] };
}

interface NamedScript {
  readonly script?: Script;
  readonly faults: readonly ConfigFault[];
}

const NO_SCRIPT: NamedScript = { faults: [] };

interface Around {
  readonly source: Source;
  readonly folder: string;
  readonly context: CampaignContext;
}

function named({ source, folder, context }: Around, name: string): NamedScript {
  const files = scriptFiles(folder);
  const file = files.get(name);
  if (file === undefined) {
    const known = [...files.keys()];
    const hint = known.length === 0 ? `${folder} has no scripts.` : `Scripts: ${known.join(', ')}.`;
    const message = `There is no script ${name}.`;
    const more = didYouMean(name, known);
    return { faults: [{ ...source.placeOf(['script']), severity: 'fault', message, hint: `${hint}${more}` }] };
  }
  const { script, faults = [] } = readScriptFile(file, fieldsOf(source, context)) ?? {};
  if (script !== undefined && graveFaults(faults).length === 0) return { script, faults };
  const message = `The script ${name} cannot be used.`;
  const hint = 'outdial check shows what is wrong in its file.';
  return { faults: [{ ...source.placeOf(['script']), severity: 'fault', message, hint }, ...faults] };
}

/** Names that a script's texts may stand for: fields of the campaign's lists, its own, and the person's name. */
function fieldsOf(source: Source, context: CampaignContext): readonly string[] | undefined {
  const known = fieldsOfLists({ at: (path) => valueAt(source.value, path), context });
  const declared = valueAt(source.value, ['fields']);
  const own = (Array.isArray(declared) ? declared : []).map((item: unknown) => valueAt(item, ['field']));
  return known && ['name', ...known, ...own.filter((field) => typeof field === 'string')];
}

/** Call-again rules see the answers of the conversation: to the campaign's own script, texts too. */
function askedInRules(source: Source, script: Script | undefined): readonly ConfigFault[] {
  const rules = valueAt(source.value, ['call_again']);
  const known = script?.sections.flatMap(questionsOf).map(({ ask }) => ask) ?? [];
  return (Array.isArray(rules) ? rules : []).flatMap((rule: unknown, index): readonly ConfigFault[] => {
    const when = valueAt(rule, ['when']);
    const path = ['call_again', index, 'when'];
    const asked = typeof when === 'string' ? questionsIn(compileCallAgain(when)) : [];
    const whose = script === undefined ? 'The campaign has no script' : `The script ${script.name} has no question`;
    return asked.filter(({ field }) => !known.includes(field)).map((one) => doubt(source, path, { one, known, whose }));
  });
}

/** Filters see a person's latest answers to any script, but for texts. */
function askedInFilter(source: Source, folder: string, { filters }: CampaignContext): readonly ConfigFault[] {
  const written = valueAt(source.value, ['filter']);
  const saved = valueAt(written, ['saved']);
  const expression = typeof written === 'string' ? written : filters?.get(typeof saved === 'string' ? saved : '');
  const asked = expression === undefined ? [] : questionsIn(compileFilter(expression));
  if (asked.length === 0) return [];
  const questions = [...scriptFiles(folder).values()].flatMap(
    (file) => readScriptFile(file)?.script?.sections.flatMap(questionsOf) ?? [],
  );
  const path = typeof written === 'string' ? ['filter'] : ['filter', 'saved'];
  const known = [...new Set(questions.filter(({ type }) => type !== 'text').map(({ ask }) => ask))];
  return asked
    .filter(({ field }) => !known.includes(field))
    .map((one) => {
      if (isText(questions, one.field)) return textDoubt(source, path, one);
      return doubt(source, path, { one, known, whose: 'No script has a question' });
    });
}

const isText = (questions: readonly Question[], name: string): boolean => questions.some(({ ask }) => ask === name);

const questionsIn = (
  compiled: { readonly ok: true; readonly questions: readonly NamedField[] } | { readonly ok: false },
): readonly NamedField[] => (compiled.ok ? compiled.questions : []);

interface Doubt {
  readonly one: NamedField;
  readonly known: readonly string[];
  /** What has no such question. */
  readonly whose: string;
}

function doubt(source: Source, path: Path, { one, known, whose }: Doubt): ConfigFault {
  const { field } = one;
  const message = `${whose}${whose.endsWith('question') ? ` ${field}` : `: ${field} is never answered`}.`;
  const hint = `${known.length === 0 ? 'No questions are known.' : `Questions: ${known.join(', ')}.`}${didYouMean(field, known)}`;
  return { ...placeOf(source, path, one), severity: 'warning', message, hint };
}

function textDoubt(source: Source, path: Path, one: NamedField): ConfigFault {
  const message = `The answer to ${one.field} is a free text, which filters do not see.`;
  const hint = 'Ask for it as a choice, or use it in call_again.';
  return { ...placeOf(source, path, one), severity: 'warning', message, hint };
}

function placeOf(source: Source, path: Path, { column }: NamedField): Pick<ConfigFault, 'file' | 'line' | 'column'> {
  return path.at(-1) === 'saved' ? source.placeOf(path) : source.placeWithin(path, column - 1);
}
