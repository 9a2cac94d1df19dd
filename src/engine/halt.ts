// Why a campaign is kept from dialing although it runs.

/**
 * Why a campaign places no new calls; a `fault` is lifted by a person, a file that is gone, or the sound of the legal
 * message, by its coming back.
 */
export interface Halt {
  readonly by: 'fault' | 'file' | 'sound';
  readonly why: string;
}
