// The telephony contract's harness on the network in a box: two real Asterisks, softphones, and a cable that can be cut.

import { startBox, type Box, type BoxOptions } from '../../asterisk/box.ts';
import * as numbers from '../../asterisk/box/numbers.ts';
import { silentLog, type Log } from '../../src/base/log.ts';
import type { AsteriskSettings, Trunk } from '../../src/config/settings.ts';
import { US_GATE } from '../support/trunk-gate.ts';
import { recordingFolder } from '../../src/store/recording-files.ts';
import { createAsteriskTelephony, type AsteriskTelephony } from '../../src/telephony/asterisk-telephony.ts';
import { testAccount } from '../contract/telephony-harness.ts';
import type { NumberBehaviour, TelephonyHarness, TestAccount, TestPhone } from '../contract/telephony-harness.ts';
import { LinkProxy } from './link-proxy.ts';

const SIGN_IN_CODE = '*55';

export class AsteriskHarness implements TelephonyHarness {
  readonly box: Box;
  readonly ariCable: LinkProxy;
  readonly amiCable: LinkProxy;
  readonly telephony: AsteriskTelephony;
  readonly trunk = 'main';
  readonly callerId = '+12125550100';
  readonly signInCode = SIGN_IN_CODE;
  readonly sounds = { short: 'digits/1', long: 'tt-weasels' };
  readonly slackMs = 900;
  #made = 0;

  private constructor(box: Box, ariCable: LinkProxy, amiCable: LinkProxy) {
    this.box = box;
    this.ariCable = ariCable;
    this.amiCable = amiCable;
    this.telephony = this.another();
  }

  static async start(options: BoxOptions = {}): Promise<AsteriskHarness> {
    const box = await startBox(options);
    const ari = await LinkProxy.open('127.0.0.1', Number(new URL(box.pbx.ariUrl).port));
    return new AsteriskHarness(box, ari, await LinkProxy.open(box.pbx.amiHost, box.pbx.amiPort));
  }

  get settings(): AsteriskSettings {
    const { pbx } = this.box;
    return {
      app: pbx.app,
      ari: { url: `http://127.0.0.1:${this.ariCable.port}`, user: pbx.ariUser, password: pbx.ariPassword },
      ami: { host: '127.0.0.1', port: this.amiCable.port, user: pbx.amiUser, secret: pbx.amiSecret },
      cdrFile: pbx.cdrFile,
      sipMirror: { host: '127.0.0.1', port: Number(pbx.sipMirror.split(':')[1]) },
    };
  }

  get trunks(): readonly Trunk[] {
    const common = { ...US_GATE, maxLines: 20, maxCallsPerSecond: 20, prefix: '', plus: true };
    return [{ ...common, name: this.trunk, endpoint: this.box.pbx.trunk, attemptHeader: 'X-Outdial-Attempt' }];
  }

  /** One more port to the same Asterisk, as another daemon would have it. */
  another(changes: { asterisk?: AsteriskSettings; trunks?: readonly Trunk[]; log?: Log } = {}): AsteriskTelephony {
    const { asterisk = this.settings, trunks = this.trunks, log = silentLog } = changes;
    const phoneCare = { checkEveryMs: 2_000, soundLostAfterMs: 15_000, encrypted: false };
    return createAsteriskTelephony({ asterisk, trunks, signInCode: SIGN_IN_CODE, listenCode: '*56', phoneCare, log });
  }

  number(behaviour: NumberBehaviour): string {
    this.#made += 1;
    const index = this.#made;
    switch (behaviour.does) {
      case 'person': {
        const { afterS, talksS } = behaviour;
        return numbers.personAnswers(talksS === undefined ? { afterS } : { afterS, talksS }, index);
      }
      case 'machine':
        return (behaviour.greeting === 'long' ? numbers.machineLong : numbers.machineShort)(index, behaviour.afterS);
      case 'ring-for-ever':
        return numbers.noAnswer(index);
      case 'announce-for-ever':
        return numbers.announcedForEver(index);
      default:
        return NUMBER_MAKERS[behaviour.does](index, behaviour.afterS);
    }
  }

  newAccount(): TestAccount {
    const id = this.newId();
    return testAccount(id, `secret-${id}`, 'An agent');
  }

  newId(): string {
    this.#made += 1;
    return `t${process.pid}-${this.#made}`;
  }

  now(): number {
    return Date.now();
  }

  settle<T>(promise: Promise<T>): Promise<T> {
    return promise;
  }

  async until(condition: () => boolean, withinMs: number): Promise<boolean> {
    const deadline = performance.now() + withinMs;
    while (!condition()) {
      if (performance.now() > deadline) return false;
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    return true;
  }

  async phone(account: TestAccount, options: { readonly answers: 'at-once' | 'never' }): Promise<TestPhone> {
    const autoAnswer = options.answers === 'at-once';
    const phones = await this.box.startPhones([{ username: account.name, password: account.password, autoAnswer }]);
    await phones.registered(10_000);
    const phone = phones.phone(account.name);
    return {
      dial: (code) => phone.dial(code),
      press: (keys) => phone.press(keys),
      hangUp: () => phone.hangUp(),
      leave: () => phones.stop(),
      vanish: () => phones.kill(),
    };
  }

  recorded(recording: string): Promise<{ bytes: number; durationMs: number } | undefined> {
    return recordingFolder(this.box.pbx.recordingsDir).look(recording);
  }

  cutLink(): Promise<void> {
    this.ariCable.cut();
    this.amiCable.cut();
    return Promise.resolve();
  }

  mendLink(): Promise<void> {
    this.ariCable.restore();
    this.amiCable.restore();
    return Promise.resolve();
  }

  async restartExchange(): Promise<void> {
    await this.box.killPbx();
    await this.box.startPbx();
  }

  async stop(): Promise<void> {
    await this.ariCable.close();
    await this.amiCable.close();
    await this.box.stop();
  }
}

const NUMBER_MAKERS = {
  'hang-up-at-once': numbers.hangsUpAtOnce,
  fax: numbers.fax,
  silent: numbers.silentAnswer,
  'press-nine': numbers.pressesNine,
  busy: numbers.busy,
  declined: numbers.declined,
  rejected: numbers.rejected,
  unknown: numbers.unknownNumber,
  congestion: numbers.congestion,
  changed: numbers.changedNumber,
  failure: numbers.failure,
} as const;
