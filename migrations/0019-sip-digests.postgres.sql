-- What Asterisk's digest authentication needs of agents' SIP passwords, in place of the passwords: MD5 of account, realm
-- and password. Phones that registered go on registering: the realm is the one that Asterisk has asked with until now.
-- Changing the type writes the table into a new file: the old one, with the passwords, is deleted with the transaction.
ALTER TABLE agents RENAME COLUMN sip_password TO sip_digest;
ALTER TABLE agents ADD COLUMN sip_realm text NOT NULL DEFAULT 'asterisk';
ALTER TABLE agents ALTER COLUMN sip_digest TYPE text
  USING CASE WHEN sip_digest = '' THEN '' ELSE md5(account || ':asterisk:' || sip_digest) END;
