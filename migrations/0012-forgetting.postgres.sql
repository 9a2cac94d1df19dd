-- What is kept of forgotten people: nothing that tells who they were.

-- The key of the hashes below; made when the first person is forgotten.
CREATE TABLE privacy_key (key text COLLATE "C" NOT NULL);

-- Numbers of forgotten people that are on do-not-call lists, as they stand there: keyed hashes, below zero.
CREATE TABLE forgotten_numbers (digits bigint PRIMARY KEY);
