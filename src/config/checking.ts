// What the checks of a campaign's file work with: its text, what is known around it, and how a fault is written down.

import type { Reach } from '../campaign/number-gate.ts';
import type { ConfigFault } from './faults.ts';
import type { Path, Source } from './source.ts';

/** What is known around the campaign's file; what is absent is not checked. */
export interface CampaignContext {
  /** Names of the trunks in outdial.yaml. */
  readonly trunks?: readonly string[];
  /** The numbers that are ours on each trunk that says so. */
  readonly trunkNumbers?: ReadonlyMap<string, readonly string[]>;
  /** What each trunk may dial. */
  readonly reaches?: ReadonlyMap<string, Reach>;
  /** The country of the settings. */
  readonly country?: string;
  /** E.164 of a number, as carriers read it; undefined when it is none. */
  readonly readNumber?: (text: string) => string | undefined;
  /** The settings name a folder for recordings. */
  readonly canRecord?: boolean;
  /** Names of the lists and agent groups that exist: others are a warning, they may come later. */
  readonly lists?: readonly string[];
  /** The fields that contacts of each list have. */
  readonly listFields?: ReadonlyMap<string, readonly string[]>;
  readonly groups?: readonly string[];
  /** Expressions of the saved filters by their names. */
  readonly filters?: ReadonlyMap<string, string>;
  /** Where the file will stand, when its text comes from elsewhere: what it names is looked for around there. */
  readonly destination?: string;
}

export type Report = (path: Path, message: string, hint: string, severity?: ConfigFault['severity']) => void;

export interface Checking {
  readonly source: Source;
  readonly context: CampaignContext;
  readonly at: (path: Path) => unknown;
  readonly report: Report;
  readonly faults: ConfigFault[];
}
