using CsCheck;
using Strongroom.Modules.Access;
using Strongroom.Modules.Access.Contracts;
using Strongroom.Modules.Access.Visits;

namespace Strongroom.Tests.Modules.Access;

public sealed class VisitLifeTests
{
    [Fact]
    public void Six_acts_lead_from_the_counter_to_the_slip()
    {
        var state = VisitState.Waiting;
        foreach (var act in new[] { VisitAct.Identify, VisitAct.Admit, VisitAct.LeaveAlone, VisitAct.Lock, VisitAct.CheckOut })
            state = VisitLife.After(state, act).ShouldNotBeNull();

        state.ShouldBe(VisitState.Closed);
    }

    [Theory]
    [InlineData(VisitState.Identified, VisitState.Waiting)]
    [InlineData(VisitState.Admitted, VisitState.Identified)]
    [InlineData(VisitState.Locked, VisitState.Alone)]
    [InlineData(VisitState.Closed, VisitState.Locked)]
    public void An_act_is_undone_to_the_state_before_it(VisitState from, VisitState to) => VisitLife.After(from, VisitAct.Undo).ShouldBe(to);

    [Fact]
    public void Leaving_the_hirer_alone_cannot_be_undone() => VisitLife.After(VisitState.Alone, VisitAct.Undo).ShouldBeNull();

    [Theory]
    [InlineData(VisitState.Refused)]
    [InlineData(VisitState.Left)]
    [InlineData(VisitState.Aborted)]
    public void A_visit_that_ended_without_opening_stays_ended(VisitState state) =>
        Enum.GetValues<VisitAct>().ShouldAllBe(act => VisitLife.After(state, act) == null);

    [Fact]
    public void No_sequence_of_acts_opens_a_locker_without_an_admission_or_ends_a_visit_with_the_party_inside() =>
        Gen.Enum<VisitAct>().Array[0, 40].Sample(acts =>
        {
            var state = VisitState.Waiting;
            var admissions = 0;
            foreach (var act in acts)
            {
                if (VisitLife.After(state, act) is not { } next) continue;
                if (act == VisitAct.Admit) admissions++;
                if (next is VisitState.Alone) admissions.ShouldBeGreaterThan(0);
                if (VisitLife.Ended(next)) VisitLife.Inside(next).ShouldBeFalse();
                if (state == VisitState.Alone) next.ShouldBe(VisitState.Locked, "an open locker is locked before anything else");
                state = next;
            }
        });
}
