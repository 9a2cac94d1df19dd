// How a supervisor is heard by those whom they hear.

/**
 * `listen`: no one hears the supervisor; `whisper`: the agent alone does; `barge`: agent and person do; `take-over`: the
 * supervisor has the person, the agent wraps up.
 */
export const LISTENING_MODES = ['listen', 'whisper', 'barge', 'take-over'] as const;
export type ListeningMode = (typeof LISTENING_MODES)[number];
