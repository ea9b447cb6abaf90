-- Applications for a customer number at a carrier's outlet: kept before they are sent, sent once.
-- Written by apply/kept.rs only. The password that comes is not here, only its place.
CREATE TABLE application (
  id            INTEGER PRIMARY KEY,
  account       TEXT NOT NULL,
  -- The carrier behind the account, by its code.
  shipper       TEXT NOT NULL,
  station_code  TEXT NOT NULL,
  station_name  TEXT NOT NULL,
  -- The exact text to be sent; empty for one that was never sent from here (stray).
  body          TEXT NOT NULL,
  state         TEXT NOT NULL CHECK (state IN
                  ('asked', 'unsent', 'accepted', 'refused', 'unknown', 'granted', 'taken',
                   'dropped')),
  -- It is being sent, or was: from here on it may have arrived.
  sent          INTEGER NOT NULL DEFAULT 0,
  -- A push of it came, but nobody here asked.
  stray         INTEGER NOT NULL DEFAULT 0,
  asked_at_ms   INTEGER NOT NULL,
  changed_at_ms INTEGER NOT NULL,
  -- The carrier's key of it; empty when none was told.
  apply_code    TEXT NOT NULL DEFAULT '',
  -- The carrier's words, or why nothing is known.
  said          TEXT NOT NULL DEFAULT '',
  customer_name TEXT NOT NULL DEFAULT '',
  -- Where the password is kept, as the settings would say it; empty: none came.
  secret        TEXT NOT NULL DEFAULT ''
) STRICT;

CREATE INDEX application_account ON application (account);
