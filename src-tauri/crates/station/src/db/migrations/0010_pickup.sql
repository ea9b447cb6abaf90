-- Couriers who were sent for: one row a booking, kept before it is asked and never asked as two.
-- Written by pickup/kept.rs only.
CREATE TABLE pickup (
  id             INTEGER PRIMARY KEY,
  shipment_id    INTEGER NOT NULL REFERENCES shipment (id),
  -- send: from us to the receiver, instead of a number of ours. back: from the receiver to us.
  way            TEXT NOT NULL CHECK (way IN ('send', 'back')),
  account        TEXT NOT NULL,
  order_key      TEXT NOT NULL,
  -- The exact text to be sent, now and at every further attempt.
  body           TEXT NOT NULL,
  -- What a label of it would show; for the waybill that the courier brings.
  facts          TEXT NOT NULL,
  state          TEXT NOT NULL CHECK (state IN
                   ('asked', 'booked', 'collected', 'delivered', 'cancelled', 'failed', 'refused',
                    'unknown')),
  asked_at_ms    INTEGER NOT NULL,
  from_ms        INTEGER NOT NULL,
  to_ms          INTEGER NOT NULL,
  attempt        INTEGER NOT NULL DEFAULT 0,
  unknowns       INTEGER NOT NULL DEFAULT 0,
  -- The booking may have reached the carrier.
  doubt          INTEGER NOT NULL DEFAULT 0,
  -- A person wants it called off, and why; the call may have reached the carrier.
  off_why        TEXT,
  off_doubt      INTEGER NOT NULL DEFAULT 0,
  lease_until_ms INTEGER,
  -- NULL: nothing to do by itself.
  due_at_ms      INTEGER,
  carrier_key    TEXT NOT NULL DEFAULT '',
  -- What is known of it, from all that was said.
  carrier        TEXT NOT NULL DEFAULT '',
  no             TEXT NOT NULL DEFAULT '',
  courier        TEXT,
  fees           TEXT,
  word           TEXT NOT NULL DEFAULT '',
  said           TEXT NOT NULL DEFAULT '',
  -- The number has become the shipment's.
  handed         INTEGER NOT NULL DEFAULT 0,
  UNIQUE (account, order_key)
) STRICT;

CREATE UNIQUE INDEX pickup_live ON pickup (shipment_id, way)
  WHERE state IN ('asked', 'booked', 'unknown');

CREATE INDEX pickup_shipment ON pickup (shipment_id);

CREATE INDEX pickup_due ON pickup (account, due_at_ms) WHERE due_at_ms IS NOT NULL;

-- All that carriers said of them. The same said twice is one line.
CREATE TABLE pickup_event (
  pickup_id   INTEGER NOT NULL REFERENCES pickup (id),
  told        TEXT NOT NULL,
  heard_at_ms INTEGER NOT NULL,
  PRIMARY KEY (pickup_id, told)
) STRICT, WITHOUT ROWID;

-- Numbers of elsewhere may be another carrier's than the account's own.
ALTER TABLE track ADD COLUMN carrier TEXT NOT NULL DEFAULT '';
