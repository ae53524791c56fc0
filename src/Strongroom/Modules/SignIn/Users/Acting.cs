namespace Strongroom.Modules.SignIn.Users;

internal static class Acting
{
    /// <summary>The act as done by this user, who just proved to be it: the request itself came from nobody, or from a colleague's screen.</summary>
    public static Act By(this Act act, User user) => act.By(new Actor { Person = user.Person, User = user.Id, Address = act.Actor.Address });
}
