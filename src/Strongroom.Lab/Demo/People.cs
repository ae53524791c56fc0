namespace Strongroom.Lab.Demo;

/// <summary>Made-up people. Any likeness to a customer of a bank is chance.</summary>
internal static class People
{
    public static readonly string[] Given =
    [
        "Asha", "Ravi", "Meera", "Imran", "Lata", "Suresh", "Kavita", "Joseph", "Nandini", "Arjun", "Farida", "Vikram", "Sunita", "Harpreet",
        "Deepa", "Mohan", "Anjali", "Thomas", "Rekha", "Prakash", "Zoya", "Ganesh", "Shanta", "Dinesh",
    ];

    public static readonly string[] Family =
    [
        "Rao", "Kulkarni", "Iyer", "Shaikh", "Deshpande", "Nair", "Patel", "D'Souza", "Banerjee", "Singh", "Joshi", "Menon", "Chavan", "Khan", "Bhat",
    ];

    public static string Name(Random random) => $"{Given[random.Next(Given.Length)]} {Family[random.Next(Family.Length)]}";
}
