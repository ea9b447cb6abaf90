-- Answers whose form no document shows, as they came: sealed, because they hold people. The key
-- lies in the system's store or beside the settings. Written by unseen.rs only.
CREATE TABLE unseen_answer (
  id      INTEGER PRIMARY KEY,
  account TEXT NOT NULL,
  api     TEXT NOT NULL,
  at_ms   INTEGER NOT NULL,
  bytes   INTEGER NOT NULL,
  nonce   BLOB NOT NULL,
  sealed  BLOB NOT NULL
) STRICT;
