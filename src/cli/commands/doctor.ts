// outdial doctor: everything that has to be right before a campaign can dial, each with what to do when it is not.

import type { Outcome } from '../outcome.ts';
import type { Paint } from '../render/paint.ts';
import type { AddCommands } from '../add-commands.ts';
import type { Finding } from '../doctor/findings.ts';
import { harmless, table } from '../render/table.ts';

export const doctorCommand: AddCommands = (parent, carryOf) => {
  const command = parent
    .command('doctor')
    .description('check everything outdial needs and say how to fix it; exit 1 when something is wrong')
    .option('--security', 'only who else could get in or listen, and how to close it; tries PINs, which takes a while');
  command.action(({ security = false }: { security?: boolean }) =>
    carryOf(command)(async (context) => {
      const { examine, examineSecurity } = await import('../doctor/checks.ts');
      return reportFindings(await (security ? examineSecurity(context) : examine(context)), context.paint);
    }),
  );
};

/** The findings as a table, with what to do about the wrong ones; exit 1 when there are any. */
export function reportFindings(findings: readonly Finding[], paint: Paint): Outcome {
  const wrong = findings.filter(({ ok }) => !ok);
  const open = findings.filter(({ ok, isOpen = false }) => ok && isOpen);
  const rows = table(
    findings,
    [
      { title: '', value: ({ ok, isOpen }) => (ok ? (isOpen === true ? '!' : paint.good('✔')) : paint.bad('✘')) },
      { title: 'CHECK', value: ({ check }) => check },
      { title: 'FOUND', value: ({ detail }) => harmless(detail) },
    ],
    '',
  );
  const hints = wrong.map(({ check, hint }) => `${paint.bad('✘')} ${check}: ${harmless(hint)}`);
  const warnings = open.map(({ check, hint }) => `! ${check}: ${harmless(hint)}`);
  const last = [
    ...(wrong.length > 0 ? [wrong.length === 1 ? '1 problem' : `${wrong.length} problems`] : []),
    ...(open.length > 0 ? [`${open.length} open to others`] : []),
  ];
  const summary = last.length === 0 ? paint.good('All is well.') : `${last.join(', ')}:`;
  return {
    data: { ok: wrong.length === 0, checks: findings },
    text: [rows, '', summary, ...hints, ...warnings].join('\n'),
    exitCode: wrong.length === 0 ? 0 : 1,
  };
}
