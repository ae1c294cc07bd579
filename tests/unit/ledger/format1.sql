-- A ledger of format 1, as the program of that time wrote it (input: tests/flow/cases/held-for-review); the texts of mapping and policies are left out.
PRAGMA application_id=1297437525;
PRAGMA user_version=1;
BEGIN TRANSACTION;
CREATE TABLE books(
  source INTEGER NOT NULL, day INTEGER NOT NULL, received INTEGER NOT NULL, deliver INTEGER NOT NULL,
  unchanged INTEGER NOT NULL, late INTEGER NOT NULL, in_review INTEGER NOT NULL, rejected INTEGER NOT NULL,
  dead_letter INTEGER NOT NULL, PRIMARY KEY(source, day)) STRICT, WITHOUT ROWID;
INSERT INTO "books" VALUES(1,20779,5,1,0,0,4,0,0);
CREATE TABLE cases(
  number INTEGER PRIMARY KEY AUTOINCREMENT, source INTEGER NOT NULL, local_id ANY NOT NULL,
  high INTEGER NOT NULL, low INTEGER NOT NULL, as_of INTEGER NOT NULL, submission INTEGER NOT NULL,
  version INTEGER NOT NULL, newest_record INTEGER) STRICT;
INSERT INTO "cases" VALUES(1,1,1,8830431808006034450,-466291169607356580,18372,1,1,4294967297);
CREATE TABLE configurations(
  digest TEXT PRIMARY KEY, kind TEXT NOT NULL, name TEXT NOT NULL, text TEXT NOT NULL,
  kept INTEGER NOT NULL) STRICT;
CREATE TABLE decisions(
  id INTEGER PRIMARY KEY, held INTEGER NOT NULL, at INTEGER NOT NULL, by TEXT NOT NULL,
  disposition_before INTEGER NOT NULL, reason_before INTEGER, disposition_after INTEGER NOT NULL,
  reason_after INTEGER) STRICT;
CREATE TABLE held(
  id INTEGER PRIMARY KEY AUTOINCREMENT, record INTEGER NOT NULL UNIQUE,
  outbox_then INTEGER NOT NULL) STRICT;
INSERT INTO "held" VALUES(1,4294967298,1);
INSERT INTO "held" VALUES(2,4294967299,1);
INSERT INTO "held" VALUES(3,4294967300,1);
INSERT INTO "held" VALUES(4,4294967301,1);
CREATE TABLE outbox(
  id INTEGER PRIMARY KEY AUTOINCREMENT, part INTEGER NOT NULL, first_row INTEGER NOT NULL,
  last_row INTEGER NOT NULL, recipient TEXT NOT NULL, route TEXT NOT NULL, opened INTEGER NOT NULL,
  attempts INTEGER NOT NULL DEFAULT 0, last_error TEXT NOT NULL DEFAULT '', retired INTEGER,
  receipt TEXT NOT NULL DEFAULT '') STRICT;
INSERT INTO "outbox" VALUES(1,1,1,5,'central-store','tokyo-to-central',1795308285048589,0,'',1795308285083071,'sqlite:1');
CREATE TABLE parts(
  id INTEGER PRIMARY KEY AUTOINCREMENT, submission INTEGER NOT NULL, name TEXT NOT NULL,
  mapping TEXT NOT NULL, mapping_version TEXT NOT NULL, mapping_digest TEXT NOT NULL,
  policy_digest TEXT NOT NULL, as_of INTEGER NOT NULL, complete INTEGER NOT NULL DEFAULT 0,
  received INTEGER NOT NULL DEFAULT 0, deliver INTEGER NOT NULL DEFAULT 0,
  unchanged INTEGER NOT NULL DEFAULT 0, late INTEGER NOT NULL DEFAULT 0,
  in_review INTEGER NOT NULL DEFAULT 0, rejected INTEGER NOT NULL DEFAULT 0,
  dead_letter INTEGER NOT NULL DEFAULT 0, UNIQUE(submission, name)) STRICT;
