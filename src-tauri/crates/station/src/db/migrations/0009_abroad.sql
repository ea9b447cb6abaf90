-- Orders that leave China: the country (ISO 3166 alpha-2; empty is China), the postal code and the
-- e-mail address of the receiver, and what customs ask about each kind of goods, as JSON (NULL:
-- nothing). Written by intake.rs only.
ALTER TABLE orders ADD COLUMN country TEXT NOT NULL DEFAULT '';
ALTER TABLE orders ADD COLUMN postcode TEXT NOT NULL DEFAULT '';
ALTER TABLE orders ADD COLUMN email TEXT NOT NULL DEFAULT '';
ALTER TABLE order_item ADD COLUMN customs TEXT;
