using System.Buffers.Binary;
using System.Text;
using Fathom.Wire.Internet;

namespace Fathom.Wire.Application.Dns;

public abstract partial record DnsData
{
    /// <summary>
    /// SVCB and HTTPS (RFC 9460 §2.2). Keys come once and in increasing order, or the record is refused; a value that has not
    /// its key's form is kept, and the property that would show it is null.
    /// </summary>
    /// <param name="Priority">0 makes it an alias for <paramref name="Target"/>; else lower is tried first.</param>
    /// <param name="Target">The name of the endpoint; the root stands for the owner itself, or in an alias for "no service".</param>
    /// <param name="Parameters">The parameters, keys in increasing order.</param>
    public sealed record Svcb(ushort Priority, DnsName Target, IReadOnlyList<DnsServiceParameter> Parameters) : DnsData
    {
        /// <summary>True for an alias (RFC 9460 §2.4.2).</summary>
        public bool IsAlias => Priority == 0;

        /// <summary>alpn: the protocols offered, as ASCII text with other octets as \xNN; null when absent or malformed.</summary>
        public IReadOnlyList<string>? Alpn => Value(DnsServiceParameter.Alpn) is { } value
            ? DnsServiceParameterText.AlpnIds(value.Span)?.ConvertAll(static id => TextSanitizer.EscapeOctets(id))
            : null;

        /// <summary>port; null when absent or malformed.</summary>
        public ushort? Port => Value(DnsServiceParameter.Port) is { Length: 2 } value ? BinaryPrimitives.ReadUInt16BigEndian(value.Span) : null;

        /// <summary>ipv4hint; null when absent or malformed.</summary>
        public IReadOnlyList<IpAddress>? Ipv4Hints => Value(DnsServiceParameter.Ipv4Hint) is { } value ? DnsServiceParameterText.Addresses(value.Span, 4) : null;

        /// <summary>ipv6hint; null when absent or malformed.</summary>
        public IReadOnlyList<IpAddress>? Ipv6Hints => Value(DnsServiceParameter.Ipv6Hint) is { } value ? DnsServiceParameterText.Addresses(value.Span, 16) : null;

        /// <inheritdoc/>
        public override string ToPresentation()
        {
            var builder = new StringBuilder(DnsText.Line($"{Priority} {Target.ToAbsoluteString()}"));
            foreach (var parameter in Parameters) builder.Append(' ').Append(parameter);
            return builder.ToString();
        }

        /// <inheritdoc/>
        public bool Equals(Svcb? other) => SameOnWire(other);

        /// <inheritdoc/>
        public override int GetHashCode() => HashOnWire();

        internal static Svcb ReadFrom(ref DnsReader reader)
        {
            var priority = reader.ReadUInt16("SvcPriority");
            var target = reader.ReadName("TargetName");
            var parameters = new List<DnsServiceParameter>();
            while (!reader.Failed && reader.Remaining > 0)
            {
                var key = reader.ReadUInt16("SvcParamKey");

                // RFC 9460 §2.2: "SvcParamKeys SHALL appear in increasing numeric order", else the record is malformed.
                if (!reader.Failed && parameters.Count > 0 && key <= parameters[^1].Key) reader.FailValue("SVCB: keys are not in increasing order (RFC 9460 §2.2)");
                parameters.Add(new DnsServiceParameter(key, reader.ReadBytes(reader.ReadUInt16("SvcParamValue length"), "SvcParamValue")));
            }

            return new Svcb(priority, target, parameters);
        }

        // RFC 9460 §2.2: the target is not compressed.
        internal override void WriteTo(DnsWriter writer)
        {
            writer.WriteUInt16(Priority);
            writer.WriteName(Target);
            var previous = -1;
            foreach (var parameter in Parameters)
            {
                if (parameter.Key <= previous) throw new InvalidOperationException("The keys of an SVCB record are in increasing order (RFC 9460 §2.2).");
                if (parameter.Value.Length > ushort.MaxValue) throw new InvalidOperationException("A value of an SVCB record has at most 65,535 octets.");
                previous = parameter.Key;
                writer.WriteUInt16(parameter.Key);
                writer.WriteUInt16((ushort)parameter.Value.Length);
                writer.WriteBytes(parameter.Value.Span);
            }
        }

        private ReadOnlyMemory<byte>? Value(ushort key)
        {
            foreach (var parameter in Parameters)
            {
                if (parameter.Key == key) return parameter.Value;
            }

            return null;
        }
    }
}
