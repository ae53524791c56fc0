using Microsoft.EntityFrameworkCore;
using Strongroom.Modules.Customers;
using Strongroom.Modules.Customers.Contracts;
using Strongroom.Tests.Support;

namespace Strongroom.Tests.Modules.Customers;

public abstract class PeopleTests<TEngine>(TwoBranches<TEngine> bank) : IClassFixture<TwoBranches<TEngine>> where TEngine : IEngine
{
    [Fact]
    public async Task A_registered_person_is_found_by_words_of_the_name_the_customer_number_the_email_and_the_mobile()
    {
        var person = await Register(new() { Name = "  Lakshmi   Narayanan ", Cif = "LN-1", Email = "Lakshmi@Example.IN", Mobile = "98765 43210" });

        foreach (var asked in new[] { "narayan", "LAKSHMI NAR", "narayanan lak", "LN-1", "Lakshmi@EXAMPLE.in", "+91 98765-43210", "09876543210" })
        {
            (await Found(asked)).ShouldHaveSingleItem(asked).Id.ShouldBe(person);
        }
        (await Found("9876543210"))[0].Name.ShouldBe("Lakshmi Narayanan");
        (await Found("Lakshmi@elsewhere.in")).ShouldBeEmpty();
        foreach (var personal in new[] { "Lakshmi@EXAMPLE.in", "9876543210" })
            (await Search(personal)).People.ShouldBeEmpty("what stands in an address of a page finds nobody by personal data");
        (await bank.Timeline(person)).ShouldBe(["customers.registered", "customers.channel-added", "customers.channel-added"]);
    }

    [Fact]
    public async Task What_is_known_of_a_person_cannot_be_read_from_the_disk()
    {
        var person = await Register(new()
        {
            Name = "Sita Devi",
            BornOn = new(1961, 7, 29),
            Address = "canary lane 12",
            Email = "canarymail@example.in",
            Mobile = "+919812345678",
        });
        await bank.By(bank.Manager, (EditPerson edit) => edit.Handle(person, new("Sita Devi", null, new(1961, 7, 30), "canary lane 13", "hi"), default), version: 1).Fine();

        foreach (var canary in new[] { "canary lane", "canarymail", "9812345678", "1961-07-29", "1961-07-30" })
            (await bank.Read(db => ClearText.ColumnsWith(db, canary))).ShouldBeEmpty(canary);
        // The name is in the clear, in the one table that is for it.
        (await bank.Read(db => ClearText.ColumnsWith(db, "Sita Devi"))).ShouldBe(["person_name.full_name"]);
    }

    [Fact]
    public async Task A_customer_number_belongs_to_one_person()
    {
        await Register(new() { Name = "Anil Kapoor", Cif = "TWICE" });

        var refused = await bank.By(bank.Clerk, (RegisterPerson register) => register.Handle(new() { Name = "Anil Kapur", Cif = "TWICE" }, default))
            .RefusedWith(409, "customers.cif-taken");
        refused.Field.ShouldBe("Cif");
        (await Search("Anil Kapur")).Total.ShouldBe(0);
    }

    [Fact]
    public async Task An_address_is_entered_once_a_person_however_it_is_written_and_may_come_back_after_it_was_removed()
    {
        var person = await Register(new() { Name = "Dev Anand", Mobile = "+91 98111 22333" });
        var first = (await One(person))!.Channels.ShouldHaveSingleItem();
        first.Masked.ShouldBe("+91…2333");

        await Add(person, ChannelKind.Mobile, "098111 22333").RefusedWith(409, "customers.channel-already-there");
        await bank.By(bank.Clerk, (RemoveChannel remove) => remove.Handle(person, first.Id, default)).Fine();
        await Add(person, ChannelKind.Mobile, "9811122333").Fine();

        (await One(person))!.Channels.ShouldHaveSingleItem().Id.ShouldNotBe(first.Id);
        await bank.By(bank.Clerk, (RemoveChannel remove) => remove.Handle(person, first.Id, default)).RefusedWith(404, "not-found");
        // Husband and wife may share a telephone.
        await Register(new() { Name = "Uma Anand", Mobile = "9811122333" });
    }

    [Theory]
    [InlineData(ChannelKind.Email, "asha", "customers.email-not-understood")]
    [InlineData(ChannelKind.Email, "asha@localhost", "customers.email-not-understood")]
    [InlineData(ChannelKind.Email, "Asha <asha@example.in>", "customers.email-not-understood")]
    [InlineData(ChannelKind.Email, "asha@example.in, vikram@example.in", "customers.email-not-understood")]
    [InlineData(ChannelKind.Mobile, "12345", "customers.mobile-not-understood")]
    [InlineData(ChannelKind.Mobile, "022 2266 1000", "customers.mobile-not-understood")]
    [InlineData(ChannelKind.Mobile, "no number", "customers.mobile-not-understood")]
    public async Task What_is_no_address_is_refused_with_how_to_write_it(ChannelKind kind, string written, string code)
    {
        var refused = await Add(await bank.Person("Ravi"), kind, written).RefusedWith(422, code);
        refused.Field.ShouldBe("Address");
    }

