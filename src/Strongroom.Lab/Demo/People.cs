using System.Globalization;
using Strongroom.Modules.Customers.Contracts;

namespace Strongroom.Lab.Demo;

/// <summary>Made-up people. Any likeness to a customer of a bank is chance.</summary>
internal sealed class People(Chance chance)
{
    public static readonly string[] Given =
    [
        "Asha", "Ravi", "Meera", "Imran", "Lata", "Suresh", "Kavita", "Joseph", "Nandini", "Arjun", "Farida", "Vikram", "Sunita", "Harpreet", "Deepa", "Mohan",
        "Anjali", "Thomas", "Rekha", "Prakash", "Zoya", "Ganesh", "Shanta", "Dinesh", "Usha", "Kiran", "Bharat", "Chitra", "Rahul", "Pooja", "Anil", "Geeta",
        "Salim", "Jyoti", "Nikhil", "Neha", "Rajesh", "Sneha", "Vinod", "Madhuri", "Ajay", "Swati", "Girish", "Leela", "Hemant", "Smita", "Yusuf", "Ritu",
    ];

    public static readonly string[] Family =
    [
        "Rao", "Kulkarni", "Iyer", "Shaikh", "Deshpande", "Nair", "Patel", "D'Souza", "Banerjee", "Singh", "Joshi", "Menon", "Chavan", "Khan", "Bhat", "Pawar",
        "Jadhav", "Gokhale", "Mehta", "Fernandes", "Naik", "Shinde", "Kale", "Desai", "Thakur", "Bose", "Mulla", "Gaikwad", "Sathe", "Reddy", "Shah", "Phadke",
    ];

    private static readonly string[] Streets = ["Station Road", "Shivaji Peth", "Laxmi Road", "Temple Lane", "Market Yard", "Civil Lines", "New Colony", "Ganesh Nagar"];

    private int count;

    public string FamilyName() => chance.Of(Family);

    /// <summary>Somebody of the family who is not among those named already.</summary>
    public string Relative(string family, IReadOnlyCollection<string> taken)
    {
        while (true)
        {
            var name = $"{chance.Of(Given)} {family}";
            if (!taken.Contains(name)) return name;
        }
    }

    /// <param name="review">When due diligence is to be renewed; null when it was never done.</param>
    public NewPerson One(string name, DateOnly today, DateOnly? review, bool email = false)
    {
        var number = ++count;
        return new()
        {
            Name = name,
            Cif = Cif(number),
            BornOn = today.AddDays(-chance.Between(24 * 365, 82 * 365)),
            Address = $"{chance.Between(1, 240)}, {chance.Of(Streets)}",
            Email = email || chance.In(0.6) ? Email(name, number) : null,
            Mobile = chance.In(0.93) ? Mobile(number) : null,
            DueDiligenceReviewOn = review,
        };
    }

    public static string Email(string name, int number)
    {
        var words = name.ToLowerInvariant().Replace("'", "", StringComparison.Ordinal).Replace(' ', '.');
        return number == 1 ? $"{words}@example.in" : string.Create(CultureInfo.InvariantCulture, $"{words}{number}@example.in");
    }

    public static string Cif(int number) => string.Create(CultureInfo.InvariantCulture, $"29{number:000000}");

    public static string Mobile(int number) => string.Create(CultureInfo.InvariantCulture, $"+9198{20_000_000 + number * 7919 % 70_000_000}");
}
