// By which phone a supervisor listens, remembered on this machine: this browser, or a phone by its number.

import { useState } from 'react';

const PLACE = 'outdial-listening';
const BROWSER = 'browser';

function remembered(): string {
  try {
    return localStorage.getItem(PLACE) ?? BROWSER;
  } catch {
    // Browsers may forbid it: then it is chosen again.
    return BROWSER;
  }
}

export function rememberPhone(phone: string): void {
  try {
    localStorage.setItem(PLACE, phone);
  } catch {
    // As above.
  }
}

interface PhoneChoice {
  readonly isBrowser: boolean;
  readonly choose: (kind: string) => void;
  readonly number: string;
  readonly type: (number: string) => void;
  /** What is remembered; undefined: no number yet. */
  readonly phone: string | undefined;
}

export function usePhoneChoice(): PhoneChoice {
  const [first] = useState(remembered);
  const [kind, setKind] = useState(first === BROWSER ? BROWSER : 'number');
  const [number, setNumber] = useState(first === BROWSER ? '' : first);
  const isBrowser = kind === BROWSER;
  const isNumber = /^\d{1,10}$/.test(number);
  return {
    isBrowser,
    choose: setKind,
    number,
    type: setNumber,
    phone: isBrowser ? BROWSER : isNumber ? number : undefined,
  };
}
