// The secrets in outdial.yaml: each written there, or in a file that it names, or put in from the environment.

import { readFileSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { ConfigFault } from './faults.ts';
import type { Path, Source } from './source.ts';
import { writtenPassword } from './store-settings.ts';
import { valueAt } from './validate.ts';

type Secret = readonly [at: Path, key: string, fileKey: string];

const SECRETS: readonly Secret[] = [
  [['asterisk', 'ari'], 'password', 'password_file'],
  [['asterisk', 'ami'], 'secret', 'secret_file'],
];

/** Where secrets must be: those two, that of the mail server where it has a user, then one for each webhook. */
export function secretsIn(value: unknown): readonly Secret[] {
  const receivers = valueAt(value, ['webhooks', 'receivers']);
  const hooks = Array.isArray(receivers) ? receivers : [];
  const mail: readonly Secret[] =
    valueAt(value, ['mail', 'user']) === undefined ? [] : [[['mail'], 'password', 'password_file']];
  return [
    ...SECRETS,
    ...mail,
    ...hooks.map((_, place): Secret => [['webhooks', 'receivers', place], 'secret', 'secret_file']),
  ];
}

/** The secret under `key`, or in the file that `fileKey` names; exactly one of them must be there. */
export function secretOf(
  source: Source,
  { at, key, fileKey }: { readonly at: Path; readonly key: string; readonly fileKey: string },
): { readonly text?: string; readonly fault?: ConfigFault } {
  if (valueAt(source.value, at) === undefined) return {}; // the schema says that the section is missing
  const text = valueAt(source.value, [...at, key]);
  const named = valueAt(source.value, [...at, fileKey]);
  const fault = (path: Path, message: string, hint: string): { readonly fault: ConfigFault } => ({
    fault: { ...source.placeOf(path), severity: 'fault', message, hint },
  });
  const both = `Write ${key}, or ${fileKey} with the name of a file that holds it.`;
  if (text !== undefined && named !== undefined) return fault([...at, fileKey], `${key} is there as well.`, both);
  if (typeof named !== 'string')
    return typeof text === 'string' ? { text } : fault([...at, key], `The ${key} is missing.`, both);
  try {
    return { text: readFileSync(resolve(dirname(source.file), named), 'utf8').trim() };
  } catch (cause) {
    const reason = cause instanceof Error && 'code' in cause ? String(cause.code) : 'unreadable';
    return fault([...at, fileKey], `The file ${named} cannot be read (${reason}).`, 'Check its path, owner and mode.');
  }
}

/** A secret written out in a file that others may read. */
export function openSecrets(source: Source): readonly ConfigFault[] {
  const inAddress = writtenPassword(source);
  const written =
    secretsIn(source.value)
      .map(([at, key]) => [...at, key])
      .find((path) => {
        const value = valueAt(source.value, path);
        return typeof value === 'string' && !value.includes('${');
      }) ?? inAddress;
  if (!written || (statSync(source.file).mode & 0o007) === 0) return [];
  const message = 'A secret is written in a file that every user of this machine can read.';
  const key = written === inAddress ? 'password' : String(written.at(-1));
  const hint = `chmod 640 ${source.file}, or name a file of its own with ${key}_file.`;
  return [{ ...source.placeOf(written), severity: 'warning', message, hint }];
}
