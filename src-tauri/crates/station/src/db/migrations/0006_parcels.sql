-- Orders of several parcels, and what else is asked of the carrier. Written by intake.rs only.
ALTER TABLE orders ADD COLUMN parcels INTEGER NOT NULL DEFAULT 1 CHECK (parcels BETWEEN 1 AND 300);
ALTER TABLE orders ADD COLUMN volume_cm3 INTEGER CHECK (volume_cm3 > 0);
ALTER TABLE orders ADD COLUMN slip INTEGER NOT NULL DEFAULT 0;

-- Further numbers of a waybill, each with a label of its own: parts 2 and more (part 1 is the waybill's
-- own number). A signed slip's number is the last part. Written by shipment/parcel.rs only.
CREATE TABLE parcel (
  waybill_id INTEGER NOT NULL REFERENCES waybill (id),
  part       INTEGER NOT NULL CHECK (part > 1),
  kind       TEXT NOT NULL CHECK (kind IN ('child', 'slip')),
  no         TEXT NOT NULL CHECK (no <> ''),
  PRIMARY KEY (waybill_id, part)
) STRICT, WITHOUT ROWID;
CREATE INDEX parcel_by_no ON parcel (no);

CREATE TABLE parcel_template (
  waybill_id INTEGER NOT NULL REFERENCES waybill (id),
  part       INTEGER NOT NULL,
  data       BLOB NOT NULL,
  PRIMARY KEY (waybill_id, part)
) STRICT;

-- A print job is one label of one part; copies are counted for each. SQLite changes no constraint in
-- place, so the table is made anew.
CREATE TABLE print_job_of_parts (
  id            INTEGER PRIMARY KEY,
  shipment_id   INTEGER NOT NULL REFERENCES shipment (id),
  waybill_id    INTEGER NOT NULL REFERENCES waybill (id),
  part          INTEGER NOT NULL DEFAULT 1,
  printer       TEXT NOT NULL,
  state         TEXT NOT NULL CHECK (state IN
                  ('spooled', 'sending', 'sent', 'confirmed', 'unknown', 'dropped')),
  copy          INTEGER NOT NULL,
  reason        TEXT NOT NULL,
  batch_id      INTEGER REFERENCES batch (id),
  position      INTEGER NOT NULL DEFAULT 0,
  urgent        INTEGER NOT NULL DEFAULT 0,
  spooled_at_ms INTEGER NOT NULL,
  sent_at_ms    INTEGER,
  done_at_ms    INTEGER,
  error         TEXT NOT NULL DEFAULT '',
  UNIQUE (waybill_id, part, copy)
) STRICT;
INSERT INTO print_job_of_parts (id, shipment_id, waybill_id, printer, state, copy, reason, batch_id,
                                position, urgent, spooled_at_ms, sent_at_ms, done_at_ms, error)
  SELECT id, shipment_id, waybill_id, printer, state, copy, reason, batch_id, position, urgent,
         spooled_at_ms, sent_at_ms, done_at_ms, error FROM print_job;
DROP TABLE print_job;
ALTER TABLE print_job_of_parts RENAME TO print_job;
CREATE INDEX print_job_queue ON print_job (printer, urgent DESC, batch_id, position, id)
  WHERE state = 'spooled';
CREATE INDEX print_job_open ON print_job (printer, state)
  WHERE state IN ('sending', 'sent', 'unknown');
CREATE INDEX print_job_of ON print_job (shipment_id);
CREATE INDEX print_job_done ON print_job (done_at_ms) WHERE state = 'confirmed';
