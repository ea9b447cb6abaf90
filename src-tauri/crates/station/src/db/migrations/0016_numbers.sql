-- Which numbers the shops were told, and which they are still to be told.
CREATE TABLE untold (
  waybill_id   INTEGER NOT NULL REFERENCES waybill (id),
  -- The shipment of the order that is told of: the one that has the number, or one that goes with
  -- it. One for each order.
  shipment_id  INTEGER NOT NULL REFERENCES shipment (id),
  shop         TEXT NOT NULL,
  issued_at_ms INTEGER NOT NULL,
  -- 0: it has its number. 1: its label is printed. -1: the number is being given back.
  ready        INTEGER NOT NULL CHECK (ready IN (-1, 0, 1)),
  PRIMARY KEY (waybill_id, shipment_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX untold_shop ON untold (shop, ready, issued_at_ms);

CREATE TABLE telling (
  id         INTEGER PRIMARY KEY,
  at_ms      INTEGER NOT NULL,
  shop       TEXT NOT NULL,
  way        TEXT NOT NULL CHECK (way IN ('file')),
  -- The file, whole.
  path       TEXT NOT NULL CHECK (path <> ''),
  -- Its rows.
  n          INTEGER NOT NULL,
  by_itself  INTEGER NOT NULL,
  operator   TEXT NOT NULL DEFAULT '',
  -- How often it was written; more than once by a person's wish alone.
  copies     INTEGER NOT NULL DEFAULT 1,
  -- NULL: the file is owed.
  done_at_ms INTEGER,
  -- The shop did not take it: its numbers are untold again.
  back_at_ms INTEGER
) STRICT;

CREATE INDEX telling_shop ON telling (shop, id);

CREATE INDEX telling_open ON telling (id) WHERE done_at_ms IS NULL AND back_at_ms IS NULL;

CREATE TABLE told (
  telling_id  INTEGER NOT NULL REFERENCES telling (id),
  waybill_id  INTEGER NOT NULL REFERENCES waybill (id),
  shipment_id INTEGER NOT NULL REFERENCES shipment (id),
  PRIMARY KEY (telling_id, waybill_id, shipment_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX told_shipment ON told (shipment_id, telling_id);

CREATE INDEX told_waybill ON told (waybill_id);

-- Numbers that were taken back after the shop was told of them.
CREATE TABLE stale (
  waybill_id    INTEGER NOT NULL REFERENCES waybill (id),
  shipment_id   INTEGER NOT NULL REFERENCES shipment (id),
  -- A person put it right in the shop.
  settled_at_ms INTEGER,
  PRIMARY KEY (waybill_id, shipment_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX stale_open ON stale (shipment_id) WHERE settled_at_ms IS NULL;

CREATE TRIGGER untold_state AFTER UPDATE OF state ON shipment
WHEN new.state <> old.state AND new.state IN ('waybilled', 'printed', 'voiding')
BEGIN
  UPDATE untold
     SET ready = CASE new.state WHEN 'printed' THEN 1 WHEN 'waybilled' THEN 0 ELSE -1 END
   WHERE waybill_id IN (SELECT id FROM waybill
                         WHERE shipment_id = new.id AND voided_at_ms IS NULL);
END;

CREATE TRIGGER untold_void AFTER UPDATE OF voided_at_ms ON waybill
WHEN new.voided_at_ms IS NOT NULL
BEGIN
  DELETE FROM untold WHERE waybill_id = new.id;
  INSERT OR IGNORE INTO stale (waybill_id, shipment_id)
  SELECT t.waybill_id, t.shipment_id FROM told t JOIN telling g ON g.id = t.telling_id
   WHERE t.waybill_id = new.id AND g.back_at_ms IS NULL;
END;

-- What is printed by now was told by other means; what is on its way to that is told from here on.
INSERT INTO untold (waybill_id, shipment_id, shop, issued_at_ms, ready)
SELECT w.id, min(m.id), o.shop, w.issued_at_ms, iif(s.state = 'waybilled', 0, -1)
  FROM shipment s
  JOIN waybill w ON w.shipment_id = s.id AND w.voided_at_ms IS NULL
  JOIN shipment m ON m.id = s.id OR m.into_id = s.id
  JOIN orders o ON o.id = m.order_id
 WHERE s.state IN ('waybilled', 'voiding') AND s.back IS NULL
 GROUP BY w.id, o.id;
