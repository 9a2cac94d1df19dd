// Scripts: a row for each conversation's way through one, whose version shows whether the writer has seen the last; rows of
// what counts of its answers; and each version of a script that answers were given to.

import type { AnswerRow, KeptRun, QuestionCount, ScriptDraft, ScriptStore } from '../../engine/store/scripts.ts';
import { countingAnswers, type ScriptRun } from '../../script/machine.ts';
import { questionsOf, type Answer, type Question, type Script } from '../../script/script.ts';
import { byParts, holdsText } from '../dialect.ts';
import { Json, part, sql } from '../statement.ts';
import { all, changes, first, long, quick, run, write } from '../work.ts';
import type { Noun, Work } from '../work.ts';
import { makeCampaign } from './campaigns.ts';

export const scripts: Noun<ScriptStore> = {
  save: write((draft) => save(draft)),
  runs: quick((attempts) => keptRuns(attempts)),
  find: long(function* (query) {
    const { limit = Number.MAX_SAFE_INTEGER, text = '' } = query;
    const rows = yield* all(FIND(query), { ...query, text: text.toLowerCase(), limit });
    return joined(rows);
  }),
  counts: long(function* ({ campaign, fromAt = 0, toAt = Number.MAX_SAFE_INTEGER }) {
    const asked = { campaign, fromAt, toAt };
    const conversations = (yield* first(CONVERSATIONS, asked))?.count ?? 0;
    return { conversations, questions: yield* all(QUESTIONS, asked), choices: yield* all(CHOICES, asked) };
  }),
};

/** The state of a run whose person was forgotten. */
export const EMPTY_RUN = '{"way":[],"answers":{},"isOver":true}';

// ---- writing

const KEEP_SCRIPT = sql`
  INSERT INTO script_versions (script, version, content) VALUES (:script, :scriptVersion, :content)
  ON CONFLICT DO NOTHING`;
const NEXT_CHANGE = `(SELECT coalesce(max(change), 0) + 1 FROM script_runs)`;
const BEGIN = sql`
  INSERT INTO script_runs (attempt, campaign, record, contact, agent, script, script_version, version, state,
    started_at, changed_at, change)
  SELECT :attempt, id, :record, :contact, :agent, :script, :scriptVersion, :version, :state, :at, :at, ${NEXT_CHANGE}
  FROM campaigns WHERE name = :campaign ON CONFLICT (attempt) DO NOTHING`;
const GO_ON = sql`
  UPDATE script_runs SET version = :version, state = :state, agent = :agent, changed_at = :at, change = ${NEXT_CHANGE}
  WHERE attempt = :attempt AND version = :base`;
const CLEAR = sql`DELETE FROM script_answers WHERE attempt = :attempt`;
const ADD = sql`
  INSERT INTO script_answers (attempt, question, place, kind, value, number)
  VALUES (:attempt, :question, :place, :kind, :value, :number)`;

function* save(draft: ScriptDraft): ReturnType<(typeof scripts)['save']['work']> {
  const { attempt, contact, campaign, script, run: going, base, at } = draft;
  const { script: name, scriptVersion, version, ...state } = going;
  const values = { ...draft, script: name, run: null, scriptVersion, version, state: new Json(state) };
  yield* makeCampaign(campaign, at);
  yield* run(KEEP_SCRIPT, { script: name, scriptVersion, content: new Json(script) });
  const isMade = base === 0 && (yield* changes(BEGIN, values)) > 0;
  if (!isMade && (yield* changes(GO_ON, values)) === 0) {
    const [kept] = yield* keptRuns([attempt]);
    return kept !== undefined && isSame(kept.run, going) ? { kind: 'saved' } : { kind: 'changed', kept };
  }
  yield* run(CLEAR, { attempt });
  for (const row of answerRows(script, going)) yield* run(ADD, { attempt, ...row });
  if (contact !== null) yield* renewAnswers(contact);
  return { kind: 'saved' };
}

const isSame = (a: ScriptRun, b: ScriptRun): boolean =>
  JSON.stringify([a.version, a.way, a.answers, a.exit]) === JSON.stringify([b.version, b.way, b.answers, b.exit]);

interface StoredAnswer {
  readonly question: string;
  readonly place: number;
  readonly kind: Question['type'];
  readonly value: string;
  readonly number: number | null;
}

/** The answers that count, a row each; of several choices one for each. */
function answerRows(script: Script, going: ScriptRun): readonly StoredAnswer[] {
  const kinds = new Map(script.sections.flatMap(questionsOf).map(({ ask, type }) => [ask, type]));
  return Object.entries(countingAnswers(script, going)).flatMap(([question, answer]) => {
    const kind = kinds.get(question) ?? 'text';
    const values: readonly (string | number)[] = typeof answer === 'object' ? answer : [answer];
    return values.map((value, place) => ({
      question,
      place,
      kind,
      value: String(value),
      number: typeof value === 'number' ? value : null,
    }));
  });
}

// ---- the latest answers of a person, for conditions

