using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Strongroom.Modules.SignIn.Contracts;
using Strongroom.Modules.SignIn.Signing;

namespace Strongroom.Tests.Modules.SignIn;

/// <summary>Who may give a signature, who may use it, and for what: the rules without a database.</summary>
public sealed class SignatureRulesTests
{
    private const string Right = "access.second";

    private static readonly PersonId Asker = Person(1), Party = Person(2), Colleague = Person(3), Stranger = Person(4);
    private static readonly BranchId Here = new(Id(11)), There = new(Id(12));
    private static readonly DateTime Asked = new(2026, 11, 23, 9, 0, 0, DateTimeKind.Utc), Expires = Asked.AddMinutes(5);
    private static readonly byte[] Hash = SHA256.HashData("payload"u8);

    [Fact]
    public void A_colleague_with_the_right_at_the_branch_may_sign_until_it_expires()
    {
        Question().WhyNot(Actor(Colleague, Here), SignatureGrade.Attested, Asked).ShouldBeNull();
        Question().WhyNot(Actor(Colleague, inTheBank: true), SignatureGrade.Attested, Expires.AddTicks(-1)).ShouldBeNull();
        Question().WhyNot(Actor(Colleague, Here), SignatureGrade.Attested, Expires).ShouldBeOfType<SignatureExpired>();
    }

    [Fact]
    public void Nobody_without_a_person_learns_that_there_is_a_question()
    {
        var program = new Actor { Person = null, User = null, Grants = [new("role", null, new HashSet<string> { Right })] };
        Question().WhyNot(program, SignatureGrade.Signed, Asked).ShouldBeOfType<NoSuch>();
        Question().WhyNot(Strongroom.Shared.Actor.System, SignatureGrade.Signed, Asked).ShouldBeOfType<NoSuch>();
    }

    [Fact]
    public void What_is_signed_is_not_signed_again()
    {
        var signed = Signed();
        signed.WhyNot(Actor(Colleague, Here), SignatureGrade.Signed, Asked).ShouldBeOfType<SignedAlready>();
        signed.WhyNot(Actor(Colleague, Here), SignatureGrade.Signed, Expires).ShouldBeOfType<SignedAlready>("which says more than that it is late");
    }

    [Fact]
    public void Who_asked_and_who_is_a_party_cannot_sign_whatever_their_rights()
    {
        Question().WhyNot(Actor(Asker, inTheBank: true), SignatureGrade.Signed, Asked).ShouldBeOfType<SamePerson>();
        Question().WhyNot(Actor(Party, inTheBank: true), SignatureGrade.Signed, Asked).ShouldBeOfType<PartyToTheMatter>();
        Question(wanted: Party).WhyNot(Actor(Party, inTheBank: true), SignatureGrade.Signed, Asked).ShouldBeOfType<PartyToTheMatter>("named or not");
    }

    [Fact]
    public void A_named_signer_signs_without_any_right_and_nobody_signs_instead()
    {
        Question(wanted: Stranger).WhyNot(Actor(Stranger), SignatureGrade.Attested, Asked).ShouldBeNull();
        Question(wanted: Stranger).WhyNot(Actor(Colleague, Here), SignatureGrade.Signed, Asked).ShouldBeOfType<NotTheSigner>();
    }

    [Fact]
    public void An_unnamed_signer_has_the_right_there()
    {
        Question().WhyNot(Actor(Stranger), SignatureGrade.Signed, Asked).ShouldBeOfType<NotPosted>();
        Question().WhyNot(Actor(Colleague, There), SignatureGrade.Signed, Asked).ShouldBeOfType<NotPosted>();
        Asking(null).WhyNot(Actor(Colleague, Here), SignatureGrade.Signed, Asked).ShouldBeOfType<NotPosted>("what concerns the whole bank needs the right in the whole bank");
        Asking(null).WhyNot(Actor(Colleague, inTheBank: true), SignatureGrade.Signed, Asked).ShouldBeNull();
    }

    [Fact]
    public void A_right_lent_for_an_emergency_vouches_for_nobody()
    {
        var lent = new RoleGrant("custodian", Here, new HashSet<string> { Right }, Emergency: true);
        Question().WhyNot(Actor(Stranger) with { Grants = [lent] }, SignatureGrade.Signed, Asked).ShouldBeOfType<NotPosted>();
        Question().WhyNot(Actor(Colleague, Here) with { Grants = [lent, .. Actor(Colleague, Here).Grants] }, SignatureGrade.Signed, Asked).ShouldBeNull("their own posting counts beside it");
        Question(wanted: Stranger).WhyNot(Actor(Stranger) with { Grants = [lent] }, SignatureGrade.Signed, Asked).ShouldBeNull();
    }

    [Fact]
    public void What_asks_for_a_passkey_is_not_signed_with_a_password()
    {
        Question(least: SignatureGrade.Signed).WhyNot(Actor(Colleague, Here), SignatureGrade.Attested, Asked).ShouldBeOfType<PasskeyNeeded>();
        Question(least: SignatureGrade.Signed).WhyNot(Actor(Colleague, Here), SignatureGrade.Signed, Asked).ShouldBeNull();
        Question().WhyNot(Actor(Colleague, Here), SignatureGrade.Signed, Asked).ShouldBeNull("more than was asked for will do");
    }

