// What is wrong in a configuration file, where, and what to write instead.

import { OperationalError } from '../base/errors.ts';
import type { Place } from '../base/errors.ts';

export interface ConfigFault extends Place {
  /** A warning does not keep the file from being used. */
  readonly severity: 'fault' | 'warning';
  /** Key path such as `pacing.ring` or `call_again[0].when`; absent when the fault is the file's. */
  readonly key?: string;
  readonly message: string;
  readonly hint: string;
}

/** Of more faults than this in one file only so many are reported. */
export const MOST_FAULTS = 100;

/** `file:line:column: key: message hint` */
export function renderFault(fault: ConfigFault): string {
  const { file, line, column, key, severity, message, hint } = fault;
  const place = [file, line, column].filter((part) => part !== undefined).join(':');
  const words = [place, severity === 'warning' ? 'warning' : '', key ?? ''].filter((part) => part !== '').join(': ');
  return `${words}: ${message} ${hint}`.trimEnd();
}

/** Those that keep a file from being used. */
export function graveFaults(faults: readonly ConfigFault[]): readonly ConfigFault[] {
  return faults.filter(({ severity }) => severity === 'fault');
}

/** All grave faults as one error with every place; to be thrown where a file must be usable. */
export function faultsError(code: string, faults: readonly ConfigFault[]): OperationalError {
  const grave = graveFaults(faults);
  const count = grave.length === 1 ? '1 fault' : `${grave.length} faults`;
  return new OperationalError(code, [`${count}:`, ...grave.map(renderFault)].join('\n'), {
    hint: 'Correct the places named; outdial check reads the files again.',
    places: grave,
  });
}
