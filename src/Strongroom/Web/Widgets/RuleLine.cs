namespace Strongroom.Web.Widgets;

/// <summary>In the order in which an officer needs them: what refuses first.</summary>
public enum RuleAnswer
{
    Refuse,
    Warn,
    Pass,
}

/// <param name="Id">The rule's id in the bank's own list, such as R12.</param>
/// <param name="Sentence">What was found, not what the rule is called.</param>
/// <param name="Next">What would turn a refusal or a warning.</param>
public sealed record RuleLine(string Id, string Sentence, RuleAnswer Answer, string? Next = null);
