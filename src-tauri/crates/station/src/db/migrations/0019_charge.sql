-- What a carrier said it charged for a number, when it was asked last. Written by charge.rs only.
CREATE TABLE charge (
  waybill_id  INTEGER PRIMARY KEY REFERENCES waybill (id),
  total_fen   INTEGER NOT NULL,
  weight_g    INTEGER,
  -- The carrier's guess, not settled yet.
  estimated   INTEGER NOT NULL,
  -- Parts with the carrier's names for them, as JSON.
  lines       TEXT NOT NULL,
  asked_at_ms INTEGER NOT NULL
) STRICT;
