namespace Strongroom.Modules.Agreements;

internal sealed record LockerTaken() : Refusal("agreements.locker-taken", 409, "This locker is rented already.", "Choose another vacant locker.");

internal sealed record LockerNotInService() : Refusal("agreements.locker-not-in-service", 409, "This locker is under repair or out of service.", "Choose another vacant locker.");

internal sealed record OccupantUnknown() : Refusal("agreements.occupant-unknown", 409, "Nobody knows whether this locker is vacant: the old register did not say.", "Have two officers look, and record that it was found vacant.");

internal sealed record NumberTaken() : Refusal("agreements.number-taken", 409, "Another agreement of this branch has this number.", "Look at the paper again, or take the next number.");

internal sealed record MandateDoesNotFit() : Refusal("agreements.mandate-does-not-fit", 422, "This mode of operation does not fit the number of hirers.", "One hirer: single. Two: jointly, or either, former or latter or survivor. More: jointly, former, latter or anyone or survivor.");

internal sealed record HirerTwice() : Refusal("agreements.hirer-twice", 422, "The same person is named twice.", "Name each hirer once.");

internal sealed record TooManyHirers(int Most) : Refusal("agreements.too-many-hirers", 422, $"A locker is let to at most {Most} hirers.", "Leave out the others, or let them be agents by a letter of authority.");

internal sealed record NoSignatory(string Name) : Refusal("agreements.no-signatory", 409, $"Nobody may act for {Name}.", "Enter its signatories from the resolution first.");

internal sealed record OwnMatter() : Refusal("agreements.own-matter", 409, "This is your own agreement, or a relative's (R16).", "Ask a colleague to do it.");

internal sealed record PaperOfTheFuture() : Refusal("agreements.paper-of-the-future", 422, "This date lies in the future.", "Enter the day on which it happened.");

internal sealed record EndsBeforeItStarts() : Refusal("agreements.ends-before-it-starts", 422, "The last day lies before the first, or in the future.", "Enter a day from the start of the hire until today.");

internal sealed record AlreadyEnded() : Refusal("agreements.already-ended", 409, "This hire has ended.", "Nothing can be changed any more; its papers and visits stay to be read.");

internal sealed record HoldInForce() : Refusal("agreements.hold-in-force", 409, "A hold on this agreement is in force.", "Have the hold lifted first.");

internal sealed record HoldAlreadyThere() : Refusal("agreements.hold-already-there", 409, "Such a hold is already in force.", "Lift it first, or leave it.");

internal sealed record HoldTooFarAhead(int Years) : Refusal("agreements.hold-too-far-ahead", 422, $"A hold with an end ends within {Years} years.", "Enter an earlier day, or leave it open and lift it when its time comes.");

internal sealed record HoldEndsInThePast() : Refusal("agreements.hold-ends-in-the-past", 422, "The hold would end before it begins.", "Enter a later day, or leave it open.");

internal sealed record HoldNotInForce() : Refusal("agreements.hold-not-in-force", 409, "This hold is no longer in force.", "Look at the agreement again: somebody lifted it, or its time is over.");

internal sealed record NotForClients() : Refusal("agreements.hold-not-for-clients", 403, "Such a hold is placed by a person, not by another system.", "Tell the branch, whose officers can place it.");
