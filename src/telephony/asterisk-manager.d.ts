// The part of asterisk-manager 0.2.0 that ami.ts uses; the package has no types of its own.

declare module 'asterisk-manager' {
  export interface ManagerMessage {
    readonly [key: string]: string | readonly string[] | Readonly<Record<string, string>> | undefined;
  }

  export interface ManagerAction {
    readonly action: string;
    readonly [key: string]: string;
  }

  export interface Manager {
    readonly options: { username: string; password: string };
    on(event: 'connect' | 'close' | 'end', listener: () => void): void;
    on(event: 'error', listener: (error: Error) => void): void;
    on(event: 'managerevent', listener: (event: ManagerMessage) => void): void;
    removeAllListeners(event?: string): void;
    login(callback: (error?: unknown) => void): void;
    action(
      action: ManagerAction,
      callback: (error: ManagerMessage | undefined, answer: ManagerMessage) => void,
    ): string;
    disconnect(): void;
    isConnected(): boolean | undefined;
  }

  /** Connects at once; without `username` it does not sign in by itself. */
  const createManager: new (
    port: number,
    host: string,
    username: string | undefined,
    password: string | undefined,
    events: boolean,
  ) => Manager;
  export default createManager;
}
