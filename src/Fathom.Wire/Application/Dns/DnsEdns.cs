using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace Fathom.Wire.Application.Dns;

/// <summary>
/// What an OPT record says (RFC 6891 §6.1). The upper bits of the response code are merged into
/// <see cref="DnsMessage.ResponseCode"/>; the reserved flags are ignored when read and zero when written (§6.1.4).
/// </summary>
/// <param name="UdpPayloadSize">Octets of UDP payload that the sender can take; below 512 counts as 512 (§6.2.3).</param>
/// <param name="Version">The EDNS version; only 0 exists.</param>
/// <param name="DnssecOk">DO: the sender wants DNSSEC records (RFC 3225).</param>
/// <param name="Options">The options, in order.</param>
public sealed record DnsEdns(ushort UdpPayloadSize, byte Version, bool DnssecOk, IReadOnlyList<DnsEdnsOption> Options)
{
    // DO is the top bit of the 16 flags (RFC 3225 §3).
    private const uint DnssecOkFlag = 0x8000;

    /// <summary>The extended errors, in order (RFC 8914 §2). An option too short for a code is left out.</summary>
    public IReadOnlyList<DnsExtendedError> ExtendedErrors
    {
        get
        {
            var errors = new List<DnsExtendedError>();
            foreach (var option in Options)
            {
                if (option.Code != DnsEdnsOption.ExtendedError || option.Data.Length < 2) continue;
                var code = BinaryPrimitives.ReadUInt16BigEndian(option.Data.Span);

                // RFC 8914 §2: EXTRA-TEXT may be null-terminated, and the null is then no part of it.
                var text = option.Data.Span[2..].TrimEnd((byte)0);
                errors.Add(new DnsExtendedError(code, DnsExtendedError.NameOf(code), Encoding.UTF8.GetString(text)));
            }

            return errors;
        }
    }

    /// <inheritdoc/>
    public bool Equals(DnsEdns? other)
        => other is not null && UdpPayloadSize == other.UdpPayloadSize && Version == other.Version
            && DnssecOk == other.DnssecOk && Options.SequenceEqual(other.Options);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(UdpPayloadSize, Version, DnssecOk, Options.Count);

    /// <summary>The record as one safe line: "EDNS version 0, udp 1232, do".</summary>
    public override string ToString()
    {
        var builder = new StringBuilder();
        builder.Append(CultureInfo.InvariantCulture, $"EDNS version {Version}, udp {UdpPayloadSize}");
        if (DnssecOk) builder.Append(", do");
        foreach (var option in Options) builder.Append(", option ").Append(option);
        return builder.ToString();
    }

    // The reader stands behind the record's type.
    internal static DnsEdns Read(ref DnsReader reader, out int upperResponseCode)
    {
        var size = reader.ReadUInt16("UDP payload size");
        var timeToLive = reader.ReadUInt32("extended RCODE and flags");
        upperResponseCode = (int)(timeToLive >> 24);
        var options = new List<DnsEdnsOption>();
        var length = reader.ReadUInt16("RDLENGTH");
        if (reader.Enter(length, "RDATA"))
        {
            while (!reader.Failed && reader.Remaining > 0)
            {
                var code = reader.ReadUInt16("option code");
                options.Add(new DnsEdnsOption(code, reader.ReadBytes(reader.ReadUInt16("option length"), "option data")));
            }

            reader.Leave("RDATA");
        }

        return new DnsEdns(size, (byte)(timeToLive >> 16), (timeToLive & DnssecOkFlag) != 0, options);
    }

    internal void WriteTo(DnsWriter writer, int upperResponseCode)
    {
        writer.WriteByte(0); // RFC 6891 §6.1.2: the owner is the root
        writer.WriteUInt16((ushort)DnsType.Opt);
        writer.WriteUInt16(UdpPayloadSize);
        writer.WriteUInt32(((uint)upperResponseCode << 24) | ((uint)Version << 16) | (DnssecOk ? DnssecOkFlag : 0));
        var length = 0L;
        foreach (var option in Options) length += 4L + option.Data.Length;
        if (length > ushort.MaxValue) throw new InvalidOperationException("The EDNS options exceed 65,535 octets.");
        writer.WriteUInt16((ushort)length);
        foreach (var option in Options)
        {
            writer.WriteUInt16(option.Code);
            writer.WriteUInt16((ushort)option.Data.Length);
            writer.WriteBytes(option.Data.Span);
        }
    }
}