/** Free text stays out: it may name the person, and conditions ask for codes, numbers and days. */
const OF_CONTACT = sql<StoredAnswer & { readonly attempt: string }>`
  SELECT a.attempt, a.question, a.place, a.kind, a.value, a.number
  FROM script_runs r JOIN script_answers a ON a.attempt = r.attempt
  WHERE r.contact = :contact AND a.kind <> 'text' ORDER BY r.started_at, r.attempt, a.question, a.place`;
const PUT = sql`UPDATE contacts SET answers = :answers WHERE id = :contact`;

/** What conditions see of the contact: the latest answer to each question. */
export function* renewAnswers(contact: number): Work<void> {
  const latest = new Map<string, { readonly attempt: string; readonly answer: string | number }>();
  for (const { attempt, question, value, number } of yield* all(OF_CONTACT, { contact })) {
    const before = latest.get(question);
    const answer = before?.attempt === attempt ? `${before.answer},${value}` : (number ?? value);
    latest.set(question, { attempt, answer });
  }
  const answers = Object.fromEntries([...latest].map(([question, { answer }]) => [question, answer]));
  yield* run(PUT, { contact, answers: new Json(answers) });
}

// ---- reading

interface StoredRun {
  readonly attempt: string;
  readonly scriptVersion: string;
  readonly version: number;
  readonly state: Omit<ScriptRun, 'script' | 'scriptVersion' | 'version'>;
  readonly content: Script;
}

const RUNS = sql<StoredRun>`
  SELECT r.attempt, r.script_version AS "scriptVersion", r.version, r.state AS "state{}", v.content AS "content{}"
  FROM script_runs r JOIN script_versions v ON v.script = r.script AND v.version = r.script_version
  WHERE r.attempt IN :attempts ORDER BY r.attempt`;

function* keptRuns(attempts: readonly string[]): Work<readonly KeptRun[]> {
  const rows = yield* all(RUNS, { attempts });
  return rows.map(({ attempt, scriptVersion, version, state, content: script }) => ({
    attempt,
    script,
    run: { script: script.name, scriptVersion, version, ...state },
  }));
}

interface FoundAnswer extends Omit<AnswerRow, 'answer'> {
  readonly kind: Question['type'];
  readonly value: string;
  readonly number: number | null;
}

const FIND = byParts<
  FoundAnswer,
  'campaign' | 'attempt' | 'contact' | 'question' | 'answer' | 'text' | 'fromAt' | 'toAt' | 'attempts'
>(
  {
    campaign: 'c.name = :campaign',
    attempt: 'r.attempt = :attempt',
    contact: 'r.contact = :contact',
    question: 'a.question = :question',
    answer: 'a.value = :answer',
    text: holdsText('a.value', ':text'),
    fromAt: 'r.started_at >= :fromAt',
    toAt: 'r.started_at < :toAt',
    attempts: 'r.attempt IN :attempts',
  },
  (where) => sql`
    SELECT r.attempt, c.name AS campaign, r.record, r.contact, r.agent, r.script, r.script_version AS "scriptVersion",
      r.started_at AS at, a.question, a.kind, a.value, a.number
    FROM script_runs r JOIN script_answers a ON a.attempt = r.attempt JOIN campaigns c ON c.id = r.campaign
    WHERE ${where} ORDER BY r.started_at DESC, r.attempt, a.question, a.place LIMIT :limit`,
);

/** Several choices of one question are one answer. */
function joined(rows: readonly FoundAnswer[]): readonly AnswerRow[] {
  const found = new Map<string, AnswerRow>();
  for (const { kind, value, number, ...row } of rows) {
    const key = `${row.attempt}\n${row.question}`;
    const before = found.get(key)?.answer;
    const several: readonly string[] = typeof before === 'object' ? [...before, value] : [value];
    const answer: Answer = kind === 'several' ? several : (number ?? value);
    found.set(key, { ...row, answer });
  }
  return [...found.values()];
}

const OF_PERIOD = part`FROM script_runs r JOIN script_answers a ON a.attempt = r.attempt
  WHERE r.campaign = (SELECT id FROM campaigns WHERE name = :campaign)
    AND r.started_at >= :fromAt AND r.started_at < :toAt`;
const CONVERSATIONS = sql<{ count: number }>`SELECT count(DISTINCT r.attempt) AS count ${OF_PERIOD}`;
const QUESTIONS = sql<QuestionCount>`
  SELECT a.question, a.kind AS type, count(DISTINCT r.attempt) AS answered, avg(a.number) AS mean, min(a.number) AS min,
    max(a.number) AS max ${OF_PERIOD} GROUP BY a.question, a.kind ORDER BY a.question, a.kind`;
const CHOICES = sql<{ question: string; code: string; count: number }>`
  SELECT a.question, a.value AS code, count(*) AS count ${OF_PERIOD} AND a.kind IN ('choice', 'several')
  GROUP BY a.question, a.value ORDER BY a.question, count(*) DESC, a.value`;
