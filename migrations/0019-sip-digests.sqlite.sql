-- What Asterisk's digest authentication needs of agents' SIP passwords, in place of the passwords: MD5 of account, realm
-- and password. Phones that registered go on registering: the realm is the one that Asterisk has asked with until now.
-- The bytes of the passwords are overwritten in the file when the step has been taken (user_version says that it is due).
ALTER TABLE agents RENAME COLUMN sip_password TO sip_digest;
ALTER TABLE agents ADD COLUMN sip_realm TEXT NOT NULL DEFAULT 'asterisk';
UPDATE agents SET sip_digest = md5(account || ':asterisk:' || sip_digest) WHERE sip_digest <> '';
PRAGMA user_version = 1;
