// One window of a browser shows the workspace: a second one asks first. Held for as long as the window is there.

const NAME = 'outdial-workspace';
let asked: Promise<boolean> | undefined;

/** Whether another window of this browser has it. */
export function isInAnotherWindow(): Promise<boolean> {
  return (asked ??= new Promise((resolve) => {
    // Absent where the page is not on HTTPS or this machine; the server then lets the newest window have it.
    const locks = navigator.locks as LockManager | undefined;
    if (locks === undefined) resolve(false);
    else
      void locks.request(NAME, { ifAvailable: true }, (lock) => {
        resolve(lock === null);
        return lock === null ? undefined : new Promise(() => undefined);
      });
  }));
}
