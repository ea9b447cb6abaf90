-- What stands on the goods, so that they can be counted into their box.
ALTER TABLE order_item ADD COLUMN sku TEXT NOT NULL DEFAULT '';
ALTER TABLE order_item ADD COLUMN barcode TEXT NOT NULL DEFAULT '';

-- What files said of goods by both their codes: orders that name one of them are counted by either.
CREATE TABLE product (
  sku     TEXT PRIMARY KEY CHECK (sku <> ''),
  barcode TEXT NOT NULL,
  title   TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX product_barcode ON product (barcode);

-- One count of an order's goods. `why`: a person let it pass as it was.
CREATE TABLE verification (
  shipment_id INTEGER PRIMARY KEY REFERENCES shipment (id),
  begun_at_ms INTEGER NOT NULL,
  done_at_ms  INTEGER,
  why         TEXT NOT NULL DEFAULT ''
) STRICT;

CREATE TABLE verified_item (
  shipment_id INTEGER NOT NULL REFERENCES verification (shipment_id),
  line        INTEGER NOT NULL,
  counted     INTEGER NOT NULL CHECK (counted >= 0),
  PRIMARY KEY (shipment_id, line)
) STRICT, WITHOUT ROWID;

CREATE TABLE weighing (
  id         INTEGER PRIMARY KEY,
  waybill_id INTEGER NOT NULL REFERENCES waybill (id),
  part       INTEGER NOT NULL,
  weight_g   INTEGER NOT NULL CHECK (weight_g > 0),
  -- NULL: nobody said what it should weigh.
  expected_g INTEGER,
  device     TEXT NOT NULL,
  at_ms      INTEGER NOT NULL,
  who        TEXT NOT NULL DEFAULT '',
  -- Why it was kept although it is outside the band.
  why        TEXT NOT NULL DEFAULT ''
) STRICT;

CREATE INDEX weighing_of ON weighing (waybill_id, part, id);

CREATE TABLE manifest (
  id           INTEGER PRIMARY KEY,
  account      TEXT NOT NULL,
  opened_at_ms INTEGER NOT NULL,
  closed_at_ms INTEGER,
  -- As it was signed.
  parcels      INTEGER,
  weight_g     INTEGER
) STRICT;

CREATE UNIQUE INDEX manifest_open ON manifest (account) WHERE closed_at_ms IS NULL;

CREATE INDEX manifest_closed ON manifest (closed_at_ms) WHERE closed_at_ms IS NOT NULL;

CREATE TABLE manifest_parcel (
  waybill_id  INTEGER NOT NULL REFERENCES waybill (id),
  part        INTEGER NOT NULL,
  manifest_id INTEGER NOT NULL REFERENCES manifest (id),
  no          TEXT NOT NULL,
  at_ms       INTEGER NOT NULL,
  PRIMARY KEY (waybill_id, part)
) STRICT, WITHOUT ROWID;

CREATE INDEX manifest_parcel_of ON manifest_parcel (manifest_id, at_ms);

CREATE INDEX manifest_parcel_no ON manifest_parcel (no);
