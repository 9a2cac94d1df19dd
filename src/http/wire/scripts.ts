// What travels of scripts: what an agent reads and asks now, what was answered, what an agent does with it, and the
// answers of many conversations.

import { z } from 'zod';
import { QUESTION_TYPES } from '../../script/script.ts';
import { agentNumber, count, errorBody, instant } from './wire.ts';

const scriptAnswer = z
  .union([z.string(), z.number(), z.array(z.string()).readonly()])
  .describe('Code of a choice, codes of several, a text, a number, or a day such as 2026-11-29');

const choice = z.object({ code: z.string(), label: z.string() });

const asked = z.object({
  ask: z.string().describe('Name of the question'),
  text: z.string().describe('As it is read out'),
  type: z.enum(QUESTION_TYPES),
  choices: z.array(choice).readonly(),
  required: z.boolean(),
  answer: scriptAnswer.nullable(),
});

const said = z.object({ say: z.string().describe('What the agent reads out') });

const open = z.object({ question: z.string(), text: z.string() });

/** A script as it is looked through before the first call: `{first_name}` in a text stands for a field of the record. */
export const scriptAhead = z.object({
  name: z.string(),
  sections: z
    .array(
      z.object({
        section: z.string(),
        title: z.string(),
        parts: z.array(z.union([asked.omit({ answer: true }), said])).readonly(),
      }),
    )
    .readonly(),
  exits: z.array(z.object({ exit: z.string(), label: z.string() })).readonly(),
});

/** Of GET /api/agent/script, and of every act. */
export const scriptView = z.object({
  attempt: z.string().describe('The call that the answers belong to'),
  campaign: z.string(),
  script: z.string(),
  scriptVersion: z.string(),
  isCurrent: z.boolean().describe('False: the script has been changed since; these answers keep their version'),
  version: count.describe('The next act sends it as `expects`'),
  section: z.object({
    section: z.string(),
    title: z.string(),
    parts: z.array(z.union([asked, said])).readonly(),
    isLast: z.boolean().describe('The script is over after it'),
  }),
  isOver: z.boolean(),
  steps: z
    .array(
      z.object({
        section: z.string(),
        title: z.string(),
        answers: z
          .array(z.object({ ask: z.string(), text: z.string(), answer: scriptAnswer, words: z.string() }))
          .readonly(),
      }),
    )
    .readonly()
    .describe('The way so far, folded: the earliest first, without the present section'),
  exits: z.array(z.object({ exit: z.string(), label: z.string() })).readonly(),
  exit: z.string().nullable().describe('The exit that was taken'),
  missing: z.array(open).readonly().describe('Keeps the present section from being left'),
  owed: z.array(open).readonly().describe('Keeps the record from being done'),
});

const given = z
  .record(z.string().min(1).max(64), z.unknown())
  .describe('By question, as it came from the form; null takes an answer back');

export const scriptAct = z.discriminatedUnion('do', [
  z.object({
    do: z.literal('answer'),
    answers: given,
    forward: z.boolean().default(false).describe('And on to the next section'),
  }),
  z.object({ do: z.literal('forward') }),
  z.object({ do: z.literal('back'), section: z.string().max(64).describe('A section of the way so far') }),
  z.object({ do: z.literal('exit'), exit: z.string().max(64) }),
]);

/** Body of POST /api/agent/script. */
export const scriptActBody = z.object({
  attempt: z.string().min(1).max(128).describe("The interaction's call"),
  expects: count.int().min(0).describe('Version of the script that the agent saw: of two writers the later is refused'),
  act: scriptAct,
  agent: agentNumber.optional().describe('For tokens: the agent who acts'),
});

/** 409: not done, why, and how the script stands. */
export const scriptRefused = errorBody.extend({
  answer: z.literal('refused'),
  view: scriptView.nullable().describe('Null: there is none for this call'),
});

/** One answered question of one conversation. */
export const answerRow = z.object({
  attempt: z.string(),
  campaign: z.string(),
  record: z.number().nullable(),
  contact: z.number().nullable(),
  agent: z.string(),
  script: z.string(),
  scriptVersion: z.string(),
  at: instant.describe('When the script was begun'),
  question: z.string(),
  answer: scriptAnswer,
});

export const answersReportRow = z.object({
  question: z.string(),
  type: z.enum(QUESTION_TYPES),
  answer: z.string().describe('Code of a choice; empty: the question has none to choose from'),
  count,
  share: z.number().describe('Of the conversations in which the question was answered, 0–1'),
  mean: z.number().nullable().describe('Of numbers, as min and max'),
  min: z.number().nullable(),
  max: z.number().nullable(),
});
