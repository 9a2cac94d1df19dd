-- Wrong PINs are counted where they are typed, by phone, and no longer with the agent.
ALTER TABLE agents DROP COLUMN wrong_pins;
ALTER TABLE agents DROP COLUMN last_wrong_at;
