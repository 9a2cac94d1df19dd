// Walks every branch of a script before anybody reads it out: dead ends, sections that no answer leads to, circles without
// an end, conditions on what was not asked, fields that no record has. Places are paths into the script's file.

import { fieldsIn } from './answers.ts';
import { isQuestion, questionsOf, type Branch, type Question, type Script, type Section } from './script.ts';

export interface ScriptFault {
  /** Keys and indexes from the top of the file. */
  readonly path: readonly (string | number)[];
  /** Characters into the value at the path. */
  readonly offset?: number;
  readonly message: string;
  readonly hint: string;
  readonly severity: 'fault' | 'warning';
}

/** Everything that is wrong with a script. `fields`: names that records have; absent: not known. */
export function walkScript(script: Script, fields?: readonly string[]): readonly ScriptFault[] {
  const walk = new Walk(script, fields);
  return walk.faults();
}

class Walk {
  readonly #script: Script;
  readonly #fields: readonly string[] | undefined;
  readonly #faults: ScriptFault[] = [];
  readonly #sections: ReadonlyMap<string, Section>;
  readonly #questions = new Map<string, Question>();

  constructor(script: Script, fields: readonly string[] | undefined) {
    this.#script = script;
    this.#fields = fields;
    this.#sections = new Map(script.sections.map((section) => [section.section, section]));
  }

  faults(): readonly ScriptFault[] {
    this.#names();
    const { start, exits, sections } = this.#script;
    this.#leads(['start'], start);
    for (const [index, { go }] of exits.entries()) this.#leads(['exits', index, 'go'], go);
    for (const [index, section] of sections.entries()) this.#section(section, index);
    this.#reach();
    return this.#faults;
  }

