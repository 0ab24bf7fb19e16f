using Fathom.Wire.Internet;

namespace Fathom.Wire.Application.Dns;

/// <summary>
/// The data of a record, RDATA: one nested type for each form. Equality compares values; names in them without
/// regard to case. Data is written without compression except in the types of RFC 1035 (RFC 3597 §4).
/// </summary>
public abstract partial record DnsData
{
    private protected DnsData()
    {
    }

    internal static Unknown Empty { get; } = new(ReadOnlyMemory<byte>.Empty);

    /// <summary>The data as text of a master file (RFC 1035 §5.1), names absolute; safe for terminals, one line.</summary>
    public abstract string ToPresentation();

    /// <summary>The same as <see cref="ToPresentation"/>.</summary>
    public sealed override string ToString() => ToPresentation();

    /// <summary>RDATA without compression.</summary>
    /// <exception cref="InvalidOperationException">A field is out of its range, or the data exceeds 65,535 octets.</exception>
    public byte[] ToBytes() => Write(DnsNameForm.Plain);

    /// <summary>
    /// Reads the data of a record whose octets stand alone, as in a master file's generic form (RFC 3597 §5): without
    /// compression pointers.
    /// </summary>
    /// <param name="type">The record's type.</param>
    /// <param name="class">The record's class.</param>
    /// <param name="bytes">RDATA.</param>
    /// <param name="data">The data, or null.</param>
    /// <param name="error">Why not; offsets count from 12 octets before the data.</param>
    public static bool TryRead(DnsType type, DnsClass @class, ReadOnlySpan<byte> bytes, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out DnsData? data, out WireError error)
    {
        data = null;
        if (bytes.Length > ushort.MaxValue)
        {
            error = WireError.LimitExceeded(DnsMessage.Protocol, 0, ushort.MaxValue, "RDATA is longer than RDLENGTH can say");
            return false;
        }

        // The room of a header in front makes every pointer one into the header, which is refused.
        var room = new byte[DnsHeader.Length + bytes.Length];
        bytes.CopyTo(room.AsSpan(DnsHeader.Length));
        var reader = new DnsReader(room, DnsHeader.Length);
        var read = Read(ref reader, type, @class);
        reader.Leave("RDATA");
        error = reader.Error;
        data = reader.Failed ? null : read;
        return data is not null;
    }

    internal abstract void WriteTo(DnsWriter writer);

    // The reader is narrowed to RDATA.
    internal static DnsData Read(ref DnsReader reader, DnsType type, DnsClass @class)
    {
        // RFC 2136 §2.4 and §2.5: in updates, class ANY or NONE and no data stand for "this set of records".
        if (@class is DnsClass.Any or DnsClass.None && reader.Remaining == 0) return Empty;

        // An address has another form in other classes (RFC 1035 §3.4: "Internet specific RRs").
        var internet = @class is DnsClass.Internet or DnsClass.None or DnsClass.Any;
        return type switch
        {
            DnsType.A when internet => A.ReadFrom(ref reader),
            DnsType.Aaaa when internet => Aaaa.ReadFrom(ref reader),
            DnsType.CName => new CName(reader.ReadName("CNAME")),
            DnsType.Ns => new Ns(reader.ReadName("NSDNAME")),
            DnsType.Ptr => new Ptr(reader.ReadName("PTRDNAME")),
            DnsType.DName => new DName(reader.ReadName("DNAME target")),
            DnsType.Soa => Soa.ReadFrom(ref reader),
            DnsType.Mx => new Mx(reader.ReadUInt16("MX preference"), reader.ReadName("MX exchange")),
            DnsType.Txt or DnsType.Spf => Txt.ReadFrom(ref reader),
            DnsType.Srv => Srv.ReadFrom(ref reader),
            DnsType.Caa => Caa.ReadFrom(ref reader),
            DnsType.Svcb or DnsType.Https => Svcb.ReadFrom(ref reader),
            DnsType.Ds or DnsType.CDs or DnsType.Dlv => Ds.ReadFrom(ref reader),
            DnsType.DnsKey or DnsType.CDnsKey or DnsType.Key => DnsKey.ReadFrom(ref reader),
            DnsType.RrSig or DnsType.Sig => RrSig.ReadFrom(ref reader),
            DnsType.NSec => NSec.ReadFrom(ref reader),
            DnsType.NSec3 => NSec3.ReadFrom(ref reader),
            DnsType.NSec3Param => NSec3Param.ReadFrom(ref reader),
            DnsType.Tlsa or DnsType.SMimeA => Tlsa.ReadFrom(ref reader),
            DnsType.Naptr => Naptr.ReadFrom(ref reader),
            DnsType.Loc => Loc.ReadFrom(ref reader),
            DnsType.SshFp => SshFp.ReadFrom(ref reader),
            DnsType.Uri => Uri.ReadFrom(ref reader),
            DnsType.HInfo => new HInfo(reader.ReadString("HINFO CPU"), reader.ReadString("HINFO OS")),
            DnsType.Rp or DnsType.MInfo => TwoNames.ReadFrom(ref reader, type),
            DnsType.AfsDb or DnsType.Rt or DnsType.Kx => new NumberedName(reader.ReadUInt16("preference"), reader.ReadName("host")),
            DnsType.Mb or DnsType.Mg or DnsType.Mr or DnsType.Md or DnsType.Mf => new OneName(reader.ReadName("name")),
            _ => new Unknown(reader.ReadRest()),
        };
    }

    private byte[] Write(DnsNameForm form)
    {
        var writer = new DnsWriter(form);
        WriteTo(writer);
        return writer.Overflowed ? throw new InvalidOperationException("The data of a record has at most 65,535 octets.") : writer.Written.ToArray();
    }

    // Records whose fields are lists or octets compare by what they would put on the wire.
    private bool SameOnWire(DnsData? other)
        => other is not null && Write(DnsNameForm.LowerCase).AsSpan().SequenceEqual(other.Write(DnsNameForm.LowerCase));

    private int HashOnWire()
    {
        var hash = new HashCode();
        hash.AddBytes(Write(DnsNameForm.LowerCase));
        return hash.ToHashCode();
    }

    private static IpAddress RequireVersion(IpAddress address, IpVersion version)
        => address.Version == version ? address : throw new InvalidOperationException($"An address record of IP{version.ToString().ToLowerInvariant()} holds an address of the other version.");
}
