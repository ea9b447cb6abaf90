-- When a carrier expects a parcel to arrive, in its words, as it said last: no words and no moment,
-- it will tell them. told: it was asked to tell it by itself. Written by tracking/eta.rs only.
CREATE TABLE track_eta (
  track_id INTEGER PRIMARY KEY REFERENCES track (id),
  words    TEXT NOT NULL,
  hours    INTEGER,
  at_ms    INTEGER,
  told     INTEGER NOT NULL
) STRICT;
