-- Where parcels are: one row a number that is asked after, or was. Our own come in by a trigger when
-- their label is out, so that no way of printing can forget one; numbers of elsewhere have no
-- waybill here. Written by tracking/kept.rs and the triggers only.
CREATE TABLE track (
  id          INTEGER PRIMARY KEY,
  shipment_id INTEGER REFERENCES shipment (id),
  waybill_id  INTEGER UNIQUE REFERENCES waybill (id),
  account     TEXT NOT NULL,
  no          TEXT NOT NULL CHECK (no <> ''),
  order_key   TEXT NOT NULL,
  -- Of a number from elsewhere; of our own it stands with the order.
  phone_tail  TEXT NOT NULL DEFAULT '',
  -- NULL: no trace yet.
  stage       TEXT CHECK (stage IN
                ('announced', 'collected', 'in_transit', 'customs', 'out_for_delivery',
                 'awaits_receiver', 'problem', 'returning', 'delivered', 'returned', 'cancelled',
                 'other')),
  stage_at_ms INTEGER,
  since_ms    INTEGER NOT NULL,
  news_at_ms  INTEGER NOT NULL,
  asked_at_ms INTEGER,
  -- The last push.
  told_at_ms  INTEGER,
  -- NULL: not asked after any more. 0: not planned yet.
  due_at_ms   INTEGER,
  -- Why the carrier says nothing of it, in its words.
  said        TEXT NOT NULL DEFAULT '',
  UNIQUE (no, account)
) STRICT;

CREATE INDEX track_due ON track (account, due_at_ms) WHERE due_at_ms IS NOT NULL;

CREATE INDEX track_stage ON track (stage, shipment_id) WHERE shipment_id IS NOT NULL;

CREATE TABLE track_event (
  track_id INTEGER NOT NULL REFERENCES track (id),
  at_ms    INTEGER NOT NULL,
  text     TEXT NOT NULL,
  stage    TEXT NOT NULL,
  word     TEXT NOT NULL,
  place    TEXT NOT NULL,
  PRIMARY KEY (track_id, at_ms, text)
) STRICT, WITHOUT ROWID;

-- Words of carriers that are in no table of ours, with the first sentence that bore them.
CREATE TABLE track_word (
  account     TEXT NOT NULL,
  word        TEXT NOT NULL,
  n           INTEGER NOT NULL,
  text        TEXT NOT NULL,
  first_at_ms INTEGER NOT NULL,
  PRIMARY KEY (account, word)
) STRICT, WITHOUT ROWID;

-- Calls of the day (days since 1970 in China), for the account's allowance.
CREATE TABLE track_day (
  account TEXT PRIMARY KEY,
  day     INTEGER NOT NULL,
  calls   INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TRIGGER track_printed AFTER UPDATE OF state ON shipment
WHEN new.state = 'printed' AND old.state <> 'printed'
BEGIN
  INSERT INTO track (shipment_id, waybill_id, account, no, order_key, since_ms, news_at_ms,
                     due_at_ms)
  SELECT w.shipment_id, w.id, w.account, w.no, w.order_key, w.issued_at_ms, w.issued_at_ms, 0
    FROM waybill w WHERE w.shipment_id = new.id AND w.voided_at_ms IS NULL
  ON CONFLICT DO UPDATE SET
    stage = CASE WHEN waybill_id IS excluded.waybill_id THEN stage END,
    shipment_id = excluded.shipment_id, waybill_id = excluded.waybill_id,
    order_key = excluded.order_key, since_ms = excluded.since_ms, due_at_ms = 0;
END;

CREATE TRIGGER track_void AFTER UPDATE OF voided_at_ms ON waybill
WHEN new.voided_at_ms IS NOT NULL
BEGIN
  UPDATE track SET due_at_ms = NULL WHERE waybill_id = new.id;
END;

-- What was printed before: the newest numbers alone, so that a file of years opens at once. Those
-- that are older than a parcel is on its way give themselves up at their first turn.
INSERT INTO track (shipment_id, waybill_id, account, no, order_key, since_ms, news_at_ms, due_at_ms)
SELECT w.shipment_id, w.id, w.account, w.no, w.order_key, w.issued_at_ms, w.issued_at_ms, 0
  FROM waybill w JOIN shipment s ON s.id = w.shipment_id
 WHERE w.id > (SELECT coalesce(max(id), 0) FROM waybill) - 20000
   AND w.voided_at_ms IS NULL AND s.state = 'printed';
