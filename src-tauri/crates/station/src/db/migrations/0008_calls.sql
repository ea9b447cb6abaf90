-- How often each account asked what, by China's days: carriers allow so many a day.
CREATE TABLE call_day (
  account TEXT NOT NULL,
  api     TEXT NOT NULL,
  day     INTEGER NOT NULL,
  n       INTEGER NOT NULL,
  PRIMARY KEY (account, api, day)
) STRICT, WITHOUT ROWID;

-- Which codes each carrier refused with, and how often.
CREATE TABLE refusal (
  account    TEXT NOT NULL,
  code       TEXT NOT NULL,
  said       TEXT NOT NULL,
  n          INTEGER NOT NULL,
  last_at_ms INTEGER NOT NULL,
  PRIMARY KEY (account, code)
) STRICT, WITHOUT ROWID;
