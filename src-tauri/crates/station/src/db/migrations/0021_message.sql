-- Messages to receivers: one row each, kept before it is sent and never sent again by itself.
-- Written by sms/kept.rs only.
CREATE TABLE message (
  id             INTEGER PRIMARY KEY,
  shipment_id    INTEGER NOT NULL REFERENCES shipment (id),
  -- Whose arrival it tells of.
  waybill_id     INTEGER NOT NULL REFERENCES waybill (id),
  account        TEXT NOT NULL,
  template       INTEGER NOT NULL,
  -- The exact text to be sent; empty when it needs no sending any more: a phone stands in it.
  body           TEXT NOT NULL,
  state          TEXT NOT NULL CHECK (state IN
                   ('asked', 'sent', 'refused', 'unknown', 'withdrawn')),
  asked_at_ms    INTEGER NOT NULL,
  -- NULL: nothing came of it yet.
  ended_at_ms    INTEGER,
  attempt        INTEGER NOT NULL DEFAULT 0,
  -- It may have left.
  doubt          INTEGER NOT NULL DEFAULT 0,
  lease_until_ms INTEGER,
  due_at_ms      INTEGER NOT NULL,
  carrier_key    TEXT NOT NULL DEFAULT '',
  said           TEXT NOT NULL DEFAULT '',
  -- Nobody knows whether it was sent, and a person lets it stand.
  settled        INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE INDEX message_shipment ON message (shipment_id);

CREATE INDEX message_due ON message (account, due_at_ms) WHERE state = 'asked';
