namespace Fathom.Wire.Link;

/// <summary>The two octets that are a type or a length (IEEE 802.3 §3.2.6), read once for frames and VLAN tags.</summary>
internal static class TypeOrLength
{
    /// <summary>IEEE 802.3 §3.2.6: up to 1,500 (the largest basic payload) the value is a length.</summary>
    internal const int MaxLength = 1500;

    /// <summary>IEEE 802.3 §3.2.6: from 1,536 (0x0600) on the value is a type; what lies between is undefined.</summary>
    internal const int MinType = 1536;

    /// <summary>Cuts a payload to the length that the value states, if it is one. False if the value is undefined.</summary>
    internal static bool TryCut(
        ReadOnlySpan<byte> payload, ushort value, string protocol, int fieldOffset, out ReadOnlySpan<byte> cut, out WireError error)
    {
        cut = payload;
        error = default;
        if (value >= MinType) return true;
        if (value > MaxLength)
        {
            error = WireError.BadValue(protocol, fieldOffset, "type or length between 1501 and 1535 is undefined");
            return false;
        }

        if (value > payload.Length)
            error = WireError.TooShort(protocol, fieldOffset + 2, value, payload.Length, "payload of a length frame");
        else
            cut = payload[..value];
        return true;
    }
}
