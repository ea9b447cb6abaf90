-- Where on the map a carrier said that a parcel was, by itself: JSON of offers::Route, and when that
-- was. Written by tracking/kept.rs only.
ALTER TABLE track ADD COLUMN route TEXT;
ALTER TABLE track ADD COLUMN route_at_ms INTEGER;
