-- What an order asks of the carrier besides carrying: who pays (NULL: the account's usual way), what
-- is collected for the goods, what they are insured for. Written by intake.rs only.
ALTER TABLE orders ADD COLUMN pay TEXT CHECK (pay IN ('sender', 'receiver', 'monthly'));
ALTER TABLE orders ADD COLUMN cod_fen INTEGER CHECK (cod_fen > 0);
ALTER TABLE orders ADD COLUMN insured_fen INTEGER CHECK (insured_fen > 0);
