CREATE TABLE meta (
  key   TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE orders (
  id             INTEGER PRIMARY KEY,
  shop           TEXT NOT NULL,
  number         TEXT NOT NULL CHECK (number <> ''),
  paid_at_ms     INTEGER,
  name           TEXT NOT NULL,
  phone          TEXT NOT NULL,
  province       TEXT NOT NULL,
  city           TEXT NOT NULL,
  district       TEXT NOT NULL,
  detail         TEXT NOT NULL,
  goods          TEXT NOT NULL,
  pieces         INTEGER NOT NULL,
  weight_g       INTEGER,
  note           TEXT NOT NULL,
  search         TEXT NOT NULL,
  imported_at_ms INTEGER NOT NULL, pay TEXT CHECK (pay IN ('sender', 'receiver', 'monthly')), cod_fen INTEGER CHECK (cod_fen > 0), insured_fen INTEGER CHECK (insured_fen > 0), parcels INTEGER NOT NULL DEFAULT 1 CHECK (parcels BETWEEN 1 AND 300), volume_cm3 INTEGER CHECK (volume_cm3 > 0), slip INTEGER NOT NULL DEFAULT 0, country TEXT NOT NULL DEFAULT '', postcode TEXT NOT NULL DEFAULT '', email TEXT NOT NULL DEFAULT '', blanked_at_ms INTEGER,
  UNIQUE (shop, number)
) STRICT;

CREATE INDEX orders_number ON orders (number);

CREATE TABLE order_item (
  order_id INTEGER NOT NULL REFERENCES orders (id),
  line     INTEGER NOT NULL,
  title    TEXT NOT NULL,
  quantity INTEGER NOT NULL CHECK (quantity > 0), customs TEXT, sku TEXT NOT NULL DEFAULT '', barcode TEXT NOT NULL DEFAULT '',
  PRIMARY KEY (order_id, line)
) STRICT, WITHOUT ROWID;

CREATE TABLE shipment (
  id         INTEGER PRIMARY KEY,
  order_id   INTEGER NOT NULL REFERENCES orders (id),
  nth        INTEGER NOT NULL DEFAULT 1,
  generation INTEGER NOT NULL DEFAULT 0,
  state      TEXT NOT NULL CHECK (state IN
               ('held', 'ready', 'requested', 'refused', 'waybilled', 'printed', 'voiding')),
  trouble    TEXT,
  faults     TEXT NOT NULL DEFAULT '[]',
  account    TEXT NOT NULL DEFAULT '',
  sort_at_ms INTEGER NOT NULL, flag INTEGER NOT NULL DEFAULT 0 CHECK (flag BETWEEN 0 AND 5), memo TEXT NOT NULL DEFAULT '', hold TEXT CHECK (hold <> ''), wanted TEXT NOT NULL DEFAULT '', buyer INTEGER NOT NULL DEFAULT 0, into_id INTEGER REFERENCES shipment (id), load_pieces INTEGER, load_goods TEXT, load_weight_g INTEGER, load_note TEXT, tab TEXT NOT NULL GENERATED ALWAYS AS (CASE
  WHEN into_id IS NOT NULL THEN 'merged'
  WHEN trouble IS NOT NULL OR state IN ('held', 'refused') THEN 'attention'
  WHEN state = 'ready' THEN 'pending'
  WHEN state IN ('requested', 'voiding') THEN 'in_work'
  WHEN state = 'waybilled' THEN 'to_print'
  ELSE 'printed' END) VIRTUAL, sender TEXT NOT NULL DEFAULT '', back TEXT
  CHECK (back IN ('usual', 'sender', 'receiver', 'monthly')), of_id INTEGER REFERENCES shipment (id),
  UNIQUE (order_id, nth)
) STRICT;

CREATE TABLE tally (
  tab TEXT PRIMARY KEY,
  n   INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE shipment_event (
  seq         INTEGER PRIMARY KEY,
  shipment_id INTEGER NOT NULL REFERENCES shipment (id),
  at_ms       INTEGER NOT NULL,
  event       TEXT NOT NULL,
  to_state    TEXT NOT NULL,
  note        TEXT NOT NULL
, operator TEXT NOT NULL DEFAULT '') STRICT;

CREATE INDEX shipment_event_of ON shipment_event (shipment_id, seq);

CREATE TABLE waybill (
  id           INTEGER PRIMARY KEY,
  shipment_id  INTEGER NOT NULL REFERENCES shipment (id),
  generation   INTEGER NOT NULL,
  account      TEXT NOT NULL,
  order_key    TEXT NOT NULL UNIQUE,
  no           TEXT NOT NULL CHECK (no <> ''),
  sort_code    TEXT NOT NULL,
  label        TEXT NOT NULL,
  issued_at_ms INTEGER NOT NULL,
  voided_at_ms INTEGER
) STRICT;

CREATE UNIQUE INDEX waybill_live ON waybill (shipment_id) WHERE voided_at_ms IS NULL;

CREATE UNIQUE INDEX waybill_once ON waybill (no, account) WHERE voided_at_ms IS NULL;

CREATE INDEX waybill_by_no ON waybill (no);

CREATE TABLE outbox (
  id             INTEGER PRIMARY KEY,
  kind           TEXT NOT NULL CHECK (kind IN ('create_waybill', 'void_waybill')),
  shipment_id    INTEGER NOT NULL REFERENCES shipment (id),
  account        TEXT NOT NULL,
  order_key      TEXT NOT NULL,
  body           TEXT NOT NULL,
  label          TEXT NOT NULL,
  print_on       TEXT,
  batch_id       INTEGER REFERENCES batch (id),
  position       INTEGER NOT NULL DEFAULT 0,
  urgent         INTEGER NOT NULL DEFAULT 0,
  attempt        INTEGER NOT NULL DEFAULT 0,
  unknowns       INTEGER NOT NULL DEFAULT 0,
  doubt          INTEGER NOT NULL DEFAULT 0,
  parked         INTEGER NOT NULL DEFAULT 0,
  due_at_ms      INTEGER NOT NULL,
  leased_at_ms   INTEGER,
  lease_until_ms INTEGER,
  last_error     TEXT,
  done_at_ms     INTEGER
) STRICT;

CREATE UNIQUE INDEX outbox_open ON outbox (shipment_id) WHERE done_at_ms IS NULL;

CREATE INDEX outbox_due ON outbox (account, urgent DESC, due_at_ms, id)
  WHERE done_at_ms IS NULL AND parked = 0;

CREATE INDEX outbox_ahead ON outbox (batch_id, position)
  WHERE done_at_ms IS NULL AND last_error IS NULL;

CREATE INDEX outbox_of ON outbox (shipment_id);

CREATE TABLE batch (
  id            INTEGER PRIMARY KEY,
  created_at_ms INTEGER NOT NULL,
  print         INTEGER NOT NULL,
  sealed        INTEGER NOT NULL DEFAULT 0,
  paused        INTEGER NOT NULL DEFAULT 0,
  closed_at_ms  INTEGER
) STRICT;

CREATE INDEX batch_live ON batch (id) WHERE closed_at_ms IS NULL;

CREATE TABLE batch_item (
  batch_id    INTEGER NOT NULL REFERENCES batch (id),
  position    INTEGER NOT NULL,
  shipment_id INTEGER NOT NULL REFERENCES shipment (id),
  stopped     INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (batch_id, position)
) STRICT, WITHOUT ROWID;

CREATE INDEX batch_item_of ON batch_item (shipment_id);

CREATE TABLE import_mapping (
  heading_key TEXT PRIMARY KEY,
  mapping     TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE import_run (
  id     INTEGER PRIMARY KEY,
  at_ms  INTEGER NOT NULL,
  report TEXT NOT NULL
) STRICT;

CREATE TABLE waybill_template (
  waybill_id INTEGER PRIMARY KEY REFERENCES waybill (id),
  data       BLOB NOT NULL
) STRICT;

CREATE TABLE label_form (
  digest TEXT PRIMARY KEY,
  data   BLOB NOT NULL
) STRICT, WITHOUT ROWID;

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
  said        TEXT NOT NULL DEFAULT '', carrier TEXT NOT NULL DEFAULT '', route TEXT, route_at_ms INTEGER,
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

CREATE TABLE track_word (
  account     TEXT NOT NULL,
  word        TEXT NOT NULL,
  n           INTEGER NOT NULL,
  text        TEXT NOT NULL,
  first_at_ms INTEGER NOT NULL,
  PRIMARY KEY (account, word)
) STRICT, WITHOUT ROWID;

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

CREATE TABLE "print_job" (
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

CREATE INDEX print_job_queue ON print_job (printer, urgent DESC, batch_id, position, id)
  WHERE state = 'spooled';

CREATE INDEX print_job_open ON print_job (printer, state)
  WHERE state IN ('sending', 'sent', 'unknown');

CREATE INDEX print_job_of ON print_job (shipment_id);

CREATE INDEX print_job_done ON print_job (done_at_ms) WHERE state = 'confirmed';

CREATE TABLE call_day (
  account TEXT NOT NULL,
  api     TEXT NOT NULL,
  day     INTEGER NOT NULL,
  n       INTEGER NOT NULL,
  PRIMARY KEY (account, api, day)
) STRICT, WITHOUT ROWID;

CREATE TABLE refusal (
  account    TEXT NOT NULL,
  code       TEXT NOT NULL,
  said       TEXT NOT NULL,
  n          INTEGER NOT NULL,
  last_at_ms INTEGER NOT NULL,
  PRIMARY KEY (account, code)
) STRICT, WITHOUT ROWID;

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

CREATE TABLE pickup_event (
  pickup_id   INTEGER NOT NULL REFERENCES pickup (id),
  told        TEXT NOT NULL,
  heard_at_ms INTEGER NOT NULL,
  PRIMARY KEY (pickup_id, told)
) STRICT, WITHOUT ROWID;

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

CREATE TABLE shipment_item (
  shipment_id INTEGER NOT NULL REFERENCES shipment (id),
  order_id    INTEGER NOT NULL REFERENCES orders (id),
  line        INTEGER NOT NULL,
  quantity    INTEGER NOT NULL CHECK (quantity > 0),
  PRIMARY KEY (shipment_id, order_id, line)
) STRICT, WITHOUT ROWID;

CREATE TABLE saved_filter (
  slot  INTEGER PRIMARY KEY CHECK (slot BETWEEN 1 AND 9),
  name  TEXT NOT NULL CHECK (name <> ''),
  query TEXT NOT NULL
) STRICT;

CREATE TABLE product (
  sku     TEXT PRIMARY KEY CHECK (sku <> ''),
  barcode TEXT NOT NULL,
  title   TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX product_barcode ON product (barcode);

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

CREATE INDEX orders_unblanked ON orders (id) WHERE blanked_at_ms IS NULL;

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

CREATE TABLE act (
  seq      INTEGER PRIMARY KEY,
  at_ms    INTEGER NOT NULL,
  operator TEXT NOT NULL,
  what     TEXT NOT NULL,
  note     TEXT NOT NULL
) STRICT;

CREATE TABLE unseen_answer (
  id      INTEGER PRIMARY KEY,
  account TEXT NOT NULL,
  api     TEXT NOT NULL,
  at_ms   INTEGER NOT NULL,
  bytes   INTEGER NOT NULL,
  nonce   BLOB NOT NULL,
  sealed  BLOB NOT NULL
) STRICT;

CREATE INDEX shipment_of ON shipment (of_id) WHERE of_id IS NOT NULL;

CREATE INDEX shipment_sender ON shipment (sender) WHERE sender <> '';

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

CREATE TABLE application (
  id            INTEGER PRIMARY KEY,
  account       TEXT NOT NULL,
  -- The carrier behind the account, by its code.
  shipper       TEXT NOT NULL,
  station_code  TEXT NOT NULL,
  station_name  TEXT NOT NULL,
  -- The exact text to be sent; empty for one that was never sent from here (stray).
  body          TEXT NOT NULL,
  state         TEXT NOT NULL CHECK (state IN
                  ('asked', 'unsent', 'accepted', 'refused', 'unknown', 'granted', 'taken',
                   'dropped')),
  -- It is being sent, or was: from here on it may have arrived.
  sent          INTEGER NOT NULL DEFAULT 0,
  -- A push of it came, but nobody here asked.
  stray         INTEGER NOT NULL DEFAULT 0,
  asked_at_ms   INTEGER NOT NULL,
  changed_at_ms INTEGER NOT NULL,
  -- The carrier's key of it; empty when none was told.
  apply_code    TEXT NOT NULL DEFAULT '',
  -- The carrier's words, or why nothing is known.
  said          TEXT NOT NULL DEFAULT '',
  customer_name TEXT NOT NULL DEFAULT '',
  -- Where the password is kept, as the settings would say it; empty: none came.
  secret        TEXT NOT NULL DEFAULT ''
) STRICT;

CREATE INDEX application_account ON application (account);

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

CREATE TABLE track_eta (
  track_id INTEGER PRIMARY KEY REFERENCES track (id),
  words    TEXT NOT NULL,
  hours    INTEGER,
  at_ms    INTEGER,
  told     INTEGER NOT NULL
) STRICT;
