namespace Strongroom.Modules.Delivery;

internal static class DeliveryRights
{
    public const string Read = "delivery.read";

    /// <summary>Prints and posts letters.</summary>
    public const string Post = "delivery.post";
}
