-- The label as the carrier drew it, deflated (zlib), for reprints without a network. Beside the
-- number and not in it: a template is as large as a hundred rows. Written by shipment/waybill.rs
-- only.
CREATE TABLE waybill_template (
  waybill_id INTEGER PRIMARY KEY REFERENCES waybill (id),
  data       BLOB NOT NULL
) STRICT;
