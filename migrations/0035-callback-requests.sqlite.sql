-- A caller who pressed the key asks for a callback: the column says so.
ALTER TABLE inbound_calls RENAME COLUMN wished_at TO callback_requested_at;
