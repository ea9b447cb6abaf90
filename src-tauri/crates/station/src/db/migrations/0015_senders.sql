-- Under whose name a parcel goes out, and parcels that come back from their receiver.
-- Empty: the rules'. A name of the settings' profiles, or "-" for the house itself.
ALTER TABLE shipment ADD COLUMN sender TEXT NOT NULL DEFAULT '';
-- NULL: it goes out. Else it comes back, and who pays for that.
ALTER TABLE shipment ADD COLUMN back TEXT
  CHECK (back IN ('usual', 'sender', 'receiver', 'monthly'));
-- The shipment it brings back, or that it is sent in exchange for.
ALTER TABLE shipment ADD COLUMN of_id INTEGER REFERENCES shipment (id);

CREATE INDEX shipment_of ON shipment (of_id) WHERE of_id IS NOT NULL;

CREATE INDEX shipment_sender ON shipment (sender) WHERE sender <> '';
