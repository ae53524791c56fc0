using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Strongroom.Data;
using Strongroom.Modules.Audit.Contracts;

namespace Strongroom.Modules.Contact.Notices;

public enum NoticeKind { LockerOpened, DoorFoundOpen, ObligationPastDue, ComplaintOpened, ComplaintSeen, HoldPlaced, HoldLifted, LogAlarm, WebhookStopped, ApprovalsHandedOver, ApprovalsTakenBack, EmergencyOpened }

/// <summary>That something is new for a signed-in person. It says what and where, and no more: the words are made when it is shown.</summary>
internal sealed class PersonNotice
{
    public required NoticeId Id { get; init; }

    public required PersonId Person { get; set; }

    public required NoticeKind Kind { get; init; }

    public required string ReferenceKind { get; init; }

    public required Guid Reference { get; init; }

    public required DateTime At { get; init; }

    public DateTime? ReadAt { get; set; }
}

internal sealed class NoticeTable : IEntityTypeConfiguration<PersonNotice>
{
    public void Configure(EntityTypeBuilder<PersonNotice> builder)
    {
        builder.ToTable("notice");
        builder.Property(row => row.ReferenceKind).HasMaxLength(40);
        builder.HasIndex(row => new { row.Person, row.At });
        builder.HasIndex(row => row.Person).HasFilter("read_at IS NULL").HasDatabaseName("ix_notice_unread");
    }
}

internal static class Notifying
{
    /// <summary>What a person is told as a hirer; the rest is told to officers.</summary>
    public static readonly IReadOnlyList<NoticeKind> ToHirers = [NoticeKind.LockerOpened, NoticeKind.DoorFoundOpen, NoticeKind.HoldPlaced, NoticeKind.HoldLifted, NoticeKind.ComplaintSeen];

    /// <summary>The reader's own; in a session that is an officer's alone without what they are told as a hirer.</summary>
    public static IQueryable<PersonNotice> NoticesOf(this StrongroomDb db, Actor reader)
    {
        var (me, atHome) = (reader.Person, reader.AtHome is not null);
        return db.Set<PersonNotice>().Where(row => row.Person == me && (atHome || !ToHirers.Contains(row.Kind)));
    }

    /// <summary>In the caller's act; the bell of who looks at a page rings after its commit.</summary>
    public static void Notify(this StrongroomDb db, Act act, PersonId person, NoticeKind kind, Subject about) => db.Add(new PersonNotice
    {
        Id = act.NewId<Noun.Notice>(),
        Person = person,
        Kind = kind,
        ReferenceKind = about.Kind,
        Reference = about.Id,
        At = act.Now,
    });
}