INSERT INTO "parts" VALUES(1,1,'','tokyo/positive-cases','2020-01-24','1e6b4cd1820d3277e6bba5ac1e9ae6e2816a4eac28835ab976667c137e54b02c','bb3eefe3262fee98dcd44f67f50fba95502495c7631e3b784a0ede21d66fd6c5',18372,1,5,1,0,0,4,0,0);
CREATE TABLE receipts(
  id INTEGER PRIMARY KEY AUTOINCREMENT, submission INTEGER NOT NULL, name TEXT NOT NULL,
  received INTEGER NOT NULL) STRICT;
INSERT INTO "receipts" VALUES(1,1,'130001_tokyo_covid19_patients_2020-04-20.csv',1795308285014329);
CREATE TABLE records(
  id INTEGER PRIMARY KEY, line INTEGER NOT NULL, byte INTEGER NOT NULL, length INTEGER NOT NULL,
  disposition INTEGER NOT NULL, case_number INTEGER, version INTEGER NOT NULL, reason INTEGER,
  findings INTEGER, previous INTEGER) STRICT;
INSERT INTO "records" VALUES(4294967297,2,261,62,0,1,1,NULL,NULL,NULL);
INSERT INTO "records" VALUES(4294967298,3,324,69,3,NULL,0,1,2,NULL);
INSERT INTO "records" VALUES(4294967299,4,394,64,3,NULL,0,1,3,NULL);
INSERT INTO "records" VALUES(4294967300,5,459,62,3,NULL,0,4,NULL,NULL);
INSERT INTO "records" VALUES(4294967301,6,522,61,3,NULL,0,5,6,NULL);
CREATE TABLE sources(id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT;
INSERT INTO "sources" VALUES(1,'tokyo');
CREATE TABLE submissions(
  id INTEGER PRIMARY KEY AUTOINCREMENT, source INTEGER NOT NULL, digest TEXT NOT NULL, name TEXT NOT NULL,
  bytes INTEGER NOT NULL, received INTEGER NOT NULL, day INTEGER NOT NULL, state INTEGER NOT NULL,
  reason TEXT NOT NULL, UNIQUE(source, digest)) STRICT;
INSERT INTO "submissions" VALUES(1,1,'6eb980a99a41e684186c41cb149f12cbd19bc73a08d4c6b510760ab3848dadc3','130001_tokyo_covid19_patients_2020-04-20.csv',584,1795308285014329,20779,2,'');
CREATE TABLE texts(id INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE) STRICT;
INSERT INTO "texts" VALUES(1,'mapping.value_not_understood');
INSERT INTO "texts" VALUES(2,'[{"code":"mapping.value_not_understood","severity":"error","field":"patient.age_band","column":"患者_年代"}]');
INSERT INTO "texts" VALUES(3,'[{"code":"mapping.value_not_understood","severity":"error","field":"report.published_on","column":"公表_年月日"},{"code":"case.without_date","severity":"error","field":"report.published_on","column":"公表_年月日"}]');
INSERT INTO "texts" VALUES(4,'linkage.contradiction');
INSERT INTO "texts" VALUES(5,'mapping.required_missing');
INSERT INTO "texts" VALUES(6,'[{"code":"mapping.required_missing","severity":"error","field":"report.local_id","column":"No"},{"code":"case.without_number","severity":"error","field":"report.local_id"}]');
CREATE INDEX receipts_of_submission ON receipts(submission);
CREATE UNIQUE INDEX case_by_local_id ON cases(source, local_id);
CREATE INDEX decisions_of_held ON decisions(held);
CREATE INDEX outbox_open ON outbox(part, first_row) WHERE retired IS NULL;
CREATE INDEX outbox_of_part ON outbox(part, first_row);
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('submissions',1);
INSERT INTO "sqlite_sequence" VALUES('receipts',1);
INSERT INTO "sqlite_sequence" VALUES('parts',1);
INSERT INTO "sqlite_sequence" VALUES('outbox',1);
INSERT INTO "sqlite_sequence" VALUES('cases',1);
INSERT INTO "sqlite_sequence" VALUES('held',4);
COMMIT;