    [Fact]
    public void Every_refusal_names_the_question()
    {
        foreach (var (signature, by, grade, now) in new[]
        {
            (Signed(), Actor(Colleague, Here), SignatureGrade.Signed, Asked),
            (Question(), Actor(Colleague, Here), SignatureGrade.Signed, Expires),
            (Question(), Actor(Asker, Here), SignatureGrade.Signed, Asked),
            (Question(), Actor(Party, Here), SignatureGrade.Signed, Asked),
            (Question(wanted: Stranger), Actor(Colleague, Here), SignatureGrade.Signed, Asked),
            (Question(), Actor(Stranger), SignatureGrade.Signed, Asked),
            (Question(least: SignatureGrade.Signed), Actor(Colleague, Here), SignatureGrade.Attested, Asked),
        })
            signature.WhyNot(by, grade, now)!.Subjects.ShouldBe([Subject.Of(signature.Id)]);
    }

    [Fact]
    public void A_question_is_for_the_eyes_of_who_asked_and_of_who_may_or_might_have_signed()
    {
        Question().Concerns(Actor(Asker), Asked).ShouldBeTrue();
        Question().Concerns(Actor(Colleague, Here), Asked).ShouldBeTrue();
        Question().Concerns(Actor(Colleague, Here), Expires).ShouldBeTrue("it says that it is over");
        Signed().Concerns(Actor(Colleague, Here), Asked).ShouldBeTrue();
        Question().Concerns(Actor(Stranger), Asked).ShouldBeFalse();
        Question().Concerns(Actor(Colleague, There), Asked).ShouldBeFalse();
        Question(least: SignatureGrade.Signed).Concerns(Actor(Colleague, Here), Asked).ShouldBeTrue("with a passkey they could");
    }

    [Fact]
    public void It_is_used_once_by_who_asked_for_it_and_says_who_signed()
    {
        var signed = Signed();

        signed.Use(Actor(Asker), "access.admit", Hash, Asked.AddMinutes(2)).Value.ShouldBe(new(signed.Id, Colleague, SignatureGrade.Signed, Asked.AddMinutes(1)));

        signed.UsedAt.ShouldBe(Asked.AddMinutes(2));
        signed.Use(Actor(Asker), "access.admit", Hash, Asked.AddMinutes(2)).Refusal.ShouldBeOfType<SignatureUsed>();
    }

    [Fact]
    public void It_is_used_by_nobody_else_and_not_late_and_not_unsigned_and_for_nothing_else()
    {
        Refused(Signed(), Actor(Colleague, Here), "access.admit", Hash, Asked).ShouldBeOfType<NoSuch>();
        Refused(Signed(), Strongroom.Shared.Actor.System, "access.admit", Hash, Asked).ShouldBeOfType<NoSuch>();
        Refused(Signed(), Actor(Asker), "access.admit", Hash, Expires).ShouldBeOfType<SignatureExpired>();
        Refused(Question(), Actor(Asker), "access.admit", Hash, Asked).ShouldBeOfType<NotSigned>();
        Refused(Signed(), Actor(Asker), "keys.replace", Hash, Asked).ShouldBeOfType<SignedSomethingElse>();
        Refused(Signed(), Actor(Asker), "access.admit", SHA256.HashData("another"u8), Asked).ShouldBeOfType<SignedSomethingElse>();
        Signed().Use(Actor(Asker), "access.admit", Hash, Expires.AddTicks(-1)).Refusal.ShouldBeNull("to the last instant");
    }

    [Fact]
    public void The_challenge_is_the_hash_of_the_name_the_id_the_salt_and_the_payload_s_hash()
    {
        var id = new SignatureId(Guid.Parse("00112233-4455-6677-8899-aabbccddeeff"));
        byte[] salt = [.. Enumerable.Range(0, 16).Select(at => (byte)at)];

        Signature.ChallengeOf(id, salt, Hash).ShouldBe(SHA256.HashData(
            [.. Encoding.ASCII.GetBytes("STRONGROOM-SIGN-1"), .. Convert.FromHexString("00112233445566778899aabbccddeeff"), .. salt, .. Hash]));
    }

    private static Refusal? Refused(Signature signature, Actor by, string act, byte[] hash, DateTime now)
    {
        var used = signature.UsedAt;
        var refusal = signature.Use(by, act, hash, now).Refusal;
        signature.UsedAt.ShouldBe(used, "a refusal uses nothing up");
        if (refusal is not NoSuch) refusal!.Subjects.ShouldBe([Subject.Of(signature.Id)]);
        return refusal;
    }

    private static Signature Question(PersonId? wanted = null, SignatureGrade least = SignatureGrade.Attested) => Asking(Here, wanted, least);

    private static Signature Asking(BranchId? branch, PersonId? wanted = null, SignatureGrade least = SignatureGrade.Attested) => new()
    {
        Id = new(Id(21)),
        Act = "access.admit",
        PayloadHash = Hash,
        Payload = [],
        Words = [],
        Salt = [],
        Challenge = [],
        AskedBy = Asker,
        AskedAt = Asked,
        ExpiresAt = Expires,
        Branch = branch,
        Wanted = wanted,
        Right = Right,
        Excluded = JsonSerializer.Serialize(new[] { Asker, Party }),
        Least = least,
        Opening = false,
    };

    private static Signature Signed()
    {
        var row = Question();
        (row.Signer, row.Grade, row.SignedAt) = (Colleague, SignatureGrade.Signed, Asked.AddMinutes(1));
        return row;
    }

    private static Actor Actor(PersonId person, BranchId? at = null, bool inTheBank = false) => new()
    {
        Person = person,
        User = person.Value,
        Grants = at is null && !inTheBank ? [] : [new RoleGrant("custodian", at, new HashSet<string> { Right })],
    };

    private static PersonId Person(int number) => new(Id(number));

    private static Guid Id(int number) => Guid.Parse($"0198a000-0000-7000-8000-{number:000000000000}");
}
