// Requests to Asterisk travel on many connections and may overtake each other. What one leg or bridge is to hear must
// not, nor the answer before it: a prompt that comes before the answer is early media and holds the answer up until it is
// over; a stop that comes before its start leaves the sound playing. Other commands wait for nothing.

import type { TelephonyCommand } from '../engine/telephony-commands.ts';

export class InOrder {
  /** The last request of each leg or bridge that is still under way. */
  readonly #last = new Map<string, Promise<void>>();
  /** Where playbacks are to play whose request is still under way. */
  readonly #places = new Map<string, string>();

  /** Sends the command once those before it, for the same ears, have been answered; settles like `send`. */
  run(command: TelephonyCommand, send: () => Promise<void>): Promise<void> {
    const place = this.#placeOf(command);
    if (place === undefined) return send();
    const sent = this.#last.get(place)?.then(send, send) ?? send();
    this.#last.set(place, sent);
    const playback = command.type === 'play' ? command.playback : undefined;
    if (playback !== undefined) this.#places.set(playback, place);
    const settled = (): void => {
      if (playback !== undefined) this.#places.delete(playback);
      if (this.#last.get(place) === sent) this.#last.delete(place);
    };
    sent.then(settled, settled);
    return sent;
  }

  #placeOf(command: TelephonyCommand): string | undefined {
    switch (command.type) {
      case 'answer':
      case 'mute':
      case 'unmute':
      case 'send-keys':
        return command.leg;
      case 'play':
      case 'start-music':
      case 'stop-music':
        return 'leg' in command.to ? command.to.leg : command.to.bridge;
      case 'stop-playing':
        return this.#places.get(command.playback);
      default:
        return undefined;
    }
  }
}
