// What an agent does with the script of a conversation, and what there is to see of it.

import type { RenderedError } from '../../base/errors.ts';
import type { ScriptAct } from '../../script/acts.ts';
import type { ScriptView } from '../../script/view.ts';
import type { AgentNumber, AttemptId, CampaignName } from '../../terms.ts';

export interface ShownScript extends ScriptView {
  readonly attempt: AttemptId;
  readonly campaign: CampaignName;
  /** False: the file has another version by now. */
  readonly isCurrent: boolean;
}

export interface ScriptRequest {
  readonly agent: AgentNumber;
  readonly attempt: AttemptId;
  /** The version that the agent saw. */
  readonly expects: number;
  readonly act: ScriptAct;
}

export interface ScriptActed {
  readonly view: ShownScript;
  /** Why it was not done. */
  readonly refused?: RenderedError;
}
