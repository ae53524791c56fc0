namespace Strongroom.Modules.Delivery;

internal static class DeliveryRights
{
    public const string Read = "delivery.read";
}
