-- The house: who works here, what was done by whom, and which orders hold no person any more.
-- Written by people.rs (operator, act), shipment.rs (shipment_event), retain.rs' steps (orders, by
-- intake.rs).
ALTER TABLE orders ADD COLUMN blanked_at_ms INTEGER;
CREATE INDEX orders_unblanked ON orders (id) WHERE blanked_at_ms IS NULL;

-- Who did it, for what a person does; empty where nobody had said who works here.
ALTER TABLE shipment_event ADD COLUMN operator TEXT NOT NULL DEFAULT '';

CREATE TABLE operator (
  id          INTEGER PRIMARY KEY,
  name        TEXT NOT NULL CHECK (name <> ''),
  -- Hashes in PHC form; empty: none.
  pin         TEXT NOT NULL,
  badge       TEXT NOT NULL,
  -- One byte of another hash of the badge: other codes are told from badges without a slow hash.
  badge_mark  INTEGER,
  -- Words of rights, as JSON.
  rights      TEXT NOT NULL,
  added_at_ms INTEGER NOT NULL,
  gone_at_ms  INTEGER
) STRICT;

CREATE UNIQUE INDEX operator_name ON operator (name) WHERE gone_at_ms IS NULL;

-- What was done that is no event of a shipment: settings, operators, locks, copies.
CREATE TABLE act (
  seq      INTEGER PRIMARY KEY,
  at_ms    INTEGER NOT NULL,
  operator TEXT NOT NULL,
  what     TEXT NOT NULL,
  note     TEXT NOT NULL
) STRICT;
