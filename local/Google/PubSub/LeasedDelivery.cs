namespace EnergyLoad.Local.Google.PubSub;

/// <summary>An entry of a subscription's queue: due at its moment, if the delivery is still in the same lease.</summary>
internal readonly record struct LeasedDelivery(Delivery Delivery, int Lease, bool IsExpiry = false);