    [Fact]
    public async Task An_edit_must_say_which_version_it_saw_and_a_stale_one_changes_nothing()
    {
        var person = await Register(new() { Name = "Rekha Menon", BornOn = new(1970, 1, 1) });
        Task<Outcome<Done>> Edit(string name, long? seen) =>
            bank.By(bank.Clerk, (EditPerson edit) => edit.Handle(person, new(name, null, null, "4, Beach Road", "en"), default), seen);

        await Edit("Rekha M", null).RefusedWith(428, "version-missing");
        await Edit("Rekha Nair", 1).Fine();
        await Edit("Rekha M", 1).RefusedWith(412, "stale");

        var now = (await One(person))!;
        (now.Facts.Name, now.Facts.Version, now.BornOn, now.Address).ShouldBe(("Rekha Nair", 2, null, "4, Beach Road"));
    }

    [Fact]
    public async Task A_next_review_lies_ahead_and_not_too_far()
    {
        var person = await bank.Person("Mira", identified: false);
        Task<Outcome<Done>> Record(DateOnly review, long? seen) =>
            bank.By(bank.Clerk, (RecordDueDiligence record) => record.Handle(person, new(review), default), seen);

        await Record(new(2026, 11, 23), 1).RefusedWith(422, "customers.review-not-ahead");
        await Record(new(2036, 11, 24), 1).RefusedWith(422, "customers.review-not-ahead");
        await Record(new(2028, 11, 23), null).RefusedWith(428, "version-missing");
        await Record(new(2028, 11, 23), 1).Fine();

        (await bank.Timeline(person)).ShouldContain("customers.due-diligence-done");
    }

    [Fact]
    public async Task Who_may_only_read_people_changes_nothing_and_sees_neither_birthday_nor_address()
    {
        var person = await Register(new() { Name = "Gopal Rao", BornOn = new(1950, 5, 5), Address = "1, Fort" });

        var seen = (await bank.By(bank.Custodian, (ReadPeople read) => read.One(person, default)))!;
        (seen.BornOn, seen.Address).ShouldBe((null, null));
        (await One(person))!.BornOn.ShouldBe(new DateOnly(1950, 5, 5));
        await bank.By(bank.Custodian, (RegisterPerson register) => register.Handle(new() { Name = "Nobody" }, default)).RefusedWith(403, "not-allowed");
        await bank.By(bank.Custodian, (AddChannel add) => add.Handle(person, new(ChannelKind.Email, "g@example.in"), default)).RefusedWith(403, "not-allowed");
        await bank.By(bank.Custodian, (EditPerson edit) => edit.Handle(person, new("Gopal", null, null, null, "en"), default), 1).RefusedWith(403, "not-allowed");
    }

    [Fact]
    public async Task Nobody_is_born_in_the_future() =>
        await bank.By(bank.Clerk, (RegisterPerson register) => register.Handle(new() { Name = "Tomorrow", BornOn = new(2026, 11, 24) }, default))
            .RefusedWith(422, "customers.born-in-the-future");

    [Fact]
    public async Task A_form_sent_twice_registers_one_person()
    {
        Task<Outcome<PersonRegistered>> Send(string name) =>
            bank.By(bank.Clerk, (RegisterPerson register) => register.Handle(new() { Name = name }, default), key: "form-1");

        var first = await Send("Twice Sent").Fine();
        var again = await Send("Twice Sent");

        again.Replayed.ShouldBeTrue();
        again.Value.ShouldBe(first);
        (await Search("Twice Sent")).Total.ShouldBe(1);
        await Send("Another").RefusedWith(422, "idempotency-key-reused");
    }

    private async Task<PersonId> Register(NewPerson person) =>
        (await bank.By(bank.Clerk, (RegisterPerson register) => register.Handle(person, default)).Fine()).Id;

    private Task<PeoplePageful> Search(string text) => bank.By(bank.Clerk, (ReadPeople read) => read.Search(text, null, false, 0, default));

    /// <summary>As the page asks: by address or number where it is one, else by name and customer number.</summary>
    private async Task<IReadOnlyList<PersonFacts>> Found(string text) =>
        await bank.By(bank.Clerk, (ReadPeople read) => read.ReachedAt(text, default)) ?? (await Search(text)).People;

    private Task<PersonDetails?> One(PersonId id) => bank.By(bank.Clerk, (ReadPeople read) => read.One(id, default));

    private Task<Outcome<ChannelAdded>> Add(PersonId person, ChannelKind kind, string address) =>
        bank.By(bank.Clerk, (AddChannel add) => add.Handle(person, new(kind, address), default));
}

public sealed class People_on_sqlite(TwoBranches<Sqlite> bank) : PeopleTests<Sqlite>(bank);

public sealed class People_on_postgres(TwoBranches<Postgres> bank) : PeopleTests<Postgres>(bank);
