-- One act of a visit (identify), as PostgreSQL's log shows it: the statements of a request in their order, with the same number and types of parameters,
-- the save in one pipeline and COMMIT after it. The visit's id follows from the client's number; event and key from run, client and count.
\set n :n + 1
SELECT s.id, s.address, s.device, s.ended_at, s.enrolling, s.means, s.proved_at, s.secret_hash, s.seen_at, s.started_at, s."user", s.version, a.id, a.disabled, a.normalized_user_name, a.password_hash, a.person, a.totp_last_step, a.totp_secret, a.user_name, a.version
FROM session AS s
INNER JOIN app_user AS a ON s."user" = a.id
WHERE s.id = :session
LIMIT 2;
SELECT p.role AS "Role", p.branch AS "Branch", p."from" AS "From", p.until AS "Until", b.zone AS "Zone"
FROM posting AS p
INNER JOIN officer AS o ON p.officer = o.id
LEFT JOIN branch AS b ON p.branch = b.id
WHERE p.ended_at IS NULL AND o.left_at IS NULL AND o.person = :person;
SELECT EXISTS (
    SELECT 1
    FROM agreement_party AS a
    WHERE a.person = :person AND EXISTS (
        SELECT 1
        FROM agreement AS a0
        WHERE a0.id = a.agreement AND a0.ended_on IS NULL));
SELECT i.owner, i.key, i.answer, i.at, i.fingerprint
FROM idempotency AS i
WHERE i.owner = :user AND i.key = (:run::text || '-' || :client_id::text || '-' || :n::text)
LIMIT 1;
SELECT v.id, v.admitted_at, v.agreement, v.alone_at, v.arrived_at, v.branch, v.custodian, v.day, v.decision, v.end_note, v.end_reason, v.ended_at, v.ended_by, v.identified_at, v.identified_by, v.identity_check, v.locked_at, v.locker, v.number, v.operator, v.operator_sign, v.second_officer, v.second_signature, v.state, v.vault, v.version, v.warning_note
FROM visit AS v
WHERE v.id = ('00000000-0000-7000-8000-' || lpad(:client_id::text, 12, '0'))::uuid
LIMIT 2 \gset v_
\startpipeline
BEGIN TRANSACTION ISOLATION LEVEL READ COMMITTED;
INSERT INTO audit_event (id, actor, at, body, kind, leaf_hash)
VALUES (('01990000-' || lpad(to_hex(:run::int), 4, '0') || '-7' || lpad(to_hex(:client_id::int), 3, '0') || '-8000-' || lpad(to_hex(:n::bigint), 12, '0'))::uuid, :person, now(), '\x7b226161616161616161616161616161616161616161616161616161616161616161616161616161616161616161616161616161616161616161616161616161616161616161616161616161616161616161616161616161616161616161616161616161616161616161616161616161616161616161616161616161616161616161616161616161616161616161616161616161616161616161616161616161616161616161616161616161616161616161616161616161616161616161616161616161616161616161616161616161616161616161616161616161616161616161616161616161616161616161616161616161616161616161616161616161616161616161616161616161616161616161616161616161616161616161616161616161616161616161616161616161616161616161616161616161616161616161616161616161616161616161616161616161616161616161616161616161616161616161616161616161616161616161616161616161616161616161616161616161616161616161616161616161616161616161616161616161616161616161616161616161616161616161616161616161616161616161616161616161616161616161616161616161616161616161616161616161616161616161616161616161616161616161616161616161616161616161616161616161616161616161616161616161616161', 'access.identified', '\xabababababababababababababababababababababababababababababababab');
INSERT INTO idempotency (key, owner, answer, at, fingerprint)
VALUES ((:run::text || '-' || :client_id::text || '-' || :n::text), :user, '(Id,01a20450-45e0-7000-84d6-d182e777432b,State,1,Version,2)', now(), '\xcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcd');
UPDATE visit SET identified_at = now(), identified_by = :person, identity_check = 'PhotographCompared', operator_sign = 'SlipSigned', state = 'Identified', version = :v_version::bigint + 1
WHERE id = :v_id AND version = :v_version;
INSERT INTO audit_pending (event)
VALUES (('01990000-' || lpad(to_hex(:run::int), 4, '0') || '-7' || lpad(to_hex(:client_id::int), 3, '0') || '-8000-' || lpad(to_hex(:n::bigint), 12, '0'))::uuid);
INSERT INTO audit_subject (event, id, kind)
VALUES (('01990000-' || lpad(to_hex(:run::int), 4, '0') || '-7' || lpad(to_hex(:client_id::int), 3, '0') || '-8000-' || lpad(to_hex(:n::bigint), 12, '0'))::uuid, :agreement, 'agreement');
INSERT INTO audit_subject (event, id, kind)
VALUES (('01990000-' || lpad(to_hex(:run::int), 4, '0') || '-7' || lpad(to_hex(:client_id::int), 3, '0') || '-8000-' || lpad(to_hex(:n::bigint), 12, '0'))::uuid, :branch, 'branch');
INSERT INTO audit_subject (event, id, kind)
VALUES (('01990000-' || lpad(to_hex(:run::int), 4, '0') || '-7' || lpad(to_hex(:client_id::int), 3, '0') || '-8000-' || lpad(to_hex(:n::bigint), 12, '0'))::uuid, :locker, 'locker');
INSERT INTO audit_subject (event, id, kind)
VALUES (('01990000-' || lpad(to_hex(:run::int), 4, '0') || '-7' || lpad(to_hex(:client_id::int), 3, '0') || '-8000-' || lpad(to_hex(:n::bigint), 12, '0'))::uuid, :operator, 'person');
INSERT INTO audit_subject (event, id, kind)
VALUES (('01990000-' || lpad(to_hex(:run::int), 4, '0') || '-7' || lpad(to_hex(:client_id::int), 3, '0') || '-8000-' || lpad(to_hex(:n::bigint), 12, '0'))::uuid, :v_id, 'visit');
\endpipeline
COMMIT;
