// What the store keeps of scripts: how far each conversation is in one, kept as it is typed with a version, so that of two
// writers the later sees what the other did; what was answered; and the scripts that the answers were given to.

import type { ScriptRun } from '../../script/machine.ts';
import type { Answer, QUESTION_TYPES, Script } from '../../script/script.ts';
import type { AgentNumber, AttemptId, CampaignName } from '../../terms.ts';

export interface ScriptStore {
  /** Keeps a run with the answers that count. The same run written again on the same version is one writing. */
  save(draft: ScriptDraft): Promise<ScriptSaved>;
  /** The runs of these calls, each with its script. */
  runs(attempts: readonly AttemptId[]): Promise<readonly KeptRun[]>;
  /** Answers that fit all parts of the query, newest conversation first; those of one conversation stand together. */
  find(query: AnswersWanted): Promise<readonly AnswerRow[]>;
  /** How often each question of a campaign was answered with what, by the time at which the script was begun. */
  counts(query: AnswersCounted): Promise<AnswerCounts>;
}

export interface ScriptDraft {
  /** The attempt, or the call that came in. */
  readonly attempt: AttemptId;
  readonly campaign: CampaignName;
  /** Null: the campaign has none of the person. */
  readonly record: number | null;
  readonly contact: number | null;
  readonly agent: AgentNumber;
  readonly script: Script;
  readonly run: ScriptRun;
  /** The version that was changed; 0: the first writing. */
  readonly base: number;
  readonly at: number;
}

/** `changed`: somebody else has written meanwhile, and this is what; nothing is written then. */
type ScriptSaved = { readonly kind: 'saved' } | { readonly kind: 'changed'; readonly kept: KeptRun | undefined };

export interface KeptRun {
  readonly attempt: AttemptId;
  readonly script: Script;
  readonly run: ScriptRun;
}

interface AnswersWanted {
  readonly campaign?: CampaignName;
  readonly attempt?: AttemptId;
  readonly contact?: number;
  readonly question?: string;
  /** Code of a choice, a number, a day, or a whole text. */
  readonly answer?: string;
  /** Somewhere in the answer; capitals do not matter. */
  readonly text?: string;
  readonly fromAt?: number;
  readonly toAt?: number;
  /** Of these calls alone. */
  readonly attempts?: readonly AttemptId[];
  /** Answers, at most; default all. */
  readonly limit?: number;
}

export interface AnswerRow {
  readonly attempt: AttemptId;
  readonly campaign: CampaignName;
  readonly record: number | null;
  readonly contact: number | null;
  readonly agent: AgentNumber;
  readonly script: string;
  readonly scriptVersion: string;
  /** When the script was begun. */
  readonly at: number;
  readonly question: string;
  readonly answer: Answer;
}

interface AnswersCounted {
  readonly campaign: CampaignName;
  readonly fromAt?: number;
  readonly toAt?: number;
}

export interface AnswerCounts {
  /** In which something was answered. */
  readonly conversations: number;
  readonly questions: readonly QuestionCount[];
  /** Codes of choices, one row each. */
  readonly choices: readonly { readonly question: string; readonly code: string; readonly count: number }[];
}

export interface QuestionCount {
  readonly question: string;
  readonly type: (typeof QUESTION_TYPES)[number];
  readonly answered: number;
  /** Of numbers; null of the others. */
  readonly mean: number | null;
  readonly min: number | null;
  readonly max: number | null;
}