  #report(path: ScriptFault['path'], message: string, hint: string, more: Partial<ScriptFault> = {}): void {
    this.#faults.push({ path, message, hint, severity: 'fault', ...more });
  }

  /** Sections, exits and questions are there once each. */
  #names(): void {
    const { sections, exits } = this.#script;
    const once = (seen: Set<string>, name: string, path: ScriptFault['path']): void => {
      if (seen.has(name)) this.#report(path, `${name} is there already.`, 'Give each its own name.');
      seen.add(name);
    };
    const [named, left, asked] = [new Set<string>(), new Set<string>(), new Set<string>()];
    for (const [index, { exit }] of exits.entries()) once(left, exit, ['exits', index, 'exit']);
    for (const [index, section] of sections.entries()) {
      once(named, section.section, ['sections', index, 'section']);
      for (const [place, part] of section.parts.entries()) {
        if (!isQuestion(part)) continue;
        once(asked, part.ask, ['sections', index, 'parts', place, 'ask']);
        this.#questions.set(part.ask, part);
      }
    }
  }

  #leads(path: ScriptFault['path'], to: string): void {
    if (this.#sections.has(to)) return;
    this.#report(path, `There is no section ${to}.`, `Sections: ${[...this.#sections.keys()].join(', ')}.`);
  }

  #section(section: Section, index: number): void {
    const at = ['sections', index] as const;
    for (const [place, part] of section.parts.entries()) {
      const [key, text] = isQuestion(part) ? ['text', part.text] : ['say', part.say];
      this.#text([...at, 'parts', place, key], text);
    }
    if (section.isLast && section.next.length > 0) {
      this.#report([...at, 'next'], 'The script is over after this section.', 'Leave out `next`, or `last: yes`.');
    }
    for (const [place, branch] of section.next.entries()) this.#branch([...at, 'next', place], branch);
    if (!section.isLast) this.#deadEnd(at, section);
  }

  #text(path: ScriptFault['path'], text: string): void {
    const known = this.#fields;
    if (known === undefined) return;
    for (const { field, index } of fieldsIn(text)) {
      if (known.includes(field)) continue;
      const hint = known.length === 0 ? 'No list of the campaign has fields.' : `Fields: ${known.join(', ')}.`;
      this.#report(path, `No record has a field ${field}.`, hint, { offset: index, severity: 'warning' });
    }
  }

  #branch(path: ScriptFault['path'], { when, go }: Branch): void {
    this.#leads([...path, 'go'], go);
    for (const [name, values] of Object.entries(when)) {
      const question = this.#questions.get(name);
      if (question === undefined) {
        this.#report(
          [...path, 'when', name],
          `${name} is asked nowhere in the script.`,
          'Name a question of the script.',
        );
        continue;
      }
      if (question.type !== 'choice' && question.type !== 'several') {
        this.#report(
          [...path, 'when', name],
          `${name} has no choices to branch by.`,
          'Branch by a choice, or by several.',
        );
        continue;
      }
      for (const value of values) {
        if (question.choices.some(({ code }) => code === value)) continue;
        const codes = question.choices.map(({ code }) => code).join(', ');
        this.#report([...path, 'when', name], `${value} is no answer of ${name}.`, `Its answers: ${codes}.`);
      }
    }
  }

  /** Answers with which a section leads nowhere. */
  #deadEnd(at: ScriptFault['path'], section: Section): void {
    const { next } = section;
    if (next.some(({ when }) => Object.keys(when).length === 0)) return;
    const name = next.length === 0 ? undefined : this.#uncovered(section);
    if (next.length > 0 && name === undefined) return;
    const how = name === undefined ? '' : ` when ${name}`;
    this.#report(
      next.length === 0 ? at : [...at, 'next'],
      `Section ${section.section} is a dead end${how}.`,
      next.length === 0
        ? 'Say `last: yes`, or where it goes on with `next`.'
        : 'End `next` with a branch without `when`.',
    );
  }

  /** In words, an answer that none of the branches takes; undefined: all are taken, by one required choice alone. */
  #uncovered({ next, ...section }: Section): string | undefined {
    const [first = ''] = Object.keys(next[0]?.when ?? {});
    const question = questionsOf({ next, ...section }).find(({ ask }) => ask === first);
    if (question?.type !== 'choice') return 'no branch fits the answers';
    if (!question.required) return `${first} is not answered`;
    const alone = next.filter(({ when }) => Object.keys(when).join() === first);
    const taken = new Set(alone.flatMap(({ when }) => when[first] ?? []));
    const left = question.choices.find(({ code }) => !taken.has(code));
    return left === undefined ? undefined : `${first} is ${left.code}`;
  }

  /** A dead end, and a way to a section that is not there, are faults of their own. */
  #mayEnd({ isLast, next }: Section): boolean {
    return isLast || next.length === 0 || next.some(({ go }) => !this.#sections.has(go));
  }

  /** Which sections are ever read, and which of them ever come to an end. */
  #reach(): void {
    const { start, exits, sections } = this.#script;
    const next = (name: string): string[] => this.#sections.get(name)?.next.map(({ go }) => go) ?? [];
    const reached = spread([start, ...exits.map(({ go }) => go)], next);
    const before = (name: string): string[] =>
      sections.filter((section) => section.next.some(({ go }) => go === name)).map(({ section }) => section);
    const ends = spread(
      sections.filter((section) => this.#mayEnd(section)).map(({ section }) => section),
      before,
    );
    for (const [index, { section }] of sections.entries()) {
      const path = ['sections', index, 'section'];
      if (!reached.has(section)) {
        this.#report(path, `No answer leads to section ${section}.`, 'Lead to it with `next`, or leave it out.');
      } else if (!ends.has(section)) {
        this.#report(
          path,
          `From section ${section} the script never ends.`,
          'Lead out of the circle to a section with `last: yes`.',
        );
      }
    }
  }
}

/** Everything that is reached from there, one step after the other. */
function spread(from: readonly string[], next: (name: string) => readonly string[]): ReadonlySet<string> {
  const seen = new Set<string>();
  const open = [...from];
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    if (seen.has(name)) continue;
    seen.add(name);
    open.push(...next(name));
  }
  return seen;
}
