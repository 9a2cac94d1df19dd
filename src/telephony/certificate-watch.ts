// Looks at the certificate of the phones every hour and says in the log what an operator must do about it.

import type { Log } from '../base/log.ts';
import type { AgentSip } from '../config/settings.ts';
import { hostOf, readCertificate, type CertificateJudgement } from './certificate.ts';

const LOOK_EVERY_MS = 3_600_000;
/** The same trouble is reported again each day. */
const TELL_EVERY_MS = 86_400_000;

export interface CertificateWatchOptions {
  readonly sip: AgentSip;
  readonly log: Log;
  readonly now: () => number;
  readonly lookEveryMs?: number;
}

export class CertificateWatch {
  readonly #options: CertificateWatchOptions;
  #judgement: CertificateJudgement | undefined;
  #reported: { readonly state: CertificateJudgement['state']; readonly at: number } | undefined;
  #timer: NodeJS.Timeout | undefined;

  constructor(options: CertificateWatchOptions) {
    this.#options = options;
  }

  /** Undefined: phones need none, or it has not been looked at yet. */
  get judgement(): CertificateJudgement | undefined {
    return this.#judgement;
  }

  start(): void {
    if (this.#options.sip.certificate === undefined) return;
    this.stop();
    this.#timer = setInterval(() => void this.look(), this.#options.lookEveryMs ?? LOOK_EVERY_MS).unref();
    void this.look();
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  async look(): Promise<void> {
    const { sip, now } = this.#options;
    if (sip.certificate === undefined) return;
    const judgement = await readCertificate(sip.certificate, hostOf(sip.server), now());
    this.#judgement = judgement;
    this.#log(judgement, sip.certificate.certificate, now());
  }

  #log({ state, detail }: CertificateJudgement, file: string, now: number): void {
    const { log } = this.#options;
    const before = this.#reported;
    if (before?.state === state && (state === 'ok' || now - before.at < TELL_EVERY_MS)) return;
    this.#reported = { state, at: now };
    const fields = { file, state, detail };
    if (state === 'ok') log.info(fields, 'the certificate of the phones is good');
    else if (state === 'ending') log.warn(fields, 'the certificate of the phones ends soon: renew it');
    else log.error(fields, 'the certificate of the phones does not serve: phones cannot register');
  }
}
