// What a schema cannot say of a campaign's file: conditions, cron expressions, doubled codes and keys, things that do
// not go together or are not there. Looks at the file's texts, so that it finds its faults beside the schema's.

import type { CampaignContext, Checking, Report } from '../checking.ts';
import type { ConfigFault } from '../faults.ts';
import type { Path, Source } from '../source.ts';
import { valueAt } from '../validate.ts';
import { checkScreenPop } from './agent-texts.ts';
import { checkAnswer } from './answer.ts';
import { checkCallAgain } from './call-again.ts';
import { checkAutoCallback } from './callbacks.ts';
import { checkCallerIds } from './caller-ids.ts';
import { checkDesk } from './desk.ts';
import { checkDispositions } from './dispositions.ts';
import { checkFieldNames } from './field-names.ts';
import { checkFields } from './fields.ts';
import { checkFilter, checkLists } from './lists.ts';
import { checkRing } from './pacing.ts';
import { checkRecording } from './recording.ts';
import { checkKnown } from './trunks.ts';
import { checkKeyed, checkWrapUp } from './wrap-up.ts';

/** All faults and warnings that these checks find. */
export function checkCampaign(source: Source, context: CampaignContext): readonly ConfigFault[] {
  const faults: ConfigFault[] = [];
  const report: Report = (path, message, hint, severity = 'fault') => {
    faults.push({ ...source.placeOf(path), severity, message, hint });
  };
  const checking: Checking = { source, context, at: (path: Path) => valueAt(source.value, path), report, faults };
  for (const check of [
    checkLists,
    checkFilter,
    checkCallAgain,
    checkDispositions,
    checkAutoCallback,
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
