-- What a person does with orders before they are sent, and what makes them easy to find. Written by
-- shipment/hand.rs and shipment/load.rs only.
DROP INDEX shipment_tab;
DROP TRIGGER tally_insert;
DROP TRIGGER tally_update;
ALTER TABLE shipment DROP COLUMN tab;

-- 0: none; 1 to 5: red, yellow, green, blue, purple.
ALTER TABLE shipment ADD COLUMN flag INTEGER NOT NULL DEFAULT 0 CHECK (flag BETWEEN 0 AND 5);
-- A note for the people at the desk; never on a label.
ALTER TABLE shipment ADD COLUMN memo TEXT NOT NULL DEFAULT '';
-- Why a person holds it; held until a person lets it go.
ALTER TABLE shipment ADD COLUMN hold TEXT CHECK (hold <> '');
-- The account a person chose; empty: the rules'.
ALTER TABLE shipment ADD COLUMN wanted TEXT NOT NULL DEFAULT '';
-- The same for orders of one shop to one buyer at one address; 0: not known.
ALTER TABLE shipment ADD COLUMN buyer INTEGER NOT NULL DEFAULT 0;
-- The shipment that carries this one's goods, too. This one is then in no list and never asked for.
ALTER TABLE shipment ADD COLUMN into_id INTEGER REFERENCES shipment (id);
-- What it carries where that is not just its order's goods (merged, split); load_pieces NULL: as its
-- order says.
ALTER TABLE shipment ADD COLUMN load_pieces INTEGER;
ALTER TABLE shipment ADD COLUMN load_goods TEXT;
ALTER TABLE shipment ADD COLUMN load_weight_g INTEGER;
ALTER TABLE shipment ADD COLUMN load_note TEXT;

ALTER TABLE shipment ADD COLUMN tab TEXT NOT NULL GENERATED ALWAYS AS (CASE
  WHEN into_id IS NOT NULL THEN 'merged'
  WHEN trouble IS NOT NULL OR state IN ('held', 'refused') THEN 'attention'
  WHEN state = 'ready' THEN 'pending'
  WHEN state IN ('requested', 'voiding') THEN 'in_work'
  WHEN state = 'waybilled' THEN 'to_print'
  ELSE 'printed' END) VIRTUAL;
CREATE INDEX shipment_tab ON shipment (tab, sort_at_ms, id);
CREATE INDEX shipment_buyer ON shipment (buyer)
  WHERE state = 'ready' AND into_id IS NULL AND buyer <> 0;
CREATE INDEX shipment_into ON shipment (into_id) WHERE into_id IS NOT NULL;

CREATE TRIGGER tally_insert AFTER INSERT ON shipment BEGIN
  UPDATE tally SET n = n + 1 WHERE tab = new.tab;
END;
CREATE TRIGGER tally_update AFTER UPDATE OF state, trouble, into_id ON shipment
WHEN old.tab <> new.tab
BEGIN
  UPDATE tally SET n = n - 1 WHERE tab = old.tab;
  UPDATE tally SET n = n + 1 WHERE tab = new.tab;
END;

-- The lines of orders that a shipment carries, where they are not all of its own order (split,
-- sent again).
CREATE TABLE shipment_item (
  shipment_id INTEGER NOT NULL REFERENCES shipment (id),
  order_id    INTEGER NOT NULL REFERENCES orders (id),
  line        INTEGER NOT NULL,
  quantity    INTEGER NOT NULL CHECK (quantity > 0),
  PRIMARY KEY (shipment_id, order_id, line)
) STRICT, WITHOUT ROWID;

-- Filters with a name; the slot is the key Alt+1 to Alt+9.
CREATE TABLE saved_filter (
  slot  INTEGER PRIMARY KEY CHECK (slot BETWEEN 1 AND 9),
  name  TEXT NOT NULL CHECK (name <> ''),
  query TEXT NOT NULL
) STRICT;
