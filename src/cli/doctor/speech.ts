// outdial doctor's look at spoken names: does the command speak, and can the sounds be kept?

import type { Settings } from '../../config/settings.ts';
import { trySpeech } from '../../telephony/spoken-names.ts';
import type { Finding } from './findings.ts';

const CHECK = 'spoken names';
const HINT =
  'Check folder and command under speech in outdial.yaml; espeak-ng and sox make names by default. Until then agents hear digits.';

/** Nothing where names are not spoken. */
export async function checkSpeech({ speech }: Settings): Promise<readonly Finding[]> {
  if (!speech) return [];
  try {
    await trySpeech(speech);
    return [{ check: CHECK, ok: true, detail: `made into ${speech.folder}`, hint: '' }];
  } catch (fault) {
    return [{ check: CHECK, ok: false, detail: fault instanceof Error ? fault.message : String(fault), hint: HINT }];
  }
}
