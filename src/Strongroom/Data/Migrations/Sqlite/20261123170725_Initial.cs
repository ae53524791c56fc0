using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Strongroom.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class Initial : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "attempt_count",
                columns: table => new
                {
                    of = table.Column<string>(type: "TEXT", maxLength: 80, nullable: false),
                    failures = table.Column<int>(type: "INTEGER", nullable: false),
                    last_at = table.Column<DateTime>(type: "TEXT", nullable: false),
                    blocked_until = table.Column<DateTime>(type: "TEXT", nullable: true),
                    unreported = table.Column<int>(type: "INTEGER", nullable: false),
                    person = table.Column<Guid>(type: "TEXT", nullable: true),
                    version = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_attempt_count", x => x.of);
                });

            migrationBuilder.CreateTable(
                name: "audit_checkpoint",
                columns: table => new
                {
                    size = table.Column<long>(type: "INTEGER", nullable: false),
                    at = table.Column<DateTime>(type: "TEXT", nullable: false),
                    epoch = table.Column<long>(type: "INTEGER", nullable: false),
                    note = table.Column<byte[]>(type: "BLOB", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_audit_checkpoint", x => x.size);
                });

            migrationBuilder.CreateTable(
                name: "audit_edge",
                columns: table => new
                {
                    level = table.Column<int>(type: "INTEGER", nullable: false),
                    index = table.Column<long>(type: "INTEGER", nullable: false),
                    width = table.Column<int>(type: "INTEGER", nullable: false),
                    bytes = table.Column<byte[]>(type: "BLOB", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_audit_edge", x => x.level);
                });

            migrationBuilder.CreateTable(
                name: "audit_event",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    at = table.Column<DateTime>(type: "TEXT", nullable: false),
                    kind = table.Column<string>(type: "TEXT", maxLength: 80, nullable: false),
                    actor = table.Column<Guid>(type: "TEXT", nullable: true),
                    body = table.Column<byte[]>(type: "BLOB", nullable: false),
                    leaf_hash = table.Column<byte[]>(type: "BLOB", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_audit_event", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "audit_log_key",
                columns: table => new
                {
                    key = table.Column<string>(type: "TEXT", maxLength: 300, nullable: false),
                    from_size = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_audit_log_key", x => x.key);
                });

            migrationBuilder.CreateTable(
                name: "audit_sequencer",
                columns: table => new
                {
                    id = table.Column<int>(type: "INTEGER", nullable: false),
                    holder = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    epoch = table.Column<long>(type: "INTEGER", nullable: false),
                    until = table.Column<DateTime>(type: "TEXT", nullable: false),
                    seen_at = table.Column<DateTime>(type: "TEXT", nullable: false),
                    stopped = table.Column<string>(type: "TEXT", maxLength: 1000, nullable: true),
                    stopped_by = table.Column<string>(type: "TEXT", maxLength: 200, nullable: true),
                    late_since = table.Column<DateTime>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_audit_sequencer", x => x.id);
                    table.CheckConstraint("ck_audit_sequencer_one_row", "id = 1");
                });

            migrationBuilder.CreateTable(
                name: "audit_tile",
                columns: table => new
                {
                    level = table.Column<int>(type: "INTEGER", nullable: false),
                    index = table.Column<long>(type: "INTEGER", nullable: false),
                    bytes = table.Column<byte[]>(type: "BLOB", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_audit_tile", x => new { x.level, x.index });
                });

            migrationBuilder.CreateTable(
                name: "branch",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    code = table.Column<string>(type: "TEXT", maxLength: 20, nullable: false),
                    name = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    zone = table.Column<string>(type: "TEXT", maxLength: 60, nullable: false),
                    jurisdiction = table.Column<string>(type: "TEXT", maxLength: 10, nullable: false),
                    location_class = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    hours = table.Column<string>(type: "TEXT", nullable: false),
                    proposed = table.Column<bool>(type: "INTEGER", nullable: false),
                    version = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_branch", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "branch_day",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    branch = table.Column<Guid>(type: "TEXT", nullable: false),
                    date = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    opened_at = table.Column<DateTime>(type: "TEXT", nullable: false),
                    opened_by = table.Column<Guid>(type: "TEXT", nullable: false),
                    opened_with = table.Column<Guid>(type: "TEXT", nullable: false),
                    last_number = table.Column<int>(type: "INTEGER", nullable: false),
                    closed_at = table.Column<DateTime>(type: "TEXT", nullable: true),
                    closed_by = table.Column<Guid>(type: "TEXT", nullable: true),
                    closed_with = table.Column<Guid>(type: "TEXT", nullable: true),
                    keys_counted = table.Column<int>(type: "INTEGER", nullable: true),
                    from_paper = table.Column<bool>(type: "INTEGER", nullable: false),
                    version = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_branch_day", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "challenge",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    kind = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    user = table.Column<Guid>(type: "TEXT", nullable: true),
                    secret_hash = table.Column<byte[]>(type: "BLOB", nullable: true),
                    state = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: true),
                    expires_at = table.Column<DateTime>(type: "TEXT", nullable: false),
                    used_at = table.Column<DateTime>(type: "TEXT", nullable: true),
                    version = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_challenge", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "data_protection_keys",
                columns: table => new
                {
                    id = table.Column<int>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    friendly_name = table.Column<string>(type: "TEXT", nullable: true),
                    xml = table.Column<string>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_data_protection_keys", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "idempotency",
                columns: table => new
                {
                    owner = table.Column<Guid>(type: "TEXT", nullable: false),
                    key = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    fingerprint = table.Column<byte[]>(type: "BLOB", nullable: false),
                    answer = table.Column<string>(type: "TEXT", nullable: true),
                    at = table.Column<DateTime>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_idempotency", x => new { x.owner, x.key });
                });

            migrationBuilder.CreateTable(
                name: "installation",
                columns: table => new
                {
                    id = table.Column<int>(type: "INTEGER", nullable: false),
                    demo = table.Column<bool>(type: "INTEGER", nullable: false),
                    since = table.Column<DateTime>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_installation", x => x.id);
                    table.CheckConstraint("ck_installation_one_row", "id = 1");
                });

            migrationBuilder.CreateTable(
                name: "job_run",
                columns: table => new
                {
                    job = table.Column<string>(type: "TEXT", maxLength: 80, nullable: false),
                    due = table.Column<DateTime>(type: "TEXT", nullable: false),
                    node = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    started_at = table.Column<DateTime>(type: "TEXT", nullable: false),
                    ended_at = table.Column<DateTime>(type: "TEXT", nullable: true),
                    error = table.Column<string>(type: "TEXT", maxLength: 1000, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_job_run", x => new { x.job, x.due });
                });

            migrationBuilder.CreateTable(
                name: "locker_type",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    code = table.Column<string>(type: "TEXT", maxLength: 10, nullable: false),
                    size_class = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    height = table.Column<int>(type: "INTEGER", nullable: false),
                    width = table.Column<int>(type: "INTEGER", nullable: false),
                    depth = table.Column<int>(type: "INTEGER", nullable: false),
                    version = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_locker_type", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "person",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    kind = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    cif = table.Column<string>(type: "TEXT", maxLength: 20, nullable: true),
                    born_on = table.Column<byte[]>(type: "BLOB", nullable: true),
                    address = table.Column<byte[]>(type: "BLOB", nullable: true),
                    language = table.Column<string>(type: "TEXT", maxLength: 2, nullable: false),
                    due_diligence_review_on = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    photograph = table.Column<string>(type: "TEXT", maxLength: 64, nullable: true),
                    photograph_taken_on = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    specimen = table.Column<string>(type: "TEXT", maxLength: 64, nullable: true),
                    specimen_taken_on = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    code_word = table.Column<byte[]>(type: "BLOB", nullable: true),
                    merged_into = table.Column<Guid>(type: "TEXT", nullable: true),
                    merged_at = table.Column<DateTime>(type: "TEXT", nullable: true),
                    version = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_person", x => x.id);
                    table.ForeignKey(
                        name: "fk_person_person_merged_into",
                        column: x => x.merged_into,
                        principalTable: "person",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "person_key",
                columns: table => new
                {
                    person = table.Column<Guid>(type: "TEXT", nullable: false),
                    kek_version = table.Column<int>(type: "INTEGER", nullable: false),
                    wrapped = table.Column<byte[]>(type: "BLOB", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_person_key", x => x.person);
                });

            migrationBuilder.CreateTable(
                name: "audit_cosignature",
                columns: table => new
                {
                    size = table.Column<long>(type: "INTEGER", nullable: false),
                    witness = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    line = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_audit_cosignature", x => new { x.size, x.witness });
                    table.ForeignKey(
                        name: "fk_audit_cosignature_audit_checkpoint_size",
                        column: x => x.size,
                        principalTable: "audit_checkpoint",
                        principalColumn: "size",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "audit_disclosure",
                columns: table => new
                {
                    @event = table.Column<Guid>(name: "event", type: "TEXT", nullable: false),
                    name = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    person = table.Column<Guid>(type: "TEXT", nullable: false),
                    opening = table.Column<byte[]>(type: "BLOB", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_audit_disclosure", x => new { x.@event, x.name });
                    table.ForeignKey(
                        name: "fk_audit_disclosure_audit_event_event",
                        column: x => x.@event,
                        principalTable: "audit_event",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "audit_leaf",
                columns: table => new
                {
                    index = table.Column<long>(type: "INTEGER", nullable: false),
                    @event = table.Column<Guid>(name: "event", type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_audit_leaf", x => x.index);
                    table.ForeignKey(
                        name: "fk_audit_leaf_audit_event_event",
                        column: x => x.@event,
                        principalTable: "audit_event",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "audit_pending",
                columns: table => new
                {
                    @event = table.Column<Guid>(name: "event", type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_audit_pending", x => x.@event);
                    table.ForeignKey(
                        name: "fk_audit_pending_audit_event_event",
                        column: x => x.@event,
                        principalTable: "audit_event",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "audit_subject",
                columns: table => new
                {
                    @event = table.Column<Guid>(name: "event", type: "TEXT", nullable: false),
                    kind = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    id = table.Column<Guid>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_audit_subject", x => new { x.kind, x.id, x.@event });
                    table.ForeignKey(
                        name: "fk_audit_subject_audit_event_event",
                        column: x => x.@event,
                        principalTable: "audit_event",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "holiday",
                columns: table => new
                {
                    branch = table.Column<Guid>(type: "TEXT", nullable: false),
                    date = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    name = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_holiday", x => new { x.branch, x.date });
                    table.ForeignKey(
                        name: "fk_holiday_branch_branch",
                        column: x => x.branch,
                        principalTable: "branch",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "vault",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    branch = table.Column<Guid>(type: "TEXT", nullable: false),
                    name = table.Column<string>(type: "TEXT", maxLength: 60, nullable: false),
                    party_limit = table.Column<int>(type: "INTEGER", nullable: false),
                    parties_inside = table.Column<int>(type: "INTEGER", nullable: false),
                    version = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_vault", x => x.id);
                    table.CheckConstraint("ck_vault_parties", "parties_inside >= 0 AND parties_inside <= party_limit");
                    table.ForeignKey(
                        name: "fk_vault_branch_branch",
                        column: x => x.branch,
                        principalTable: "branch",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "app_user",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    person = table.Column<Guid>(type: "TEXT", nullable: false),
                    disabled = table.Column<bool>(type: "INTEGER", nullable: false),
                    totp_secret = table.Column<byte[]>(type: "BLOB", nullable: true),
                    totp_last_step = table.Column<long>(type: "INTEGER", nullable: false),
                    version = table.Column<long>(type: "INTEGER", nullable: false),
                    user_name = table.Column<string>(type: "TEXT", maxLength: 60, nullable: true),
                    normalized_user_name = table.Column<string>(type: "TEXT", maxLength: 60, nullable: true),
                    password_hash = table.Column<string>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_app_user", x => x.id);
                    table.ForeignKey(
                        name: "fk_app_user_person_person",
                        column: x => x.person,
                        principalTable: "person",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "approval_request",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    kind = table.Column<string>(type: "TEXT", maxLength: 80, nullable: false),
                    branch = table.Column<Guid>(type: "TEXT", nullable: true),
                    hash = table.Column<byte[]>(type: "BLOB", nullable: false),
                    payload = table.Column<byte[]>(type: "BLOB", nullable: false),
                    words = table.Column<byte[]>(type: "BLOB", nullable: false),
                    bound = table.Column<string>(type: "TEXT", nullable: false),
                    maker = table.Column<Guid>(type: "TEXT", nullable: false),
                    needed = table.Column<int>(type: "INTEGER", nullable: false),
                    made_at = table.Column<DateTime>(type: "TEXT", nullable: false),
                    expires_at = table.Column<DateTime>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_approval_request", x => x.id);
                    table.ForeignKey(
                        name: "fk_approval_request_branch_branch",
                        column: x => x.branch,
                        principalTable: "branch",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_approval_request_person_maker",
                        column: x => x.maker,
                        principalTable: "person",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "blob",
                columns: table => new
                {
                    id = table.Column<string>(type: "TEXT", maxLength: 43, nullable: false),
                    owner = table.Column<Guid>(type: "TEXT", nullable: false),
                    media_type = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    length = table.Column<long>(type: "INTEGER", nullable: false),
                    stored_at = table.Column<DateTime>(type: "TEXT", nullable: false),
                    content = table.Column<byte[]>(type: "BLOB", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_blob", x => x.id);
                    table.ForeignKey(
                        name: "fk_blob_person_owner",
                        column: x => x.owner,
                        principalTable: "person",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "channel",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    person = table.Column<Guid>(type: "TEXT", nullable: false),
                    kind = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    address = table.Column<byte[]>(type: "BLOB", nullable: false),
                    blind = table.Column<string>(type: "TEXT", maxLength: 43, nullable: false),
                    masked = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    state = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    added_at = table.Column<DateTime>(type: "TEXT", nullable: false),
                    verified_at = table.Column<DateTime>(type: "TEXT", nullable: true),
                    removed_at = table.Column<DateTime>(type: "TEXT", nullable: true),
                    replaces = table.Column<Guid>(type: "TEXT", nullable: true),
                    replace_agreed_at = table.Column<DateTime>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_channel", x => x.id);
                    table.ForeignKey(
                        name: "fk_channel_person_person",
                        column: x => x.person,
                        principalTable: "person",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "client",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    whole_bank = table.Column<bool>(type: "INTEGER", nullable: false),
                    networks = table.Column<string>(type: "TEXT", maxLength: 500, nullable: true),
                    registered_at = table.Column<DateTime>(type: "TEXT", nullable: false),
                    registered_by = table.Column<Guid>(type: "TEXT", nullable: true),
                    revoked_at = table.Column<DateTime>(type: "TEXT", nullable: true),
                    epoch = table.Column<int>(type: "INTEGER", nullable: false),
                    last_token_at = table.Column<DateTime>(type: "TEXT", nullable: true),
                    last_address = table.Column<string>(type: "TEXT", maxLength: 45, nullable: true),
                    version = table.Column<long>(type: "INTEGER", nullable: false),
                    client_id = table.Column<string>(type: "TEXT", maxLength: 36, nullable: false),
                    client_type = table.Column<string>(type: "TEXT", maxLength: 20, nullable: false),
                    display_name = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    permissions = table.Column<string>(type: "TEXT", maxLength: 1000, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_client", x => x.id);
                    table.ForeignKey(
                        name: "fk_client_person_registered_by",
                        column: x => x.registered_by,
                        principalTable: "person",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "consent",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    person = table.Column<Guid>(type: "TEXT", nullable: false),
                    purpose = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    given_by = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    given_at = table.Column<DateTime>(type: "TEXT", nullable: false),
                    withdrawn_by = table.Column<string>(type: "TEXT", maxLength: 40, nullable: true),
                    withdrawn_at = table.Column<DateTime>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_consent", x => x.id);
                    table.ForeignKey(
                        name: "fk_consent_person_person",
                        column: x => x.person,
                        principalTable: "person",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "death",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    person = table.Column<Guid>(type: "TEXT", nullable: false),
                    branch = table.Column<Guid>(type: "TEXT", nullable: false),
                    died_on = table.Column<byte[]>(type: "BLOB", nullable: false),
                    paper = table.Column<byte[]>(type: "BLOB", nullable: false),
                    paper_on = table.Column<byte[]>(type: "BLOB", nullable: false),
                    closed_sign_in = table.Column<bool>(type: "INTEGER", nullable: false),
                    at = table.Column<DateTime>(type: "TEXT", nullable: false),
                    by = table.Column<Guid>(type: "TEXT", nullable: false),
                    with = table.Column<Guid>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_death", x => x.id);
                    table.ForeignKey(
                        name: "fk_death_branch_branch",
                        column: x => x.branch,
                        principalTable: "branch",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_death_person_by",
                        column: x => x.by,
                        principalTable: "person",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_death_person_person",
                        column: x => x.person,
                        principalTable: "person",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_death_person_with",
                        column: x => x.with,
                        principalTable: "person",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "hours_exception",
                columns: table => new
                {
                    branch = table.Column<Guid>(type: "TEXT", nullable: false),
                    date = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    opens = table.Column<TimeOnly>(type: "TEXT", nullable: true),
                    closes = table.Column<TimeOnly>(type: "TEXT", nullable: true),
                    reason = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    out_of_hours = table.Column<bool>(type: "INTEGER", nullable: false),
                    asked_by = table.Column<Guid>(type: "TEXT", nullable: true),
                    allowed_by = table.Column<Guid>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_hours_exception", x => new { x.branch, x.date });
                    table.ForeignKey(
                        name: "fk_hours_exception_branch_branch",
                        column: x => x.branch,
                        principalTable: "branch",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_hours_exception_person_allowed_by",
                        column: x => x.allowed_by,
                        principalTable: "person",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_hours_exception_person_asked_by",
                        column: x => x.asked_by,
                        principalTable: "person",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "import",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    source = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    folder = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    state = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    started_at = table.Column<DateTime>(type: "TEXT", nullable: false),
                    started_by = table.Column<Guid>(type: "TEXT", nullable: true),
                    finished_at = table.Column<DateTime>(type: "TEXT", nullable: true),
                    fault = table.Column<string>(type: "TEXT", maxLength: 1000, nullable: true),
                    version = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_import", x => x.id);
                    table.ForeignKey(
                        name: "fk_import_person_started_by",
                        column: x => x.started_by,
                        principalTable: "person",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "message",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    medium = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    to = table.Column<Guid>(type: "TEXT", nullable: false),
                    address = table.Column<byte[]>(type: "BLOB", nullable: false),
                    address_blind = table.Column<string>(type: "TEXT", maxLength: 43, nullable: false),
                    masked = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    subject = table.Column<byte[]>(type: "BLOB", nullable: false),
                    body = table.Column<byte[]>(type: "BLOB", nullable: false),
                    confidential = table.Column<bool>(type: "INTEGER", nullable: false),
                    purpose = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    reference_kind = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    reference = table.Column<Guid>(type: "TEXT", nullable: false),
                    branch = table.Column<Guid>(type: "TEXT", nullable: true),
                    made_at = table.Column<DateTime>(type: "TEXT", nullable: false),
                    state = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    next_attempt_at = table.Column<DateTime>(type: "TEXT", nullable: false),
                    attempts = table.Column<int>(type: "INTEGER", nullable: false),
                    accepted_at = table.Column<DateTime>(type: "TEXT", nullable: true),
                    receipt = table.Column<string>(type: "TEXT", maxLength: 500, nullable: true),
                    settled_at = table.Column<DateTime>(type: "TEXT", nullable: true),
                    version = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_message", x => x.id);
                    table.ForeignKey(
                        name: "fk_message_branch_branch",
                        column: x => x.branch,
                        principalTable: "branch",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_message_person_to",
                        column: x => x.to,
                        principalTable: "person",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "notice",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    person = table.Column<Guid>(type: "TEXT", nullable: false),
                    kind = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    reference_kind = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    reference = table.Column<Guid>(type: "TEXT", nullable: false),
                    at = table.Column<DateTime>(type: "TEXT", nullable: false),
                    read_at = table.Column<DateTime>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_notice", x => x.id);
                    table.ForeignKey(
                        name: "fk_notice_person_person",
                        column: x => x.person,
                        principalTable: "person",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "officer",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    person = table.Column<Guid>(type: "TEXT", nullable: false),
                    staff_number = table.Column<string>(type: "TEXT", maxLength: 20, nullable: false),
                    relatives_confirmed_on = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    left_at = table.Column<DateTime>(type: "TEXT", nullable: true),
                    version = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_officer", x => x.id);
                    table.ForeignKey(
                        name: "fk_officer_person_person",
                        column: x => x.person,
                        principalTable: "person",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "person_name",
                columns: table => new
                {
                    person = table.Column<Guid>(type: "TEXT", nullable: false),
                    full_name = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    as_written = table.Column<string>(type: "TEXT", maxLength: 200, nullable: true),
                    folded = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_person_name", x => x.person);
                    table.ForeignKey(
                        name: "fk_person_name_person_person",
                        column: x => x.person,
                        principalTable: "person",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "person_word",
                columns: table => new
                {
                    word = table.Column<string>(type: "TEXT", maxLength: 120, nullable: false),
                    person = table.Column<Guid>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_person_word", x => new { x.word, x.person });
                    table.ForeignKey(
                        name: "fk_person_word_person_person",
                        column: x => x.person,
                        principalTable: "person",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "policy_version",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    kind = table.Column<string>(type: "TEXT", maxLength: 60, nullable: false),
                    jurisdiction = table.Column<string>(type: "TEXT", maxLength: 10, nullable: false),
                    branch = table.Column<Guid>(type: "TEXT", nullable: true),
                    effective_from = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    number = table.Column<int>(type: "INTEGER", nullable: false),
                    values = table.Column<string>(type: "TEXT", nullable: false),
                    made_by = table.Column<Guid>(type: "TEXT", nullable: true),
                    made_at = table.Column<DateTime>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_policy_version", x => x.id);
                    table.ForeignKey(
                        name: "fk_policy_version_branch_branch",
                        column: x => x.branch,
                        principalTable: "branch",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_policy_version_person_made_by",
                        column: x => x.made_by,
                        principalTable: "person",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "signatory",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    organisation = table.Column<Guid>(type: "TEXT", nullable: false),
                    person = table.Column<Guid>(type: "TEXT", nullable: false),
                    from = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    until = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    together = table.Column<int>(type: "INTEGER", nullable: false),
                    resolution = table.Column<byte[]>(type: "BLOB", nullable: false),
                    added_at = table.Column<DateTime>(type: "TEXT", nullable: false),
                    added_by = table.Column<Guid>(type: "TEXT", nullable: true),
                    ended_at = table.Column<DateTime>(type: "TEXT", nullable: true),
                    ended_by = table.Column<Guid>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_signatory", x => x.id);
                    table.ForeignKey(
                        name: "fk_signatory_person_added_by",
                        column: x => x.added_by,
                        principalTable: "person",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_signatory_person_ended_by",
                        column: x => x.ended_by,
                        principalTable: "person",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_signatory_person_organisation",
                        column: x => x.organisation,
                        principalTable: "person",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_signatory_person_person",
                        column: x => x.person,
                        principalTable: "person",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "signature",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    act = table.Column<string>(type: "TEXT", maxLength: 80, nullable: false),
                    payload_hash = table.Column<byte[]>(type: "BLOB", nullable: false),
                    payload = table.Column<byte[]>(type: "BLOB", nullable: false),
                    words = table.Column<byte[]>(type: "BLOB", nullable: false),
                    salt = table.Column<byte[]>(type: "BLOB", nullable: false),
                    challenge = table.Column<byte[]>(type: "BLOB", nullable: false),
                    asked_by = table.Column<Guid>(type: "TEXT", nullable: false),
                    asked_at = table.Column<DateTime>(type: "TEXT", nullable: false),
                    expires_at = table.Column<DateTime>(type: "TEXT", nullable: false),
                    branch = table.Column<Guid>(type: "TEXT", nullable: true),
                    wanted = table.Column<Guid>(type: "TEXT", nullable: true),
                    right = table.Column<string>(type: "TEXT", maxLength: 80, nullable: true),
                    excluded = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    least = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    opening = table.Column<bool>(type: "INTEGER", nullable: false),
                    signer = table.Column<Guid>(type: "TEXT", nullable: true),
                    grade = table.Column<string>(type: "TEXT", maxLength: 40, nullable: true),
                    signed_at = table.Column<DateTime>(type: "TEXT", nullable: true),
                    client_data = table.Column<byte[]>(type: "BLOB", nullable: true),
                    authenticator_data = table.Column<byte[]>(type: "BLOB", nullable: true),
                    assertion = table.Column<byte[]>(type: "BLOB", nullable: true),
                    public_key = table.Column<byte[]>(type: "BLOB", nullable: true),
                    key_since = table.Column<DateTime>(type: "TEXT", nullable: true),
                    used_at = table.Column<DateTime>(type: "TEXT", nullable: true),
                    version = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_signature", x => x.id);
                    table.ForeignKey(
                        name: "fk_signature_person_asked_by",
                        column: x => x.asked_by,
                        principalTable: "person",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_signature_person_signer",
                        column: x => x.signer,
                        principalTable: "person",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_signature_person_wanted",
                        column: x => x.wanted,
                        principalTable: "person",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "cabinet",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    vault = table.Column<Guid>(type: "TEXT", nullable: false),
                    name = table.Column<string>(type: "TEXT", maxLength: 60, nullable: false),
                    make = table.Column<string>(type: "TEXT", nullable: true),
                    model = table.Column<string>(type: "TEXT", nullable: true),
                    version = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_cabinet", x => x.id);
                    table.ForeignKey(
                        name: "fk_cabinet_vault_vault",
                        column: x => x.vault,
                        principalTable: "vault",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "inspection",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    vault = table.Column<Guid>(type: "TEXT", nullable: false),
                    kind = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    done_on = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    result = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    firm = table.Column<string>(type: "TEXT", maxLength: 100, nullable: true),
                    recorded_at = table.Column<DateTime>(type: "TEXT", nullable: false),
                    recorded_by = table.Column<Guid>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_inspection", x => x.id);
                    table.ForeignKey(
                        name: "fk_inspection_person_recorded_by",
                        column: x => x.recorded_by,
                        principalTable: "person",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_inspection_vault_vault",
                        column: x => x.vault,
                        principalTable: "vault",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "vault_entry",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    branch = table.Column<Guid>(type: "TEXT", nullable: false),
                    vault = table.Column<Guid>(type: "TEXT", nullable: false),
                    officer = table.Column<Guid>(type: "TEXT", nullable: false),
                    purpose = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    company = table.Column<byte[]>(type: "BLOB", nullable: true),
                    entered_at = table.Column<DateTime>(type: "TEXT", nullable: false),
                    left_at = table.Column<DateTime>(type: "TEXT", nullable: true),
                    version = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_vault_entry", x => x.id);
                    table.ForeignKey(
                        name: "fk_vault_entry_branch_branch",
                        column: x => x.branch,
                        principalTable: "branch",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_vault_entry_person_officer",
                        column: x => x.officer,
                        principalTable: "person",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_vault_entry_vault_vault",
                        column: x => x.vault,
                        principalTable: "vault",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "activation",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    user = table.Column<Guid>(type: "TEXT", nullable: false),
                    code = table.Column<string>(type: "TEXT", maxLength: 43, nullable: false),
                    made_by = table.Column<Guid>(type: "TEXT", nullable: true),
                    expires_at = table.Column<DateTime>(type: "TEXT", nullable: false),
                    attempts = table.Column<int>(type: "INTEGER", nullable: false),
                    ended_at = table.Column<DateTime>(type: "TEXT", nullable: true),
                    version = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_activation", x => x.id);
                    table.ForeignKey(
                        name: "fk_activation_person_made_by",
                        column: x => x.made_by,
                        principalTable: "person",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_activation_user_user",
                        column: x => x.user,
                        principalTable: "app_user",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "provider_link",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    user = table.Column<Guid>(type: "TEXT", nullable: false),
                    account = table.Column<string>(type: "TEXT", maxLength: 43, nullable: false),
                    linked_at = table.Column<DateTime>(type: "TEXT", nullable: false),
                    version = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_provider_link", x => x.id);
                    table.ForeignKey(
                        name: "fk_provider_link_user_user",
                        column: x => x.user,
                        principalTable: "app_user",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "recovery_code",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    user = table.Column<Guid>(type: "TEXT", nullable: false),
                    code = table.Column<string>(type: "TEXT", maxLength: 43, nullable: false),
                    used_at = table.Column<DateTime>(type: "TEXT", nullable: true),
                    version = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_recovery_code", x => x.id);
                    table.ForeignKey(
                        name: "fk_recovery_code_user_user",
                        column: x => x.user,
                        principalTable: "app_user",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "session",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    user = table.Column<Guid>(type: "TEXT", nullable: false),
                    secret_hash = table.Column<byte[]>(type: "BLOB", nullable: false),
                    means = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    enrolling = table.Column<bool>(type: "INTEGER", nullable: false),
                    started_at = table.Column<DateTime>(type: "TEXT", nullable: false),
                    proved_at = table.Column<DateTime>(type: "TEXT", nullable: true),
                    seen_at = table.Column<DateTime>(type: "TEXT", nullable: false),
                    device = table.Column<string>(type: "TEXT", maxLength: 60, nullable: false),
                    address = table.Column<string>(type: "TEXT", maxLength: 45, nullable: true),
                    locked_at = table.Column<DateTime>(type: "TEXT", nullable: true),
                    ended_at = table.Column<DateTime>(type: "TEXT", nullable: true),
                    version = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_session", x => x.id);
                    table.ForeignKey(
                        name: "fk_session_user_user",
                        column: x => x.user,
                        principalTable: "app_user",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "user_passkey",
                columns: table => new
                {
                    credential_id = table.Column<byte[]>(type: "BLOB", maxLength: 1024, nullable: false),
                    user_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    data = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_user_passkey", x => x.credential_id);
                    table.ForeignKey(
                        name: "fk_user_passkey_app_user_user_id",
                        column: x => x.user_id,
                        principalTable: "app_user",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "approval_subject",
                columns: table => new
                {
                    approval = table.Column<Guid>(type: "TEXT", nullable: false),
                    person = table.Column<Guid>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_approval_subject", x => new { x.approval, x.person });
                    table.ForeignKey(
                        name: "fk_approval_subject_approval_request_approval",
                        column: x => x.approval,
                        principalTable: "approval_request",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_approval_subject_person_person",
                        column: x => x.person,
                        principalTable: "person",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "file_taken",
                columns: table => new
                {
                    person = table.Column<Guid>(type: "TEXT", nullable: false),
                    number = table.Column<int>(type: "INTEGER", nullable: false),
                    rows = table.Column<int>(type: "INTEGER", nullable: false),
                    approval = table.Column<Guid>(type: "TEXT", nullable: true),
                    at = table.Column<DateTime>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_file_taken", x => new { x.person, x.number });
                    table.ForeignKey(
                        name: "fk_file_taken_approval_request_approval",
                        column: x => x.approval,
                        principalTable: "approval_request",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_file_taken_person_person",
                        column: x => x.person,
                        principalTable: "person",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "visit",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    day = table.Column<Guid>(type: "TEXT", nullable: false),
                    branch = table.Column<Guid>(type: "TEXT", nullable: false),
                    vault = table.Column<Guid>(type: "TEXT", nullable: false),
                    locker = table.Column<Guid>(type: "TEXT", nullable: false),
                    agreement = table.Column<Guid>(type: "TEXT", nullable: false),
                    party = table.Column<Guid>(type: "TEXT", nullable: false),
                    @operator = table.Column<Guid>(name: "operator", type: "TEXT", nullable: false),
                    number = table.Column<int>(type: "INTEGER", nullable: false),
                    state = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    arrived_at = table.Column<DateTime>(type: "TEXT", nullable: false),
                    identity_check = table.Column<string>(type: "TEXT", maxLength: 40, nullable: true),
                    operator_sign = table.Column<string>(type: "TEXT", maxLength: 40, nullable: true),
                    witness = table.Column<Guid>(type: "TEXT", nullable: true),
                    escort = table.Column<byte[]>(type: "BLOB", nullable: true),
                    code_word_said = table.Column<bool>(type: "INTEGER", nullable: false),
                    operator_signature = table.Column<Guid>(type: "TEXT", nullable: true),
                    drawn = table.Column<string>(type: "TEXT", nullable: true),
                    identified_at = table.Column<DateTime>(type: "TEXT", nullable: true),
                    identified_by = table.Column<Guid>(type: "TEXT", nullable: true),
                    decision = table.Column<Guid>(type: "TEXT", nullable: true),
                    custodian = table.Column<Guid>(type: "TEXT", nullable: true),
                    second_signature = table.Column<Guid>(type: "TEXT", nullable: true),
                    second_officer = table.Column<Guid>(type: "TEXT", nullable: true),
                    admitted_at = table.Column<DateTime>(type: "TEXT", nullable: true),
                    alone_at = table.Column<DateTime>(type: "TEXT", nullable: true),
                    locked_at = table.Column<DateTime>(type: "TEXT", nullable: true),
                    ended_at = table.Column<DateTime>(type: "TEXT", nullable: true),
                    ended_by = table.Column<Guid>(type: "TEXT", nullable: true),
                    end_reason = table.Column<string>(type: "TEXT", maxLength: 40, nullable: true),
                    end_note = table.Column<byte[]>(type: "BLOB", nullable: true),
                    warning_note = table.Column<byte[]>(type: "BLOB", nullable: true),
                    paper_slip = table.Column<string>(type: "TEXT", maxLength: 20, nullable: true),
                    of_year = table.Column<int>(type: "INTEGER", nullable: true),
                    version = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_visit", x => x.id);
                    table.ForeignKey(
                        name: "fk_visit_blob_drawn",
                        column: x => x.drawn,
                        principalTable: "blob",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_visit_branch_day_day",
                        column: x => x.day,
                        principalTable: "branch_day",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "channel_check",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    channel = table.Column<Guid>(type: "TEXT", nullable: false),
                    code = table.Column<string>(type: "TEXT", maxLength: 43, nullable: false),
                    sent_at = table.Column<DateTime>(type: "TEXT", nullable: false),
                    tries = table.Column<int>(type: "INTEGER", nullable: false),
                    ended_at = table.Column<DateTime>(type: "TEXT", nullable: true),
                    version = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_channel_check", x => x.id);
                    table.ForeignKey(
                        name: "fk_channel_check_channel_channel",
                        column: x => x.channel,
                        principalTable: "channel",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "client_branch",
                columns: table => new
                {
                    client = table.Column<Guid>(type: "TEXT", nullable: false),
                    branch = table.Column<Guid>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_client_branch", x => new { x.client, x.branch });
                    table.ForeignKey(
                        name: "fk_client_branch_branch_branch",
                        column: x => x.branch,
                        principalTable: "branch",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_client_branch_client_client",
                        column: x => x.client,
                        principalTable: "client",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "client_certificate",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    client = table.Column<Guid>(type: "TEXT", nullable: false),
                    thumbprint = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    from = table.Column<DateTime>(type: "TEXT", nullable: false),
                    until = table.Column<DateTime>(type: "TEXT", nullable: false),
                    added_at = table.Column<DateTime>(type: "TEXT", nullable: false),
                    removed_at = table.Column<DateTime>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_client_certificate", x => x.id);
                    table.ForeignKey(
                        name: "fk_client_certificate_client_client",
                        column: x => x.client,
                        principalTable: "client",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "client_secret",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    client = table.Column<Guid>(type: "TEXT", nullable: false),
                    hash = table.Column<byte[]>(type: "BLOB", nullable: false),
                    made_at = table.Column<DateTime>(type: "TEXT", nullable: false),
                    ends_at = table.Column<DateTime>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_client_secret", x => x.id);
                    table.ForeignKey(
                        name: "fk_client_secret_client_client",
                        column: x => x.client,
                        principalTable: "client",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "webhook",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    client = table.Column<Guid>(type: "TEXT", nullable: false),
                    url = table.Column<string>(type: "TEXT", maxLength: 500, nullable: false),
                    kinds = table.Column<string>(type: "TEXT", maxLength: 1000, nullable: false),
                    secret = table.Column<byte[]>(type: "BLOB", nullable: false),
                    old_secret = table.Column<byte[]>(type: "BLOB", nullable: true),
                    old_until = table.Column<DateTime>(type: "TEXT", nullable: true),
                    owner = table.Column<Guid>(type: "TEXT", nullable: true),
                    registered_at = table.Column<DateTime>(type: "TEXT", nullable: false),
                    stopped_at = table.Column<DateTime>(type: "TEXT", nullable: true),
                    removed_at = table.Column<DateTime>(type: "TEXT", nullable: true),
                    version = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_webhook", x => x.id);
                    table.ForeignKey(
                        name: "fk_webhook_client_client",
                        column: x => x.client,
                        principalTable: "client",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_webhook_person_owner",
                        column: x => x.owner,
                        principalTable: "person",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "death_reversal",
                columns: table => new
                {
                    death = table.Column<Guid>(type: "TEXT", nullable: false),
                    branch = table.Column<Guid>(type: "TEXT", nullable: false),
                    reason = table.Column<byte[]>(type: "BLOB", nullable: false),
                    paper = table.Column<byte[]>(type: "BLOB", nullable: false),
                    at = table.Column<DateTime>(type: "TEXT", nullable: false),
                    by = table.Column<Guid>(type: "TEXT", nullable: false),
                    with = table.Column<Guid>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_death_reversal", x => x.death);
                    table.ForeignKey(
                        name: "fk_death_reversal_branch_branch",
                        column: x => x.branch,
                        principalTable: "branch",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_death_reversal_death_death",
                        column: x => x.death,
                        principalTable: "death",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_death_reversal_person_by",
                        column: x => x.by,
                        principalTable: "person",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_death_reversal_person_with",
                        column: x => x.with,
                        principalTable: "person",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "imported_file",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    import = table.Column<Guid>(type: "TEXT", nullable: false),
                    name = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    kind = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    hash = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    length = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_imported_file", x => x.id);
                    table.ForeignKey(
                        name: "fk_imported_file_import_import",
                        column: x => x.import,
                        principalTable: "import",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "delivery_attempt",
                columns: table => new
                {
                    message = table.Column<Guid>(type: "TEXT", nullable: false),
                    number = table.Column<int>(type: "INTEGER", nullable: false),
                    at = table.Column<DateTime>(type: "TEXT", nullable: false),
                    accepted = table.Column<bool>(type: "INTEGER", nullable: false),
                    answer = table.Column<string>(type: "TEXT", maxLength: 500, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_delivery_attempt", x => new { x.message, x.number });
                    table.ForeignKey(
                        name: "fk_delivery_attempt_message_message",
                        column: x => x.message,
                        principalTable: "message",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "posting",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    officer = table.Column<Guid>(type: "TEXT", nullable: false),
                    branch = table.Column<Guid>(type: "TEXT", nullable: true),
                    role = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    from = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    until = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    recertify_by = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    lapses_on = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    ended_at = table.Column<DateTime>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_posting", x => x.id);
                    table.ForeignKey(
                        name: "fk_posting_branch_branch",
                        column: x => x.branch,
                        principalTable: "branch",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_posting_officer_officer",
                        column: x => x.officer,
                        principalTable: "officer",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "relative",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    officer = table.Column<Guid>(type: "TEXT", nullable: false),
                    person = table.Column<Guid>(type: "TEXT", nullable: false),
                    relation = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    declared_on = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    withdrawn_at = table.Column<DateTime>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_relative", x => x.id);
                    table.ForeignKey(
                        name: "fk_relative_officer_officer",
                        column: x => x.officer,
                        principalTable: "officer",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_relative_person_person",
                        column: x => x.person,
                        principalTable: "person",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "training",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    officer = table.Column<Guid>(type: "TEXT", nullable: false),
                    kind = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    done_on = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    until = table.Column<DateOnly>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_training", x => x.id);
                    table.ForeignKey(
                        name: "fk_training_officer_officer",
                        column: x => x.officer,
                        principalTable: "officer",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "approval_delegation",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    delegator = table.Column<Guid>(type: "TEXT", nullable: false),
                    stand_in = table.Column<Guid>(type: "TEXT", nullable: false),
                    branch = table.Column<Guid>(type: "TEXT", nullable: true),
                    kinds = table.Column<string>(type: "TEXT", maxLength: 2000, nullable: false),
                    from = table.Column<DateTime>(type: "TEXT", nullable: false),
                    until = table.Column<DateTime>(type: "TEXT", nullable: false),
                    reason = table.Column<byte[]>(type: "BLOB", nullable: false),
                    signature = table.Column<Guid>(type: "TEXT", nullable: false),
                    made_at = table.Column<DateTime>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_approval_delegation", x => x.id);
                    table.ForeignKey(
                        name: "fk_approval_delegation_branch_branch",
                        column: x => x.branch,
                        principalTable: "branch",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_approval_delegation_person_delegator",
                        column: x => x.delegator,
                        principalTable: "person",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_approval_delegation_person_stand_in",
                        column: x => x.stand_in,
                        principalTable: "person",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_approval_delegation_signature_signature",
                        column: x => x.signature,
                        principalTable: "signature",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "emergency",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    holder = table.Column<Guid>(type: "TEXT", nullable: false),
                    second = table.Column<Guid>(type: "TEXT", nullable: false),
                    branch = table.Column<Guid>(type: "TEXT", nullable: false),
                    role = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    minutes = table.Column<int>(type: "INTEGER", nullable: false),
                    reason = table.Column<byte[]>(type: "BLOB", nullable: false),
                    asked_at = table.Column<DateTime>(type: "TEXT", nullable: false),
                    own_signature = table.Column<Guid>(type: "TEXT", nullable: false),
                    second_signature = table.Column<Guid>(type: "TEXT", nullable: false),
                    review_days = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_emergency", x => x.id);
                    table.ForeignKey(
                        name: "fk_emergency_branch_branch",
                        column: x => x.branch,
                        principalTable: "branch",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_emergency_person_holder",
                        column: x => x.holder,
                        principalTable: "person",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_emergency_person_second",
                        column: x => x.second,
                        principalTable: "person",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_emergency_signature_own_signature",
                        column: x => x.own_signature,
                        principalTable: "signature",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_emergency_signature_second_signature",
                        column: x => x.second_signature,
                        principalTable: "signature",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "key_check",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    branch = table.Column<Guid>(type: "TEXT", nullable: false),
                    drawn_at = table.Column<DateTime>(type: "TEXT", nullable: false),
                    drawn_by = table.Column<Guid>(type: "TEXT", nullable: false),
                    officer = table.Column<Guid>(type: "TEXT", nullable: false),
                    among = table.Column<int>(type: "INTEGER", nullable: false),
                    due_at = table.Column<DateTime>(type: "TEXT", nullable: false),
                    done_at = table.Column<DateTime>(type: "TEXT", nullable: true),
                    shown_by = table.Column<Guid>(type: "TEXT", nullable: true),
                    seen = table.Column<int>(type: "INTEGER", nullable: true),
                    missing = table.Column<string>(type: "TEXT", maxLength: 500, nullable: true),
                    note = table.Column<byte[]>(type: "BLOB", nullable: true),
                    version = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_key_check", x => x.id);
                    table.ForeignKey(
                        name: "fk_key_check_branch_branch",
                        column: x => x.branch,
                        principalTable: "branch",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_key_check_person_drawn_by",
                        column: x => x.drawn_by,
                        principalTable: "person",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_key_check_person_officer",
                        column: x => x.officer,
                        principalTable: "person",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_key_check_signature_shown_by",
                        column: x => x.shown_by,
                        principalTable: "signature",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "person_merge",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    stays = table.Column<Guid>(type: "TEXT", nullable: false),
                    goes = table.Column<Guid>(type: "TEXT", nullable: false),
                    version_of_stays = table.Column<long>(type: "INTEGER", nullable: false),
                    version_of_goes = table.Column<long>(type: "INTEGER", nullable: false),
                    branch = table.Column<Guid>(type: "TEXT", nullable: false),
                    reason = table.Column<byte[]>(type: "BLOB", nullable: false),
                    asked_at = table.Column<DateTime>(type: "TEXT", nullable: false),
                    asked_by = table.Column<Guid>(type: "TEXT", nullable: false),
                    signature = table.Column<Guid>(type: "TEXT", nullable: false),
                    done_at = table.Column<DateTime>(type: "TEXT", nullable: true),
                    signed_by = table.Column<Guid>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_person_merge", x => x.id);
                    table.ForeignKey(
                        name: "fk_person_merge_branch_branch",
                        column: x => x.branch,
                        principalTable: "branch",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_person_merge_person_asked_by",
                        column: x => x.asked_by,
                        principalTable: "person",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_person_merge_person_goes",
                        column: x => x.goes,
                        principalTable: "person",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_person_merge_person_signed_by",
                        column: x => x.signed_by,
                        principalTable: "person",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_person_merge_person_stays",
                        column: x => x.stays,
                        principalTable: "person",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_person_merge_signature_signature",
                        column: x => x.signature,
                        principalTable: "signature",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "locker",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    branch = table.Column<Guid>(type: "TEXT", nullable: false),
                    cabinet = table.Column<Guid>(type: "TEXT", nullable: false),
                    type = table.Column<Guid>(type: "TEXT", nullable: false),
                    number = table.Column<string>(type: "TEXT", maxLength: 20, nullable: false),
                    number_since = table.Column<DateTime>(type: "TEXT", nullable: true),
                    @lock = table.Column<string>(name: "lock", type: "TEXT", maxLength: 40, nullable: false),
                    condition = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    condition_reason = table.Column<string>(type: "TEXT", maxLength: 40, nullable: true),
                    condition_since = table.Column<DateTime>(type: "TEXT", nullable: true),
                    occupant_unknown = table.Column<bool>(type: "INTEGER", nullable: false),
                    remark = table.Column<string>(type: "TEXT", maxLength: 40, nullable: true),
                    row = table.Column<int>(type: "INTEGER", nullable: false),
                    column = table.Column<int>(type: "INTEGER", nullable: false),
                    version = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_locker", x => x.id);
                    table.ForeignKey(
                        name: "fk_locker_branch_branch",
                        column: x => x.branch,
                        principalTable: "branch",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_locker_cabinet_cabinet",
                        column: x => x.cabinet,
                        principalTable: "cabinet",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_locker_locker_type_type",
                        column: x => x.type,
                        principalTable: "locker_type",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "passkey_confirmation",
                columns: table => new
                {
                    credential_id = table.Column<byte[]>(type: "BLOB", maxLength: 1024, nullable: false),
                    by = table.Column<Guid>(type: "TEXT", nullable: false),
                    check = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    at = table.Column<DateTime>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_passkey_confirmation", x => x.credential_id);
                    table.ForeignKey(
                        name: "fk_passkey_confirmation_person_by",
                        column: x => x.by,
                        principalTable: "person",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_passkey_confirmation_user_passkey_credential_id",
                        column: x => x.credential_id,
                        principalTable: "user_passkey",
                        principalColumn: "credential_id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "access_decision",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    visit = table.Column<Guid>(type: "TEXT", nullable: false),
                    at = table.Column<DateTime>(type: "TEXT", nullable: false),
                    result = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    rules = table.Column<string>(type: "TEXT", nullable: false),
                    policy = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    asked_by = table.Column<Guid>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_access_decision", x => x.id);
                    table.ForeignKey(
                        name: "fk_access_decision_visit_visit",
                        column: x => x.visit,
                        principalTable: "visit",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "visit_approval",
                columns: table => new
                {
                    visit = table.Column<Guid>(type: "TEXT", nullable: false),
                    person = table.Column<Guid>(type: "TEXT", nullable: false),
                    signature = table.Column<Guid>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_visit_approval", x => new { x.visit, x.person });
                    table.ForeignKey(
                        name: "fk_visit_approval_person_person",
                        column: x => x.person,
                        principalTable: "person",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_visit_approval_signature_signature",
                        column: x => x.signature,
                        principalTable: "signature",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_visit_approval_visit_visit",
                        column: x => x.visit,
                        principalTable: "visit",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "visit_correction",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    visit = table.Column<Guid>(type: "TEXT", nullable: false),
                    field = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    was = table.Column<byte[]>(type: "BLOB", nullable: false),
                    @is = table.Column<byte[]>(name: "is", type: "BLOB", nullable: false),
                    reason = table.Column<byte[]>(type: "BLOB", nullable: false),
                    at = table.Column<DateTime>(type: "TEXT", nullable: false),
                    by = table.Column<Guid>(type: "TEXT", nullable: false),
                    second = table.Column<Guid>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_visit_correction", x => x.id);
                    table.ForeignKey(
                        name: "fk_visit_correction_person_by",
                        column: x => x.by,
                        principalTable: "person",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_visit_correction_person_second",
                        column: x => x.second,
                        principalTable: "person",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_visit_correction_visit_visit",
                        column: x => x.visit,
                        principalTable: "visit",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "visit_present",
                columns: table => new
                {
                    visit = table.Column<Guid>(type: "TEXT", nullable: false),
                    person = table.Column<Guid>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_visit_present", x => new { x.visit, x.person });
                    table.ForeignKey(
                        name: "fk_visit_present_person_person",
                        column: x => x.person,
                        principalTable: "person",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_visit_present_visit_visit",
                        column: x => x.visit,
                        principalTable: "visit",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "webhook_cursor",
                columns: table => new
                {
                    webhook = table.Column<Guid>(type: "TEXT", nullable: false),
                    next = table.Column<long>(type: "INTEGER", nullable: false),
                    version = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_webhook_cursor", x => x.webhook);
                    table.ForeignKey(
                        name: "fk_webhook_cursor_webhook_webhook",
                        column: x => x.webhook,
                        principalTable: "webhook",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "webhook_delivery",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    webhook = table.Column<Guid>(type: "TEXT", nullable: false),
                    @event = table.Column<Guid>(name: "event", type: "TEXT", nullable: false),
                    kind = table.Column<string>(type: "TEXT", maxLength: 80, nullable: false),
                    happened_at = table.Column<DateTime>(type: "TEXT", nullable: false),
                    state = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    since = table.Column<DateTime>(type: "TEXT", nullable: false),
                    next_attempt_at = table.Column<DateTime>(type: "TEXT", nullable: false),
                    attempts = table.Column<int>(type: "INTEGER", nullable: false),
                    answer = table.Column<string>(type: "TEXT", maxLength: 100, nullable: true),
                    accepted_at = table.Column<DateTime>(type: "TEXT", nullable: true),
                    version = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_webhook_delivery", x => x.id);
                    table.ForeignKey(
                        name: "fk_webhook_delivery_webhook_webhook",
                        column: x => x.webhook,
                        principalTable: "webhook",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "import_batch",
                columns: table => new
                {
                    file = table.Column<Guid>(type: "TEXT", nullable: false),
                    number = table.Column<int>(type: "INTEGER", nullable: false),
                    last_line = table.Column<int>(type: "INTEGER", nullable: false),
                    imported = table.Column<int>(type: "INTEGER", nullable: false),
                    unchanged = table.Column<int>(type: "INTEGER", nullable: false),
                    rejected = table.Column<int>(type: "INTEGER", nullable: false),
                    bytes_done = table.Column<long>(type: "INTEGER", nullable: false),
                    last = table.Column<bool>(type: "INTEGER", nullable: false),
                    at = table.Column<DateTime>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_import_batch", x => new { x.file, x.number });
                    table.ForeignKey(
                        name: "fk_import_batch_imported_file_file",
                        column: x => x.file,
                        principalTable: "imported_file",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "recertification",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    posting = table.Column<Guid>(type: "TEXT", nullable: false),
                    decision = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    by = table.Column<Guid>(type: "TEXT", nullable: false),
                    at = table.Column<DateTime>(type: "TEXT", nullable: false),
                    was_due = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    next_due = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    last_acted = table.Column<DateTime>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_recertification", x => x.id);
                    table.ForeignKey(
                        name: "fk_recertification_person_by",
                        column: x => x.by,
                        principalTable: "person",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_recertification_posting_posting",
                        column: x => x.posting,
                        principalTable: "posting",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "approval_delegation_event",
                columns: table => new
                {
                    delegation = table.Column<Guid>(type: "TEXT", nullable: false),
                    step = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    by = table.Column<Guid>(type: "TEXT", nullable: false),
                    at = table.Column<DateTime>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_approval_delegation_event", x => new { x.delegation, x.step });
                    table.ForeignKey(
                        name: "fk_approval_delegation_event_approval_delegation_delegation",
                        column: x => x.delegation,
                        principalTable: "approval_delegation",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_approval_delegation_event_person_by",
                        column: x => x.by,
                        principalTable: "person",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "approval_event",
                columns: table => new
                {
                    approval = table.Column<Guid>(type: "TEXT", nullable: false),
                    number = table.Column<int>(type: "INTEGER", nullable: false),
                    step = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    by = table.Column<Guid>(type: "TEXT", nullable: true),
                    @for = table.Column<Guid>(name: "for", type: "TEXT", nullable: true),
                    delegation = table.Column<Guid>(type: "TEXT", nullable: true),
                    reason = table.Column<byte[]>(type: "BLOB", nullable: true),
                    signature = table.Column<Guid>(type: "TEXT", nullable: true),
                    at = table.Column<DateTime>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_approval_event", x => new { x.approval, x.number });
                    table.ForeignKey(
                        name: "fk_approval_event_approval_request_approval",
                        column: x => x.approval,
                        principalTable: "approval_request",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_approval_event_delegation_delegation",
                        column: x => x.delegation,
                        principalTable: "approval_delegation",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_approval_event_person_by",
                        column: x => x.by,
                        principalTable: "person",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_approval_event_person_for",
                        column: x => x.@for,
                        principalTable: "person",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_approval_event_signature_signature",
                        column: x => x.signature,
                        principalTable: "signature",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "emergency_event",
                columns: table => new
                {
                    emergency = table.Column<Guid>(type: "TEXT", nullable: false),
                    step = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    by = table.Column<Guid>(type: "TEXT", nullable: true),
                    at = table.Column<DateTime>(type: "TEXT", nullable: false),
                    until = table.Column<DateTime>(type: "TEXT", nullable: true),
                    words = table.Column<byte[]>(type: "BLOB", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_emergency_event", x => new { x.emergency, x.step });
                    table.ForeignKey(
                        name: "fk_emergency_event_emergency_emergency",
                        column: x => x.emergency,
                        principalTable: "emergency",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_emergency_event_person_by",
                        column: x => x.by,
                        principalTable: "person",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "agreement",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    number = table.Column<string>(type: "TEXT", maxLength: 30, nullable: false),
                    branch = table.Column<Guid>(type: "TEXT", nullable: false),
                    locker = table.Column<Guid>(type: "TEXT", nullable: false),
                    mandate = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    starts_on = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    ended_on = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    signed_on = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    copy_delivered_on = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    rent_paid_until = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    yearly_rent = table.Column<long>(type: "INTEGER", nullable: true),
                    deposit = table.Column<long>(type: "INTEGER", nullable: true),
                    deposit_receipt = table.Column<byte[]>(type: "BLOB", nullable: true),
                    version = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_agreement", x => x.id);
                    table.ForeignKey(
                        name: "fk_agreement_branch_branch",
                        column: x => x.branch,
                        principalTable: "branch",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_agreement_locker_locker",
                        column: x => x.locker,
                        principalTable: "locker",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "former_number",
                columns: table => new
                {
                    locker = table.Column<Guid>(type: "TEXT", nullable: false),
                    number = table.Column<string>(type: "TEXT", maxLength: 20, nullable: false),
                    until = table.Column<DateTime>(type: "TEXT", nullable: false),
                    from = table.Column<DateTime>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_former_number", x => new { x.locker, x.number, x.until });
                    table.ForeignKey(
                        name: "fk_former_number_locker_locker",
                        column: x => x.locker,
                        principalTable: "locker",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "import_problem",
                columns: table => new
                {
                    file = table.Column<Guid>(type: "TEXT", nullable: false),
                    line = table.Column<int>(type: "INTEGER", nullable: false),
                    number = table.Column<int>(type: "INTEGER", nullable: false),
                    column = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    severity = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    message = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    branch = table.Column<Guid>(type: "TEXT", nullable: true),
                    locker = table.Column<Guid>(type: "TEXT", nullable: true),
                    person = table.Column<Guid>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_import_problem", x => new { x.file, x.line, x.number });
                    table.ForeignKey(
                        name: "fk_import_problem_branch_branch",
                        column: x => x.branch,
                        principalTable: "branch",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_import_problem_imported_file_file",
                        column: x => x.file,
                        principalTable: "imported_file",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_import_problem_locker_locker",
                        column: x => x.locker,
                        principalTable: "locker",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_import_problem_person_person",
                        column: x => x.person,
                        principalTable: "person",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "key",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    branch = table.Column<Guid>(type: "TEXT", nullable: false),
                    kind = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    number = table.Column<string>(type: "TEXT", maxLength: 30, nullable: false),
                    vault = table.Column<Guid>(type: "TEXT", nullable: true),
                    locker = table.Column<Guid>(type: "TEXT", nullable: true),
                    embossed = table.Column<bool>(type: "INTEGER", nullable: true),
                    ended_at = table.Column<DateTime>(type: "TEXT", nullable: true),
                    end = table.Column<string>(type: "TEXT", maxLength: 40, nullable: true),
                    version = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_key", x => x.id);
                    table.ForeignKey(
                        name: "fk_key_branch_branch",
                        column: x => x.branch,
                        principalTable: "branch",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_key_locker_locker",
                        column: x => x.locker,
                        principalTable: "locker",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_key_vault_vault",
                        column: x => x.vault,
                        principalTable: "vault",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "seen_warning",
                columns: table => new
                {
                    decision = table.Column<Guid>(type: "TEXT", nullable: false),
                    at = table.Column<DateTime>(type: "TEXT", nullable: false),
                    by = table.Column<Guid>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_seen_warning", x => x.decision);
                    table.ForeignKey(
                        name: "fk_seen_warning_access_decision_decision",
                        column: x => x.decision,
                        principalTable: "access_decision",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_seen_warning_person_by",
                        column: x => x.by,
                        principalTable: "person",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "agent",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    agreement = table.Column<Guid>(type: "TEXT", nullable: false),
                    person = table.Column<Guid>(type: "TEXT", nullable: false),
                    letter_of = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    from = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    until = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    appointed_at = table.Column<DateTime>(type: "TEXT", nullable: false),
                    appointed_by = table.Column<Guid>(type: "TEXT", nullable: true),
                    ended_at = table.Column<DateTime>(type: "TEXT", nullable: true),
                    ended_by = table.Column<Guid>(type: "TEXT", nullable: true),
                    death = table.Column<Guid>(type: "TEXT", nullable: true),
                    end_reason = table.Column<byte[]>(type: "BLOB", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_agent", x => x.id);
                    table.ForeignKey(
                        name: "fk_agent_agreement_agreement",
                        column: x => x.agreement,
                        principalTable: "agreement",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_agent_death_death",
                        column: x => x.death,
                        principalTable: "death",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_agent_person_appointed_by",
                        column: x => x.appointed_by,
                        principalTable: "person",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_agent_person_ended_by",
                        column: x => x.ended_by,
                        principalTable: "person",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_agent_person_person",
                        column: x => x.person,
                        principalTable: "person",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "agreement_document",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    agreement = table.Column<Guid>(type: "TEXT", nullable: false),
                    kind = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    blob = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    media_type = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    length = table.Column<long>(type: "INTEGER", nullable: false),
                    added_at = table.Column<DateTime>(type: "TEXT", nullable: false),
                    added_by = table.Column<Guid>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_agreement_document", x => x.id);
                    table.ForeignKey(
                        name: "fk_agreement_document_agreement_agreement",
                        column: x => x.agreement,
                        principalTable: "agreement",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_agreement_document_blob_blob",
                        column: x => x.blob,
                        principalTable: "blob",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_agreement_document_person_added_by",
                        column: x => x.added_by,
                        principalTable: "person",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "agreement_party",
                columns: table => new
                {
                    agreement = table.Column<Guid>(type: "TEXT", nullable: false),
                    person = table.Column<Guid>(type: "TEXT", nullable: false),
                    role = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    position = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_agreement_party", x => new { x.agreement, x.person });
                    table.ForeignKey(
                        name: "fk_agreement_party_agreement_agreement",
                        column: x => x.agreement,
                        principalTable: "agreement",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_agreement_party_person_person",
                        column: x => x.person,
                        principalTable: "person",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "hold",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    agreement = table.Column<Guid>(type: "TEXT", nullable: false),
                    kind = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    reason = table.Column<byte[]>(type: "BLOB", nullable: false),
                    paper = table.Column<byte[]>(type: "BLOB", nullable: true),
                    tell_hirer = table.Column<bool>(type: "INTEGER", nullable: false),
                    placed_by = table.Column<Guid>(type: "TEXT", nullable: true),
                    since = table.Column<DateTime>(type: "TEXT", nullable: false),
                    until = table.Column<DateTime>(type: "TEXT", nullable: true),
                    lifted_at = table.Column<DateTime>(type: "TEXT", nullable: true),
                    lifted_by = table.Column<Guid>(type: "TEXT", nullable: true),
                    lifted_with = table.Column<Guid>(type: "TEXT", nullable: true),
                    lift_reason = table.Column<byte[]>(type: "BLOB", nullable: true),
                    lift_paper = table.Column<byte[]>(type: "BLOB", nullable: true),
                    lift_signature = table.Column<Guid>(type: "TEXT", nullable: true),
                    death = table.Column<Guid>(type: "TEXT", nullable: true),
                    lift_check = table.Column<string>(type: "TEXT", maxLength: 40, nullable: true),
                    unconfirmed = table.Column<bool>(type: "INTEGER", nullable: false),
                    confirmed_at = table.Column<DateTime>(type: "TEXT", nullable: true),
                    confirmed_by = table.Column<Guid>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_hold", x => x.id);
                    table.ForeignKey(
                        name: "fk_hold_agreement_agreement",
                        column: x => x.agreement,
                        principalTable: "agreement",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_hold_death_death",
                        column: x => x.death,
                        principalTable: "death",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_hold_person_confirmed_by",
                        column: x => x.confirmed_by,
                        principalTable: "person",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_hold_person_lifted_by",
                        column: x => x.lifted_by,
                        principalTable: "person",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_hold_person_lifted_with",
                        column: x => x.lifted_with,
                        principalTable: "person",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_hold_person_placed_by",
                        column: x => x.placed_by,
                        principalTable: "person",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "nomination",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    agreement = table.Column<Guid>(type: "TEXT", nullable: false),
                    signed_on = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    declined = table.Column<bool>(type: "INTEGER", nullable: false),
                    entered_at = table.Column<DateTime>(type: "TEXT", nullable: false),
                    entered_by = table.Column<Guid>(type: "TEXT", nullable: true),
                    acknowledge_by = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    acknowledged_at = table.Column<DateTime>(type: "TEXT", nullable: true),
                    acknowledged_by = table.Column<Guid>(type: "TEXT", nullable: true),
                    replaced_at = table.Column<DateTime>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_nomination", x => x.id);
                    table.ForeignKey(
                        name: "fk_nomination_agreement_agreement",
                        column: x => x.agreement,
                        principalTable: "agreement",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_nomination_person_acknowledged_by",
                        column: x => x.acknowledged_by,
                        principalTable: "person",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_nomination_person_entered_by",
                        column: x => x.entered_by,
                        principalTable: "person",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "obligation",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    kind = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    branch = table.Column<Guid>(type: "TEXT", nullable: false),
                    agreement = table.Column<Guid>(type: "TEXT", nullable: false),
                    locker = table.Column<Guid>(type: "TEXT", nullable: false),
                    reference_kind = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    reference = table.Column<Guid>(type: "TEXT", nullable: false),
                    visit = table.Column<Guid>(type: "TEXT", nullable: true),
                    @operator = table.Column<Guid>(name: "operator", type: "TEXT", nullable: true),
                    happened_at = table.Column<DateTime>(type: "TEXT", nullable: false),
                    raised_at = table.Column<DateTime>(type: "TEXT", nullable: false),
                    due_at = table.Column<DateTime>(type: "TEXT", nullable: false),
                    state = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    met_at = table.Column<DateTime>(type: "TEXT", nullable: true),
                    owner = table.Column<Guid>(type: "TEXT", nullable: true),
                    letter = table.Column<Guid>(type: "TEXT", nullable: true),
                    letter_on = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    version = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_obligation", x => x.id);
                    table.ForeignKey(
                        name: "fk_obligation_agreement_agreement",
                        column: x => x.agreement,
                        principalTable: "agreement",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_obligation_branch_branch",
                        column: x => x.branch,
                        principalTable: "branch",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_obligation_locker_locker",
                        column: x => x.locker,
                        principalTable: "locker",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_obligation_message_letter",
                        column: x => x.letter,
                        principalTable: "message",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_obligation_person_operator",
                        column: x => x.@operator,
                        principalTable: "person",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_obligation_person_owner",
                        column: x => x.owner,
                        principalTable: "person",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_obligation_visit_visit",
                        column: x => x.visit,
                        principalTable: "visit",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "occurrence",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    branch = table.Column<Guid>(type: "TEXT", nullable: false),
                    kind = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    locker = table.Column<Guid>(type: "TEXT", nullable: true),
                    agreement = table.Column<Guid>(type: "TEXT", nullable: true),
                    visit = table.Column<Guid>(type: "TEXT", nullable: true),
                    at = table.Column<DateTime>(type: "TEXT", nullable: false),
                    by = table.Column<Guid>(type: "TEXT", nullable: true),
                    note = table.Column<byte[]>(type: "BLOB", nullable: true),
                    seen_at = table.Column<DateTime>(type: "TEXT", nullable: true),
                    seen_by = table.Column<Guid>(type: "TEXT", nullable: true),
                    answer = table.Column<byte[]>(type: "BLOB", nullable: true),
                    version = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_occurrence", x => x.id);
                    table.ForeignKey(
                        name: "fk_occurrence_agreement_agreement",
                        column: x => x.agreement,
                        principalTable: "agreement",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_occurrence_branch_branch",
                        column: x => x.branch,
                        principalTable: "branch",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_occurrence_locker_locker",
                        column: x => x.locker,
                        principalTable: "locker",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_occurrence_person_by",
                        column: x => x.by,
                        principalTable: "person",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_occurrence_person_seen_by",
                        column: x => x.seen_by,
                        principalTable: "person",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_occurrence_visit_visit",
                        column: x => x.visit,
                        principalTable: "visit",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "recorded_nominee",
                columns: table => new
                {
                    agreement = table.Column<Guid>(type: "TEXT", nullable: false),
                    position = table.Column<int>(type: "INTEGER", nullable: false),
                    name = table.Column<byte[]>(type: "BLOB", nullable: false),
                    relation = table.Column<byte[]>(type: "BLOB", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_recorded_nominee", x => new { x.agreement, x.position });
                    table.ForeignKey(
                        name: "fk_recorded_nominee_agreement_agreement",
                        column: x => x.agreement,
                        principalTable: "agreement",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "register_entry",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    locker = table.Column<Guid>(type: "TEXT", nullable: false),
                    agreement = table.Column<Guid>(type: "TEXT", nullable: true),
                    date = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    time_in = table.Column<TimeOnly>(type: "TEXT", nullable: true),
                    time_out = table.Column<TimeOnly>(type: "TEXT", nullable: true),
                    @operator = table.Column<Guid>(name: "operator", type: "TEXT", nullable: true),
                    operated_by = table.Column<byte[]>(type: "BLOB", nullable: true),
                    officer = table.Column<string>(type: "TEXT", maxLength: 40, nullable: true),
                    remarks = table.Column<byte[]>(type: "BLOB", nullable: true),
                    source = table.Column<Guid>(type: "TEXT", nullable: false),
                    line = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_register_entry", x => x.id);
                    table.ForeignKey(
                        name: "fk_register_entry_agreement_agreement",
                        column: x => x.agreement,
                        principalTable: "agreement",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_register_entry_locker_locker",
                        column: x => x.locker,
                        principalTable: "locker",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_register_entry_person_operator",
                        column: x => x.@operator,
                        principalTable: "person",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "settled_warning",
                columns: table => new
                {
                    file = table.Column<Guid>(type: "TEXT", nullable: false),
                    line = table.Column<int>(type: "INTEGER", nullable: false),
                    number = table.Column<int>(type: "INTEGER", nullable: false),
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    at = table.Column<DateTime>(type: "TEXT", nullable: false),
                    by = table.Column<Guid>(type: "TEXT", nullable: false),
                    note = table.Column<byte[]>(type: "BLOB", nullable: false),
                    sealed_for = table.Column<Guid>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_settled_warning", x => new { x.file, x.line, x.number });
                    table.ForeignKey(
                        name: "fk_settled_warning_import_problem_file_line_number",
                        columns: x => new { x.file, x.line, x.number },
                        principalTable: "import_problem",
                        principalColumns: new[] { "file", "line", "number" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_settled_warning_person_by",
                        column: x => x.by,
                        principalTable: "person",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_settled_warning_person_sealed_for",
                        column: x => x.sealed_for,
                        principalTable: "person",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "custody",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    key = table.Column<Guid>(type: "TEXT", nullable: false),
                    holder = table.Column<Guid>(type: "TEXT", nullable: true),
                    from = table.Column<DateTime>(type: "TEXT", nullable: false),
                    until = table.Column<DateTime>(type: "TEXT", nullable: true),
                    given_by = table.Column<Guid>(type: "TEXT", nullable: true),
                    taken_by = table.Column<Guid>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_custody", x => x.id);
                    table.ForeignKey(
                        name: "fk_custody_key_key",
                        column: x => x.key,
                        principalTable: "key",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_custody_person_holder",
                        column: x => x.holder,
                        principalTable: "person",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_custody_signature_given_by",
                        column: x => x.given_by,
                        principalTable: "signature",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_custody_signature_taken_by",
                        column: x => x.taken_by,
                        principalTable: "signature",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "envelope",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    key = table.Column<Guid>(type: "TEXT", nullable: false),
                    branch = table.Column<Guid>(type: "TEXT", nullable: false),
                    number = table.Column<string>(type: "TEXT", maxLength: 30, nullable: false),
                    from = table.Column<DateTime>(type: "TEXT", nullable: false),
                    given_by = table.Column<Guid>(type: "TEXT", nullable: false),
                    taken_by = table.Column<Guid>(type: "TEXT", nullable: false),
                    until = table.Column<DateTime>(type: "TEXT", nullable: true),
                    reason = table.Column<string>(type: "TEXT", maxLength: 40, nullable: true),
                    out_given_by = table.Column<Guid>(type: "TEXT", nullable: true),
                    out_taken_by = table.Column<Guid>(type: "TEXT", nullable: true),
                    version = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_envelope", x => x.id);
                    table.ForeignKey(
                        name: "fk_envelope_branch_branch",
                        column: x => x.branch,
                        principalTable: "branch",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_envelope_key_key",
                        column: x => x.key,
                        principalTable: "key",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_envelope_signature_given_by",
                        column: x => x.given_by,
                        principalTable: "signature",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_envelope_signature_out_given_by",
                        column: x => x.out_given_by,
                        principalTable: "signature",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_envelope_signature_out_taken_by",
                        column: x => x.out_taken_by,
                        principalTable: "signature",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_envelope_signature_taken_by",
                        column: x => x.taken_by,
                        principalTable: "signature",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "key_loss",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    branch = table.Column<Guid>(type: "TEXT", nullable: false),
                    locker = table.Column<Guid>(type: "TEXT", nullable: false),
                    key = table.Column<Guid>(type: "TEXT", nullable: false),
                    lost_on = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    reporter = table.Column<Guid>(type: "TEXT", nullable: false),
                    how = table.Column<byte[]>(type: "BLOB", nullable: false),
                    undertaking = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    charge = table.Column<long>(type: "INTEGER", nullable: false),
                    currency = table.Column<string>(type: "TEXT", maxLength: 3, nullable: false),
                    reported_at = table.Column<DateTime>(type: "TEXT", nullable: false),
                    taken_by = table.Column<Guid>(type: "TEXT", nullable: false),
                    approval = table.Column<Guid>(type: "TEXT", nullable: true),
                    replaced_at = table.Column<DateTime>(type: "TEXT", nullable: true),
                    lock_number = table.Column<string>(type: "TEXT", maxLength: 30, nullable: true),
                    present = table.Column<Guid>(type: "TEXT", nullable: true),
                    second_officer = table.Column<Guid>(type: "TEXT", nullable: true),
                    version = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_key_loss", x => x.id);
                    table.ForeignKey(
                        name: "fk_key_loss_approval_request_approval",
                        column: x => x.approval,
                        principalTable: "approval_request",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_key_loss_branch_branch",
                        column: x => x.branch,
                        principalTable: "branch",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_key_loss_key_key",
                        column: x => x.key,
                        principalTable: "key",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_key_loss_locker_locker",
                        column: x => x.locker,
                        principalTable: "locker",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_key_loss_person_present",
                        column: x => x.present,
                        principalTable: "person",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_key_loss_person_reporter",
                        column: x => x.reporter,
                        principalTable: "person",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_key_loss_person_taken_by",
                        column: x => x.taken_by,
                        principalTable: "person",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_key_loss_signature_second_officer",
                        column: x => x.second_officer,
                        principalTable: "signature",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "nominee",
                columns: table => new
                {
                    nomination = table.Column<Guid>(type: "TEXT", nullable: false),
                    position = table.Column<int>(type: "INTEGER", nullable: false),
                    name = table.Column<byte[]>(type: "BLOB", nullable: false),
                    relation = table.Column<byte[]>(type: "BLOB", nullable: false),
                    born_on = table.Column<byte[]>(type: "BLOB", nullable: true),
                    adult = table.Column<byte[]>(type: "BLOB", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_nominee", x => new { x.nomination, x.position });
                    table.ForeignKey(
                        name: "fk_nominee_nomination_nomination",
                        column: x => x.nomination,
                        principalTable: "nomination",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "complaint",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    year = table.Column<int>(type: "INTEGER", nullable: false),
                    sequence = table.Column<int>(type: "INTEGER", nullable: false),
                    branch = table.Column<Guid>(type: "TEXT", nullable: false),
                    agreement = table.Column<Guid>(type: "TEXT", nullable: false),
                    locker = table.Column<Guid>(type: "TEXT", nullable: false),
                    obligation = table.Column<Guid>(type: "TEXT", nullable: false),
                    by = table.Column<Guid>(type: "TEXT", nullable: false),
                    opened_at = table.Column<DateTime>(type: "TEXT", nullable: false),
                    seen_at = table.Column<DateTime>(type: "TEXT", nullable: true),
                    seen_by = table.Column<Guid>(type: "TEXT", nullable: true),
                    version = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_complaint", x => x.id);
                    table.ForeignKey(
                        name: "fk_complaint_agreement_agreement",
                        column: x => x.agreement,
                        principalTable: "agreement",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_complaint_branch_branch",
                        column: x => x.branch,
                        principalTable: "branch",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_complaint_locker_locker",
                        column: x => x.locker,
                        principalTable: "locker",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_complaint_obligation_obligation",
                        column: x => x.obligation,
                        principalTable: "obligation",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_complaint_person_by",
                        column: x => x.by,
                        principalTable: "person",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_complaint_person_seen_by",
                        column: x => x.seen_by,
                        principalTable: "person",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "obligation_addressee",
                columns: table => new
                {
                    obligation = table.Column<Guid>(type: "TEXT", nullable: false),
                    person = table.Column<Guid>(type: "TEXT", nullable: false),
                    position = table.Column<int>(type: "INTEGER", nullable: false),
                    reachable = table.Column<bool>(type: "INTEGER", nullable: false),
                    via = table.Column<Guid>(type: "TEXT", nullable: true),
                    told_at = table.Column<DateTime>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_obligation_addressee", x => new { x.obligation, x.person });
                    table.ForeignKey(
                        name: "fk_obligation_addressee_obligation_obligation",
                        column: x => x.obligation,
                        principalTable: "obligation",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_obligation_addressee_person_person",
                        column: x => x.person,
                        principalTable: "person",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_obligation_addressee_person_via",
                        column: x => x.via,
                        principalTable: "person",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "ix_access_decision_visit",
                table: "access_decision",
                column: "visit");

            migrationBuilder.CreateIndex(
                name: "ix_activation_made_by",
                table: "activation",
                column: "made_by");

            migrationBuilder.CreateIndex(
                name: "ix_activation_user",
                table: "activation",
                column: "user",
                unique: true,
                filter: "ended_at IS NULL");

            migrationBuilder.CreateIndex(
                name: "ix_agent_agreement_person",
                table: "agent",
                columns: new[] { "agreement", "person" },
                unique: true,
                filter: "ended_at IS NULL");

            migrationBuilder.CreateIndex(
                name: "ix_agent_appointed_by",
                table: "agent",
                column: "appointed_by");

            migrationBuilder.CreateIndex(
                name: "ix_agent_death",
                table: "agent",
                column: "death");

            migrationBuilder.CreateIndex(
                name: "ix_agent_ended_by",
                table: "agent",
                column: "ended_by");

            migrationBuilder.CreateIndex(
                name: "ix_agent_person",
                table: "agent",
                column: "person");

            migrationBuilder.CreateIndex(
                name: "ix_agreement_branch_number",
                table: "agreement",
                columns: new[] { "branch", "number" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_agreement_locker",
                table: "agreement",
                column: "locker",
                unique: true,
                filter: "ended_on IS NULL");

            migrationBuilder.CreateIndex(
                name: "ix_agreement_number_branch",
                table: "agreement",
                columns: new[] { "number", "branch" });

            migrationBuilder.CreateIndex(
                name: "ix_agreement_document_added_by",
                table: "agreement_document",
                column: "added_by");

            migrationBuilder.CreateIndex(
                name: "ix_agreement_document_agreement",
                table: "agreement_document",
                column: "agreement");

            migrationBuilder.CreateIndex(
                name: "ix_agreement_document_blob",
                table: "agreement_document",
                column: "blob");

            migrationBuilder.CreateIndex(
                name: "ix_agreement_party_person",
                table: "agreement_party",
                column: "person");

            migrationBuilder.CreateIndex(
                name: "ix_app_user_normalized_user_name",
                table: "app_user",
                column: "normalized_user_name",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_app_user_person",
                table: "app_user",
                column: "person",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_approval_delegation_branch",
                table: "approval_delegation",
                column: "branch");

            migrationBuilder.CreateIndex(
                name: "ix_approval_delegation_delegator",
                table: "approval_delegation",
                column: "delegator");

            migrationBuilder.CreateIndex(
                name: "ix_approval_delegation_signature",
                table: "approval_delegation",
                column: "signature");

            migrationBuilder.CreateIndex(
                name: "ix_approval_delegation_stand_in_until",
                table: "approval_delegation",
                columns: new[] { "stand_in", "until" });

            migrationBuilder.CreateIndex(
                name: "ix_approval_delegation_event_by",
                table: "approval_delegation_event",
                column: "by");

            migrationBuilder.CreateIndex(
                name: "ix_approval_event_by",
                table: "approval_event",
                column: "by");

            migrationBuilder.CreateIndex(
                name: "ix_approval_event_delegation",
                table: "approval_event",
                column: "delegation");

            migrationBuilder.CreateIndex(
                name: "ix_approval_event_for",
                table: "approval_event",
                column: "for");

            migrationBuilder.CreateIndex(
                name: "ix_approval_event_signature",
                table: "approval_event",
                column: "signature");

            migrationBuilder.CreateIndex(
                name: "ix_approval_request_branch",
                table: "approval_request",
                column: "branch");

            migrationBuilder.CreateIndex(
                name: "ix_approval_request_expires_at",
                table: "approval_request",
                column: "expires_at");

            migrationBuilder.CreateIndex(
                name: "ix_approval_request_made_at",
                table: "approval_request",
                column: "made_at");

            migrationBuilder.CreateIndex(
                name: "ix_approval_request_maker",
                table: "approval_request",
                column: "maker");

            migrationBuilder.CreateIndex(
                name: "ix_approval_subject_person",
                table: "approval_subject",
                column: "person");

            migrationBuilder.CreateIndex(
                name: "ix_attempt_count_last_at",
                table: "attempt_count",
                column: "last_at");

            migrationBuilder.CreateIndex(
                name: "ix_audit_event_actor_at",
                table: "audit_event",
                columns: new[] { "actor", "at" });

            migrationBuilder.CreateIndex(
                name: "ix_audit_event_kind_at",
                table: "audit_event",
                columns: new[] { "kind", "at" });

            migrationBuilder.CreateIndex(
                name: "ix_audit_leaf_event",
                table: "audit_leaf",
                column: "event",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_audit_subject_event",
                table: "audit_subject",
                column: "event");

            migrationBuilder.CreateIndex(
                name: "ix_blob_owner",
                table: "blob",
                column: "owner");

            migrationBuilder.CreateIndex(
                name: "ix_branch_code",
                table: "branch",
                column: "code",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_branch_day_branch",
                table: "branch_day",
                column: "branch",
                unique: true,
                filter: "closed_at IS NULL");

            migrationBuilder.CreateIndex(
                name: "ix_branch_day_branch_date",
                table: "branch_day",
                columns: new[] { "branch", "date" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_cabinet_vault_name",
                table: "cabinet",
                columns: new[] { "vault", "name" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_challenge_expires_at",
                table: "challenge",
                column: "expires_at");

            migrationBuilder.CreateIndex(
                name: "ix_channel_blind",
                table: "channel",
                column: "blind");

            migrationBuilder.CreateIndex(
                name: "ix_channel_person_kind_blind",
                table: "channel",
                columns: new[] { "person", "kind", "blind" },
                unique: true,
                filter: "removed_at IS NULL");

            migrationBuilder.CreateIndex(
                name: "ix_channel_check_channel",
                table: "channel_check",
                column: "channel",
                unique: true,
                filter: "ended_at IS NULL");

            migrationBuilder.CreateIndex(
                name: "ix_client_client_id",
                table: "client",
                column: "client_id",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_client_registered_by",
                table: "client",
                column: "registered_by");

            migrationBuilder.CreateIndex(
                name: "ix_client_branch_branch",
                table: "client_branch",
                column: "branch");

            migrationBuilder.CreateIndex(
                name: "ix_client_certificate_client_thumbprint",
                table: "client_certificate",
                columns: new[] { "client", "thumbprint" },
                unique: true,
                filter: "removed_at IS NULL");

            migrationBuilder.CreateIndex(
                name: "ix_client_secret_client",
                table: "client_secret",
                column: "client");

            migrationBuilder.CreateIndex(
                name: "ix_complaint_agreement",
                table: "complaint",
                column: "agreement");

            migrationBuilder.CreateIndex(
                name: "ix_complaint_branch",
                table: "complaint",
                column: "branch",
                filter: "seen_at IS NULL");

            migrationBuilder.CreateIndex(
                name: "ix_complaint_by",
                table: "complaint",
                column: "by");

            migrationBuilder.CreateIndex(
                name: "ix_complaint_locker",
                table: "complaint",
                column: "locker");

            migrationBuilder.CreateIndex(
                name: "ix_complaint_obligation_by",
                table: "complaint",
                columns: new[] { "obligation", "by" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_complaint_seen_by",
                table: "complaint",
                column: "seen_by");

            migrationBuilder.CreateIndex(
                name: "ix_complaint_year_sequence",
                table: "complaint",
                columns: new[] { "year", "sequence" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_consent_person_purpose",
                table: "consent",
                columns: new[] { "person", "purpose" },
                unique: true,
                filter: "withdrawn_at IS NULL");

            migrationBuilder.CreateIndex(
                name: "ix_custody_given_by",
                table: "custody",
                column: "given_by");

            migrationBuilder.CreateIndex(
                name: "ix_custody_holder",
                table: "custody",
                column: "holder");

            migrationBuilder.CreateIndex(
                name: "ix_custody_key",
                table: "custody",
                column: "key",
                unique: true,
                filter: "until IS NULL");

            migrationBuilder.CreateIndex(
                name: "ix_custody_taken_by",
                table: "custody",
                column: "taken_by");

            migrationBuilder.CreateIndex(
                name: "ix_death_branch",
                table: "death",
                column: "branch");

            migrationBuilder.CreateIndex(
                name: "ix_death_by",
                table: "death",
                column: "by");

            migrationBuilder.CreateIndex(
                name: "ix_death_person",
                table: "death",
                column: "person");

            migrationBuilder.CreateIndex(
                name: "ix_death_with",
                table: "death",
                column: "with");

            migrationBuilder.CreateIndex(
                name: "ix_death_reversal_branch",
                table: "death_reversal",
                column: "branch");

            migrationBuilder.CreateIndex(
                name: "ix_death_reversal_by",
                table: "death_reversal",
                column: "by");

            migrationBuilder.CreateIndex(
                name: "ix_death_reversal_with",
                table: "death_reversal",
                column: "with");

            migrationBuilder.CreateIndex(
                name: "ix_emergency_branch",
                table: "emergency",
                column: "branch");

            migrationBuilder.CreateIndex(
                name: "ix_emergency_holder_asked_at",
                table: "emergency",
                columns: new[] { "holder", "asked_at" });

            migrationBuilder.CreateIndex(
                name: "ix_emergency_own_signature",
                table: "emergency",
                column: "own_signature");

            migrationBuilder.CreateIndex(
                name: "ix_emergency_second",
                table: "emergency",
                column: "second");

            migrationBuilder.CreateIndex(
                name: "ix_emergency_second_signature",
                table: "emergency",
                column: "second_signature");

            migrationBuilder.CreateIndex(
                name: "ix_emergency_event_by",
                table: "emergency_event",
                column: "by");

            migrationBuilder.CreateIndex(
                name: "ix_emergency_event_until",
                table: "emergency_event",
                column: "until");

            migrationBuilder.CreateIndex(
                name: "ix_envelope_branch_number",
                table: "envelope",
                columns: new[] { "branch", "number" },
                unique: true,
                filter: "until IS NULL");

            migrationBuilder.CreateIndex(
                name: "ix_envelope_given_by",
                table: "envelope",
                column: "given_by");

            migrationBuilder.CreateIndex(
                name: "ix_envelope_key",
                table: "envelope",
                column: "key",
                unique: true,
                filter: "until IS NULL");

            migrationBuilder.CreateIndex(
                name: "ix_envelope_out_given_by",
                table: "envelope",
                column: "out_given_by");

            migrationBuilder.CreateIndex(
                name: "ix_envelope_out_taken_by",
                table: "envelope",
                column: "out_taken_by");

            migrationBuilder.CreateIndex(
                name: "ix_envelope_taken_by",
                table: "envelope",
                column: "taken_by");

            migrationBuilder.CreateIndex(
                name: "ix_file_taken_approval",
                table: "file_taken",
                column: "approval");

            migrationBuilder.CreateIndex(
                name: "ix_file_taken_person_at",
                table: "file_taken",
                columns: new[] { "person", "at" });

            migrationBuilder.CreateIndex(
                name: "ix_former_number_number_locker",
                table: "former_number",
                columns: new[] { "number", "locker" });

            migrationBuilder.CreateIndex(
                name: "ix_hold_agreement",
                table: "hold",
                column: "agreement");

            migrationBuilder.CreateIndex(
                name: "ix_hold_confirmed_by",
                table: "hold",
                column: "confirmed_by");

            migrationBuilder.CreateIndex(
                name: "ix_hold_death",
                table: "hold",
                column: "death");

            migrationBuilder.CreateIndex(
                name: "ix_hold_lifted_by",
                table: "hold",
                column: "lifted_by");

            migrationBuilder.CreateIndex(
                name: "ix_hold_lifted_with",
                table: "hold",
                column: "lifted_with");

            migrationBuilder.CreateIndex(
                name: "ix_hold_placed_by",
                table: "hold",
                column: "placed_by");

            migrationBuilder.CreateIndex(
                name: "ix_hours_exception_allowed_by",
                table: "hours_exception",
                column: "allowed_by");

            migrationBuilder.CreateIndex(
                name: "ix_hours_exception_asked_by",
                table: "hours_exception",
                column: "asked_by");

            migrationBuilder.CreateIndex(
                name: "ix_idempotency_at",
                table: "idempotency",
                column: "at");

            migrationBuilder.CreateIndex(
                name: "ix_import_started_at",
                table: "import",
                column: "started_at");

            migrationBuilder.CreateIndex(
                name: "ix_import_started_by",
                table: "import",
                column: "started_by");

            migrationBuilder.CreateIndex(
                name: "ix_import_problem_branch_severity",
                table: "import_problem",
                columns: new[] { "branch", "severity" });

            migrationBuilder.CreateIndex(
                name: "ix_import_problem_locker",
                table: "import_problem",
                column: "locker");

            migrationBuilder.CreateIndex(
                name: "ix_import_problem_person",
                table: "import_problem",
                column: "person");

            migrationBuilder.CreateIndex(
                name: "ix_imported_file_hash",
                table: "imported_file",
                column: "hash");

            migrationBuilder.CreateIndex(
                name: "ix_imported_file_import",
                table: "imported_file",
                column: "import");

            migrationBuilder.CreateIndex(
                name: "ix_inspection_recorded_by",
                table: "inspection",
                column: "recorded_by");

            migrationBuilder.CreateIndex(
                name: "ix_inspection_vault_kind_done_on",
                table: "inspection",
                columns: new[] { "vault", "kind", "done_on" });

            migrationBuilder.CreateIndex(
                name: "ix_job_run_due",
                table: "job_run",
                column: "due");

            migrationBuilder.CreateIndex(
                name: "ix_key_branch_kind_number",
                table: "key",
                columns: new[] { "branch", "kind", "number" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_key_locker",
                table: "key",
                column: "locker");

            migrationBuilder.CreateIndex(
                name: "ix_key_number_branch",
                table: "key",
                columns: new[] { "number", "branch" });

            migrationBuilder.CreateIndex(
                name: "ix_key_vault",
                table: "key",
                column: "vault");

            migrationBuilder.CreateIndex(
                name: "ix_key_check_branch",
                table: "key_check",
                column: "branch",
                unique: true,
                filter: "done_at IS NULL");

            migrationBuilder.CreateIndex(
                name: "ix_key_check_branch_drawn_at",
                table: "key_check",
                columns: new[] { "branch", "drawn_at" });

            migrationBuilder.CreateIndex(
                name: "ix_key_check_drawn_by",
                table: "key_check",
                column: "drawn_by");

            migrationBuilder.CreateIndex(
                name: "ix_key_check_officer",
                table: "key_check",
                column: "officer");

            migrationBuilder.CreateIndex(
                name: "ix_key_check_shown_by",
                table: "key_check",
                column: "shown_by");

            migrationBuilder.CreateIndex(
                name: "ix_key_loss_approval",
                table: "key_loss",
                column: "approval");

            migrationBuilder.CreateIndex(
                name: "ix_key_loss_branch",
                table: "key_loss",
                column: "branch");

            migrationBuilder.CreateIndex(
                name: "ix_key_loss_key",
                table: "key_loss",
                column: "key");

            migrationBuilder.CreateIndex(
                name: "ix_key_loss_locker",
                table: "key_loss",
                column: "locker",
                unique: true,
                filter: "replaced_at IS NULL");

            migrationBuilder.CreateIndex(
                name: "ix_key_loss_present",
                table: "key_loss",
                column: "present");

            migrationBuilder.CreateIndex(
                name: "ix_key_loss_reporter",
                table: "key_loss",
                column: "reporter");

            migrationBuilder.CreateIndex(
                name: "ix_key_loss_second_officer",
                table: "key_loss",
                column: "second_officer");

            migrationBuilder.CreateIndex(
                name: "ix_key_loss_taken_by",
                table: "key_loss",
                column: "taken_by");

            migrationBuilder.CreateIndex(
                name: "ix_locker_branch_number",
                table: "locker",
                columns: new[] { "branch", "number" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_locker_cabinet_row_column",
                table: "locker",
                columns: new[] { "cabinet", "row", "column" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_locker_number_branch",
                table: "locker",
                columns: new[] { "number", "branch" });

            migrationBuilder.CreateIndex(
                name: "ix_locker_type",
                table: "locker",
                column: "type");

            migrationBuilder.CreateIndex(
                name: "ix_locker_type_code",
                table: "locker_type",
                column: "code",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_message_branch_made_at",
                table: "message",
                columns: new[] { "branch", "made_at" });

            migrationBuilder.CreateIndex(
                name: "ix_message_branch_next_attempt_at",
                table: "message",
                columns: new[] { "branch", "next_attempt_at" },
                filter: "state = 'ToPost'");

            migrationBuilder.CreateIndex(
                name: "ix_message_next_attempt_at",
                table: "message",
                column: "next_attempt_at",
                filter: "state = 'Waiting'");

            migrationBuilder.CreateIndex(
                name: "ix_message_purpose_reference_address_blind",
                table: "message",
                columns: new[] { "purpose", "reference", "address_blind" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_message_reference",
                table: "message",
                column: "reference");

            migrationBuilder.CreateIndex(
                name: "ix_message_to",
                table: "message",
                column: "to");

            migrationBuilder.CreateIndex(
                name: "ix_nomination_acknowledged_by",
                table: "nomination",
                column: "acknowledged_by");

            migrationBuilder.CreateIndex(
                name: "ix_nomination_agreement",
                table: "nomination",
                column: "agreement",
                unique: true,
                filter: "replaced_at IS NULL");

            migrationBuilder.CreateIndex(
                name: "ix_nomination_entered_by",
                table: "nomination",
                column: "entered_by");

            migrationBuilder.CreateIndex(
                name: "ix_notice_person_at",
                table: "notice",
                columns: new[] { "person", "at" });

            migrationBuilder.CreateIndex(
                name: "ix_notice_unread",
                table: "notice",
                column: "person",
                filter: "read_at IS NULL");

            migrationBuilder.CreateIndex(
                name: "ix_obligation_agreement_reference_kind",
                table: "obligation",
                columns: new[] { "agreement", "reference", "kind" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_obligation_branch",
                table: "obligation",
                column: "branch");

            migrationBuilder.CreateIndex(
                name: "ix_obligation_due_at",
                table: "obligation",
                column: "due_at",
                filter: "state = 'Due'");

            migrationBuilder.CreateIndex(
                name: "ix_obligation_letter",
                table: "obligation",
                column: "letter");

            migrationBuilder.CreateIndex(
                name: "ix_obligation_locker",
                table: "obligation",
                column: "locker");

            migrationBuilder.CreateIndex(
                name: "ix_obligation_operator",
                table: "obligation",
                column: "operator");

            migrationBuilder.CreateIndex(
                name: "ix_obligation_owner",
                table: "obligation",
                column: "owner");

            migrationBuilder.CreateIndex(
                name: "ix_obligation_visit",
                table: "obligation",
                column: "visit");

            migrationBuilder.CreateIndex(
                name: "ix_obligation_addressee_person",
                table: "obligation_addressee",
                column: "person");

            migrationBuilder.CreateIndex(
                name: "ix_obligation_addressee_via",
                table: "obligation_addressee",
                column: "via");

            migrationBuilder.CreateIndex(
                name: "ix_occurrence_agreement",
                table: "occurrence",
                column: "agreement");

            migrationBuilder.CreateIndex(
                name: "ix_occurrence_branch_at",
                table: "occurrence",
                columns: new[] { "branch", "at" });

            migrationBuilder.CreateIndex(
                name: "ix_occurrence_by",
                table: "occurrence",
                column: "by");

            migrationBuilder.CreateIndex(
                name: "ix_occurrence_locker",
                table: "occurrence",
                column: "locker");

            migrationBuilder.CreateIndex(
                name: "ix_occurrence_seen_by",
                table: "occurrence",
                column: "seen_by");

            migrationBuilder.CreateIndex(
                name: "ix_occurrence_visit",
                table: "occurrence",
                column: "visit",
                unique: true,
                filter: "kind = 'LongInside'");

            migrationBuilder.CreateIndex(
                name: "ix_officer_person",
                table: "officer",
                column: "person",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_officer_staff_number",
                table: "officer",
                column: "staff_number",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_passkey_confirmation_by",
                table: "passkey_confirmation",
                column: "by");

            migrationBuilder.CreateIndex(
                name: "ix_person_cif",
                table: "person",
                column: "cif",
                unique: true,
                filter: "cif IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_person_merged_into",
                table: "person",
                column: "merged_into",
                filter: "merged_into IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_person_merge_asked_by",
                table: "person_merge",
                column: "asked_by");

            migrationBuilder.CreateIndex(
                name: "ix_person_merge_branch",
                table: "person_merge",
                column: "branch");

            migrationBuilder.CreateIndex(
                name: "ix_person_merge_goes",
                table: "person_merge",
                column: "goes",
                unique: true,
                filter: "done_at IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_person_merge_signature",
                table: "person_merge",
                column: "signature");

            migrationBuilder.CreateIndex(
                name: "ix_person_merge_signed_by",
                table: "person_merge",
                column: "signed_by");

            migrationBuilder.CreateIndex(
                name: "ix_person_merge_stays",
                table: "person_merge",
                column: "stays");

            migrationBuilder.CreateIndex(
                name: "ix_person_name_folded_person",
                table: "person_name",
                columns: new[] { "folded", "person" });

            migrationBuilder.CreateIndex(
                name: "ix_person_word_person",
                table: "person_word",
                column: "person");

            migrationBuilder.CreateIndex(
                name: "ix_policy_version_branch",
                table: "policy_version",
                column: "branch");

            migrationBuilder.CreateIndex(
                name: "ix_policy_version_kind_branch_number",
                table: "policy_version",
                columns: new[] { "kind", "branch", "number" },
                unique: true,
                filter: "branch IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_policy_version_kind_jurisdiction_number",
                table: "policy_version",
                columns: new[] { "kind", "jurisdiction", "number" },
                unique: true,
                filter: "branch IS NULL");

            migrationBuilder.CreateIndex(
                name: "ix_policy_version_made_by",
                table: "policy_version",
                column: "made_by");

            migrationBuilder.CreateIndex(
                name: "ix_posting_branch",
                table: "posting",
                column: "branch");

            migrationBuilder.CreateIndex(
                name: "ix_posting_officer_branch_role",
                table: "posting",
                columns: new[] { "officer", "branch", "role" },
                unique: true,
                filter: "ended_at IS NULL AND branch IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_posting_officer_role",
                table: "posting",
                columns: new[] { "officer", "role" },
                unique: true,
                filter: "ended_at IS NULL AND branch IS NULL");

            migrationBuilder.CreateIndex(
                name: "ix_provider_link_account",
                table: "provider_link",
                column: "account",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_provider_link_user",
                table: "provider_link",
                column: "user",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_recertification_by",
                table: "recertification",
                column: "by");

            migrationBuilder.CreateIndex(
                name: "ix_recertification_posting_at",
                table: "recertification",
                columns: new[] { "posting", "at" });

            migrationBuilder.CreateIndex(
                name: "ix_recovery_code_user_code",
                table: "recovery_code",
                columns: new[] { "user", "code" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_register_entry_agreement_date",
                table: "register_entry",
                columns: new[] { "agreement", "date" },
                filter: "agreement IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_register_entry_locker_date",
                table: "register_entry",
                columns: new[] { "locker", "date" });

            migrationBuilder.CreateIndex(
                name: "ix_register_entry_operator_date",
                table: "register_entry",
                columns: new[] { "operator", "date" },
                filter: "operator IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_relative_officer_person",
                table: "relative",
                columns: new[] { "officer", "person" },
                unique: true,
                filter: "withdrawn_at IS NULL");

            migrationBuilder.CreateIndex(
                name: "ix_relative_person",
                table: "relative",
                column: "person");

            migrationBuilder.CreateIndex(
                name: "ix_seen_warning_by",
                table: "seen_warning",
                column: "by");

            migrationBuilder.CreateIndex(
                name: "ix_session_started_at",
                table: "session",
                column: "started_at");

            migrationBuilder.CreateIndex(
                name: "ix_session_user_ended_at",
                table: "session",
                columns: new[] { "user", "ended_at" });

            migrationBuilder.CreateIndex(
                name: "ix_settled_warning_by",
                table: "settled_warning",
                column: "by");

            migrationBuilder.CreateIndex(
                name: "ix_settled_warning_sealed_for",
                table: "settled_warning",
                column: "sealed_for");

            migrationBuilder.CreateIndex(
                name: "ix_signatory_added_by",
                table: "signatory",
                column: "added_by");

            migrationBuilder.CreateIndex(
                name: "ix_signatory_ended_by",
                table: "signatory",
                column: "ended_by");

            migrationBuilder.CreateIndex(
                name: "ix_signatory_organisation_person",
                table: "signatory",
                columns: new[] { "organisation", "person" },
                unique: true,
                filter: "ended_at IS NULL");

            migrationBuilder.CreateIndex(
                name: "ix_signatory_person",
                table: "signatory",
                column: "person");

            migrationBuilder.CreateIndex(
                name: "ix_signature_asked_by",
                table: "signature",
                column: "asked_by");

            migrationBuilder.CreateIndex(
                name: "ix_signature_expires_at",
                table: "signature",
                column: "expires_at",
                filter: "used_at IS NULL");

            migrationBuilder.CreateIndex(
                name: "ix_signature_signer",
                table: "signature",
                column: "signer");

            migrationBuilder.CreateIndex(
                name: "ix_signature_wanted_expires_at",
                table: "signature",
                columns: new[] { "wanted", "expires_at" });

            migrationBuilder.CreateIndex(
                name: "ix_training_officer_kind_until",
                table: "training",
                columns: new[] { "officer", "kind", "until" });

            migrationBuilder.CreateIndex(
                name: "ix_user_passkey_user_id",
                table: "user_passkey",
                column: "user_id");

            migrationBuilder.CreateIndex(
                name: "ix_vault_branch_name",
                table: "vault",
                columns: new[] { "branch", "name" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_vault_entry_branch_entered_at",
                table: "vault_entry",
                columns: new[] { "branch", "entered_at" });

            migrationBuilder.CreateIndex(
                name: "ix_vault_entry_officer",
                table: "vault_entry",
                column: "officer",
                unique: true,
                filter: "left_at IS NULL");

            migrationBuilder.CreateIndex(
                name: "ix_vault_entry_vault",
                table: "vault_entry",
                column: "vault");

            migrationBuilder.CreateIndex(
                name: "ix_visit_agreement_arrived_at",
                table: "visit",
                columns: new[] { "agreement", "arrived_at" });

            migrationBuilder.CreateIndex(
                name: "ix_visit_branch_paper_slip",
                table: "visit",
                columns: new[] { "branch", "paper_slip" },
                unique: true,
                filter: "paper_slip IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_visit_day_number",
                table: "visit",
                columns: new[] { "day", "number" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_visit_drawn",
                table: "visit",
                column: "drawn");

            migrationBuilder.CreateIndex(
                name: "ix_visit_locker",
                table: "visit",
                column: "locker",
                unique: true,
                filter: "ended_at IS NULL");

            migrationBuilder.CreateIndex(
                name: "ix_visit_operator_arrived_at",
                table: "visit",
                columns: new[] { "operator", "arrived_at" });

            migrationBuilder.CreateIndex(
                name: "ix_visit_party",
                table: "visit",
                column: "party",
                filter: "ended_at IS NULL");

            migrationBuilder.CreateIndex(
                name: "ix_visit_approval_person",
                table: "visit_approval",
                column: "person");

            migrationBuilder.CreateIndex(
                name: "ix_visit_approval_signature",
                table: "visit_approval",
                column: "signature");

            migrationBuilder.CreateIndex(
                name: "ix_visit_correction_by",
                table: "visit_correction",
                column: "by");

            migrationBuilder.CreateIndex(
                name: "ix_visit_correction_second",
                table: "visit_correction",
                column: "second");

            migrationBuilder.CreateIndex(
                name: "ix_visit_correction_visit",
                table: "visit_correction",
                column: "visit");

            migrationBuilder.CreateIndex(
                name: "ix_visit_present_person",
                table: "visit_present",
                column: "person");

            migrationBuilder.CreateIndex(
                name: "ix_webhook_client_url",
                table: "webhook",
                columns: new[] { "client", "url" },
                unique: true,
                filter: "removed_at IS NULL");

            migrationBuilder.CreateIndex(
                name: "ix_webhook_owner",
                table: "webhook",
                column: "owner");

            migrationBuilder.CreateIndex(
                name: "ix_webhook_delivery_next_attempt_at",
                table: "webhook_delivery",
                column: "next_attempt_at",
                filter: "state = 'Waiting'");

            migrationBuilder.CreateIndex(
                name: "ix_webhook_delivery_webhook_event",
                table: "webhook_delivery",
                columns: new[] { "webhook", "event" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_webhook_delivery_webhook_happened_at",
                table: "webhook_delivery",
                columns: new[] { "webhook", "happened_at" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "activation");

            migrationBuilder.DropTable(
                name: "agent");

            migrationBuilder.DropTable(
                name: "agreement_document");

            migrationBuilder.DropTable(
                name: "agreement_party");

            migrationBuilder.DropTable(
                name: "approval_delegation_event");

            migrationBuilder.DropTable(
                name: "approval_event");

            migrationBuilder.DropTable(
                name: "approval_subject");

            migrationBuilder.DropTable(
                name: "attempt_count");

            migrationBuilder.DropTable(
                name: "audit_cosignature");

            migrationBuilder.DropTable(
                name: "audit_disclosure");

            migrationBuilder.DropTable(
                name: "audit_edge");

            migrationBuilder.DropTable(
                name: "audit_leaf");

            migrationBuilder.DropTable(
                name: "audit_log_key");

            migrationBuilder.DropTable(
                name: "audit_pending");

            migrationBuilder.DropTable(
                name: "audit_sequencer");

            migrationBuilder.DropTable(
                name: "audit_subject");

            migrationBuilder.DropTable(
                name: "audit_tile");

            migrationBuilder.DropTable(
                name: "challenge");

            migrationBuilder.DropTable(
                name: "channel_check");

            migrationBuilder.DropTable(
                name: "client_branch");

            migrationBuilder.DropTable(
                name: "client_certificate");

            migrationBuilder.DropTable(
                name: "client_secret");

            migrationBuilder.DropTable(
                name: "complaint");

            migrationBuilder.DropTable(
                name: "consent");

            migrationBuilder.DropTable(
                name: "custody");

            migrationBuilder.DropTable(
                name: "data_protection_keys");

            migrationBuilder.DropTable(
                name: "death_reversal");

            migrationBuilder.DropTable(
                name: "delivery_attempt");

            migrationBuilder.DropTable(
                name: "emergency_event");

            migrationBuilder.DropTable(
                name: "envelope");

            migrationBuilder.DropTable(
                name: "file_taken");

            migrationBuilder.DropTable(
                name: "former_number");

            migrationBuilder.DropTable(
                name: "hold");

            migrationBuilder.DropTable(
                name: "holiday");

            migrationBuilder.DropTable(
                name: "hours_exception");

            migrationBuilder.DropTable(
                name: "idempotency");

            migrationBuilder.DropTable(
                name: "import_batch");

            migrationBuilder.DropTable(
                name: "inspection");

            migrationBuilder.DropTable(
                name: "installation");

            migrationBuilder.DropTable(
                name: "job_run");

            migrationBuilder.DropTable(
                name: "key_check");

            migrationBuilder.DropTable(
                name: "key_loss");

            migrationBuilder.DropTable(
                name: "nominee");

            migrationBuilder.DropTable(
                name: "notice");

            migrationBuilder.DropTable(
                name: "obligation_addressee");

            migrationBuilder.DropTable(
                name: "occurrence");

            migrationBuilder.DropTable(
                name: "passkey_confirmation");

            migrationBuilder.DropTable(
                name: "person_key");

            migrationBuilder.DropTable(
                name: "person_merge");

            migrationBuilder.DropTable(
                name: "person_name");

            migrationBuilder.DropTable(
                name: "person_word");

            migrationBuilder.DropTable(
                name: "policy_version");

            migrationBuilder.DropTable(
                name: "provider_link");

            migrationBuilder.DropTable(
                name: "recertification");

            migrationBuilder.DropTable(
                name: "recorded_nominee");

            migrationBuilder.DropTable(
                name: "recovery_code");

            migrationBuilder.DropTable(
                name: "register_entry");

            migrationBuilder.DropTable(
                name: "relative");

            migrationBuilder.DropTable(
                name: "seen_warning");

            migrationBuilder.DropTable(
                name: "session");

            migrationBuilder.DropTable(
                name: "settled_warning");

            migrationBuilder.DropTable(
                name: "signatory");

            migrationBuilder.DropTable(
                name: "training");

            migrationBuilder.DropTable(
                name: "vault_entry");

            migrationBuilder.DropTable(
                name: "visit_approval");

            migrationBuilder.DropTable(
                name: "visit_correction");

            migrationBuilder.DropTable(
                name: "visit_present");

            migrationBuilder.DropTable(
                name: "webhook_cursor");

            migrationBuilder.DropTable(
                name: "webhook_delivery");

            migrationBuilder.DropTable(
                name: "approval_delegation");

            migrationBuilder.DropTable(
                name: "audit_checkpoint");

            migrationBuilder.DropTable(
                name: "audit_event");

            migrationBuilder.DropTable(
                name: "channel");

            migrationBuilder.DropTable(
                name: "emergency");

            migrationBuilder.DropTable(
                name: "death");

            migrationBuilder.DropTable(
                name: "approval_request");

            migrationBuilder.DropTable(
                name: "key");

            migrationBuilder.DropTable(
                name: "nomination");

            migrationBuilder.DropTable(
                name: "obligation");

            migrationBuilder.DropTable(
                name: "user_passkey");

            migrationBuilder.DropTable(
                name: "posting");

            migrationBuilder.DropTable(
                name: "access_decision");

            migrationBuilder.DropTable(
                name: "import_problem");

            migrationBuilder.DropTable(
                name: "webhook");

            migrationBuilder.DropTable(
                name: "signature");

            migrationBuilder.DropTable(
                name: "agreement");

            migrationBuilder.DropTable(
                name: "message");

            migrationBuilder.DropTable(
                name: "app_user");

            migrationBuilder.DropTable(
                name: "officer");

            migrationBuilder.DropTable(
                name: "visit");

            migrationBuilder.DropTable(
                name: "imported_file");

            migrationBuilder.DropTable(
                name: "client");

            migrationBuilder.DropTable(
                name: "locker");

            migrationBuilder.DropTable(
                name: "blob");

            migrationBuilder.DropTable(
                name: "branch_day");

            migrationBuilder.DropTable(
                name: "import");

            migrationBuilder.DropTable(
                name: "cabinet");

            migrationBuilder.DropTable(
                name: "locker_type");

            migrationBuilder.DropTable(
                name: "person");

            migrationBuilder.DropTable(
                name: "vault");

            migrationBuilder.DropTable(
                name: "branch");
        }
    }
}
