// Recordings of the simulated exchange: which leg was recorded from when to when, and for how long it was paused.
// No sound: what a recording is worth to the engine is its length.

import type { Clock } from '../base/clock.ts';
import { TelephonyRefusal, type RecordingFiles } from '../engine/ports.ts';
import type { TelephonyCommand } from '../engine/telephony-commands.ts';
import type { LegId } from '../terms.ts';

type RecordingCommand = Extract<
  TelephonyCommand,
  { type: 'record' | 'pause-recording' | 'resume-recording' | 'stop-recording' }
>;

/** 8000 samples of 16 bits a second, behind a header. */
const BYTES_PER_MS = 16;
const HEADER_BYTES = 44;

export interface SimulatedRecording {
  readonly name: string;
  readonly leg: LegId;
  readonly startedAt: number;
  endedAt: number | undefined;
  pausedAt: number | undefined;
  /** Silence in place of what was said. */
  pausedMs: number;
}

export class SimulatedRecordings implements RecordingFiles {
  readonly all: SimulatedRecording[] = [];
  readonly #clock: Clock;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  carryOut(command: RecordingCommand): void {
    const running = this.all.filter(
      ({ leg, name, endedAt }) =>
        leg === command.leg &&
        endedAt === undefined &&
        (command.type !== 'stop-recording' || command.recording === name),
    );
    const now = this.#clock.now();
    if (command.type === 'record') {
      const { recording: name, leg } = command;
      this.all.push({ name, leg, startedAt: now, endedAt: undefined, pausedAt: undefined, pausedMs: 0 });
      return;
    }
    if (running.length === 0) throw new TelephonyRefusal('refused', `leg ${command.leg} is not recorded`);
    for (const recording of running) {
      if (command.type === 'pause-recording') recording.pausedAt ??= now;
      else this.#resume(recording, now);
      if (command.type === 'stop-recording') recording.endedAt = now;
    }
  }

  /** The leg is gone, or everything is. */
  legEnded(leg?: LegId): void {
    const now = this.#clock.now();
    for (const recording of this.all) {
      if (recording.endedAt !== undefined || (leg !== undefined && recording.leg !== leg)) continue;
      this.#resume(recording, now);
      recording.endedAt = now;
    }
  }

  look(name: string): Promise<{ bytes: number; durationMs: number } | undefined> {
    const found = this.all.find((recording) => recording.name === name);
    if (!found) return Promise.resolve(undefined);
    const durationMs = (found.endedAt ?? this.#clock.now()) - found.startedAt;
    return Promise.resolve({ bytes: HEADER_BYTES + durationMs * BYTES_PER_MS, durationMs });
  }

  remove(name: string): Promise<boolean> {
    const place = this.all.findIndex((recording) => recording.name === name);
    if (place >= 0) this.all.splice(place, 1);
    return Promise.resolve(place >= 0);
  }

  #resume(recording: SimulatedRecording, now: number): void {
    if (recording.pausedAt === undefined) return;
    recording.pausedMs += now - recording.pausedAt;
    recording.pausedAt = undefined;
  }
}
