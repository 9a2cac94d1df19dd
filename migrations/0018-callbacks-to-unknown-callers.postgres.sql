-- When a caller whom no list holds was granted a callback by themselves: counted against the limits, also after a restart.
ALTER TABLE inbound_calls ADD COLUMN callback_at bigint;
-- Why a caller who reached no agent is not called back.
ALTER TABLE inbound_calls ADD COLUMN no_callback text;
CREATE INDEX inbound_calls_callback ON inbound_calls (callback_at) WHERE callback_at IS NOT NULL;
