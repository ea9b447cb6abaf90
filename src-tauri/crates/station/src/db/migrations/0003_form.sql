-- Shops' own forms with their pictures, deflated (zlib), each content once, by its digest, which
-- stands in the labels that were asked for with it: a reprint shows what was printed. Written by
-- form/kept.rs only.
CREATE TABLE label_form (
  digest TEXT PRIMARY KEY,
  data   BLOB NOT NULL
) STRICT, WITHOUT ROWID;
