-- Version 1. Rows are never changed in content and never deleted: a row holds from the change `since` up to, and without, the change `until`.
-- So every earlier state can be asked for, and no id is used twice.

CREATE TABLE meta (key TEXT PRIMARY KEY, value BLOB NOT NULL) WITHOUT ROWID;

CREATE TABLE changes (
  number INTEGER PRIMARY KEY AUTOINCREMENT,
  at INTEGER NOT NULL,                       -- milliseconds since 1970, UTC; never less than that of the change before
  kind TEXT NOT NULL                         -- add, correct, recode
);

CREATE TABLE engines (
  key INTEGER PRIMARY KEY,
  version TEXT NOT NULL, model TEXT NOT NULL, ontology TEXT NOT NULL, knowledge TEXT NOT NULL,
  UNIQUE (version, model, ontology, knowledge)
);

CREATE TABLE articles (                      -- a row a version of an article
  key INTEGER PRIMARY KEY,
  id TEXT NOT NULL,
  version INTEGER NOT NULL,                  -- 1, 2, …
  previous INTEGER REFERENCES articles (key),
  hash BLOB NOT NULL,                        -- SHA-256 of text, title, address, source and date
  title TEXT, url TEXT, source TEXT, published TEXT, language TEXT NOT NULL,
  characters INTEGER NOT NULL,
  sentences INTEGER NOT NULL,
  engine INTEGER NOT NULL REFERENCES engines (key),   -- that coded it last
  since INTEGER NOT NULL REFERENCES changes (number),
  until INTEGER REFERENCES changes (number),
  text TEXT                                  -- absent where it may not be kept
);
CREATE UNIQUE INDEX articles_content ON articles (id, hash);
CREATE INDEX articles_url ON articles (url) WHERE url IS NOT NULL;
CREATE INDEX articles_published ON articles (published);

CREATE TABLE sentences (                     -- those that records rest on, where the text is kept
  key INTEGER PRIMARY KEY,
  article INTEGER NOT NULL REFERENCES articles (key),
  start INTEGER NOT NULL, "end" INTEGER NOT NULL,
  UNIQUE (article, start, "end")
);

CREATE TABLE events (
  key INTEGER PRIMARY KEY,
  id TEXT NOT NULL,
  article INTEGER NOT NULL REFERENCES articles (key),
  position INTEGER NOT NULL,                 -- in the article's list of records
  engine INTEGER NOT NULL REFERENCES engines (key),
  sentence INTEGER REFERENCES sentences (key),
  trigger_start INTEGER NOT NULL, trigger_end INTEGER NOT NULL,
  type TEXT NOT NULL, quad INTEGER NOT NULL, score REAL NOT NULL, status TEXT NOT NULL,
  date_from TEXT, date_to TEXT,
  place TEXT, country TEXT, geonames INTEGER, latitude REAL, longitude REAL,
  confidence REAL NOT NULL,
  same_as TEXT,
  since INTEGER NOT NULL REFERENCES changes (number),
  until INTEGER REFERENCES changes (number),
  record BLOB NOT NULL                       -- the rest of the record, packed
);
CREATE INDEX events_id ON events (id);
CREATE INDEX events_article ON events (article, position);
CREATE INDEX events_date ON events (date_to);
CREATE INDEX events_type ON events (type, date_to);
CREATE INDEX events_sentence ON events (sentence) WHERE sentence IS NOT NULL;
CREATE INDEX events_country ON events (country, date_to);

CREATE TABLE actors (
  key INTEGER PRIMARY KEY,
  id TEXT, name TEXT NOT NULL, kind TEXT NOT NULL, country TEXT,
  sectors TEXT NOT NULL                      -- codes with | between them
);
CREATE UNIQUE INDEX actors_identity ON actors (name, kind, sectors, ifnull(id, ''), ifnull(country, ''));
CREATE INDEX actors_id ON actors (id);
CREATE INDEX actors_country ON actors (country);
CREATE INDEX actors_name ON actors (name COLLATE NOCASE);

CREATE TABLE parties (
  event INTEGER NOT NULL REFERENCES events (key),
  role INTEGER NOT NULL,                     -- 0 actor, 1 recipient, 2 speaker
  position INTEGER NOT NULL,
  actor INTEGER NOT NULL REFERENCES actors (key),
  PRIMARY KEY (event, role, position)
) WITHOUT ROWID;
CREATE INDEX parties_actor ON parties (actor, role, event);

CREATE TABLE statements (
  key INTEGER PRIMARY KEY,
  id TEXT NOT NULL,
  article INTEGER NOT NULL REFERENCES articles (key),
  position INTEGER NOT NULL,
  engine INTEGER NOT NULL REFERENCES engines (key),
  speaker INTEGER REFERENCES actors (key),
  since INTEGER NOT NULL REFERENCES changes (number),
  until INTEGER REFERENCES changes (number),
  record BLOB NOT NULL
);
CREATE INDEX statements_id ON statements (id);
CREATE INDEX statements_article ON statements (article, position);
CREATE INDEX statements_speaker ON statements (speaker);

CREATE TABLE positions (
  key INTEGER PRIMARY KEY,
  id TEXT NOT NULL,
  article INTEGER NOT NULL REFERENCES articles (key),
  position INTEGER NOT NULL,
  engine INTEGER NOT NULL REFERENCES engines (key),
  holder INTEGER NOT NULL REFERENCES actors (key),
  issue TEXT NOT NULL, stance TEXT NOT NULL,
  date_from TEXT, date_to TEXT,
  since INTEGER NOT NULL REFERENCES changes (number),
  until INTEGER REFERENCES changes (number),
  record BLOB NOT NULL
);
CREATE INDEX positions_id ON positions (id);
CREATE INDEX positions_article ON positions (article, position);
CREATE INDEX positions_holder ON positions (holder);

CREATE VIRTUAL TABLE article_words USING fts5 (title, text, content = '', tokenize = 'porter unicode61 remove_diacritics 2');
CREATE VIRTUAL TABLE sentence_words USING fts5 (text, content = '', tokenize = 'porter unicode61 remove_diacritics 2');

CREATE TABLE corrections (
  change INTEGER PRIMARY KEY REFERENCES changes (number),
  kind TEXT NOT NULL,                        -- set, merge, split, reject, insert
  event TEXT NOT NULL,                       -- id of the record at the time
  article INTEGER NOT NULL REFERENCES articles (key),
  trigger_start INTEGER NOT NULL, trigger_end INTEGER NOT NULL,
  type TEXT NOT NULL,                        -- the record's at the time
  field TEXT,                                -- of `set`
  old TEXT, new TEXT,                        -- JSON
  by TEXT NOT NULL, why TEXT NOT NULL,
  conflict TEXT                              -- why it no longer holds after recoding; absent while it does
);
CREATE INDEX corrections_article ON corrections (article);
CREATE INDEX corrections_event ON corrections (event);

CREATE TABLE releases (
  number INTEGER PRIMARY KEY,                -- 1, 2, …
  name TEXT NOT NULL UNIQUE,
  change INTEGER NOT NULL,                   -- the last one that it holds
  at INTEGER NOT NULL,
  checksum TEXT NOT NULL,
  manifest TEXT NOT NULL                     -- JSON
);
