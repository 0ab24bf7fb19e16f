using System.Runtime.CompilerServices;
using Fathom.Wire.Internet;
using Fathom.Wire.Link;

namespace Fathom.Wire.Dissection;

/// <summary>How a number is said. There is one object for each form, and one for each name that nearly all packets have.</summary>
internal abstract class FieldForm
{
    /// <summary>"1500".</summary>
    internal static readonly FieldForm Number = new Digits();

    /// <summary>"set", "not set".</summary>
    internal static readonly FieldForm Flag = new Bit();

    /// <summary>"1 octet", "20 octets".</summary>
    internal static readonly FieldForm Octets = new OctetCount();

    /// <summary>"300 s".</summary>
    internal static readonly FieldForm Seconds = new SecondCount();

    /// <summary>"length 46".</summary>
    internal static readonly FieldForm Length = new LengthOf();

    /// <summary>"192.0.2.1".</summary>
    internal static readonly FieldForm Address4 = new Ipv4();

    /// <summary>"02:00:00:00:00:01".</summary>
    internal static readonly FieldForm Mac = new MacDigits();

    /// <summary>True where a text is in it that may need to be escaped in JSON; others are made of letters, digits and their signs.</summary>
    internal virtual bool HasText => false;

    /// <summary>Says the number.</summary>
    internal abstract void Write(ulong number, ref SummaryBuffer line);

    private sealed class Digits : FieldForm
    {
        internal override void Write(ulong number, ref SummaryBuffer line) => line.Add(number);
    }

    private sealed class Bit : FieldForm
    {
        internal override void Write(ulong number, ref SummaryBuffer line) => line.Add(number == 1 ? "set"u8 : "not set"u8);
    }

    private sealed class OctetCount : FieldForm
    {
        internal override void Write(ulong number, ref SummaryBuffer line)
        {
            line.Add(number);
            line.Add(number == 1 ? " octet"u8 : " octets"u8);
        }
    }

    private sealed class SecondCount : FieldForm
    {
        internal override void Write(ulong number, ref SummaryBuffer line)
        {
            line.Add(number);
            line.Add(" s"u8);
        }
    }

    private sealed class LengthOf : FieldForm
    {
        internal override void Write(ulong number, ref SummaryBuffer line)
        {
            line.Add("length "u8);
            line.Add(number);
        }
    }

    private sealed class Ipv4 : FieldForm
    {
        internal override void Write(ulong number, ref SummaryBuffer line) => line.Add(IpAddress.FromV4((uint)number));
    }

    private sealed class MacDigits : FieldForm
    {
        internal override void Write(ulong number, ref SummaryBuffer line) => line.Add(MacAddress.FromValue(number));
    }

    /// <summary>An address of IPv6: it has more bits than the number.</summary>
    internal sealed class Ipv6(IpAddress address) : FieldForm
    {
        public override bool Equals(object? obj) => obj is Ipv6 other && other.Value == Value;

        public override int GetHashCode() => Value.GetHashCode();

        internal IpAddress Value => address;

        internal override void Write(ulong number, ref SummaryBuffer line) => line.Add(address);
    }

    /// <summary>At least so many hexadecimal digits behind "0x", and a remark behind them.</summary>
    internal sealed class Hex(int digits, string remark = "") : FieldForm
    {
        // As many as a number has.
        private static readonly Hex[] Plain = [.. Enumerable.Range(0, 17).Select(static digits => new Hex(digits))];

        /// <summary>Without a remark.</summary>
        internal static Hex Of(int digits) => Plain[digits];

        internal override void Write(ulong number, ref SummaryBuffer line)
        {
            line.AddHex(number, digits);
            line.Add(remark);
        }
    }

    /// <summary>A name and its number: "TCP (6)", "IPv4 (0x0800)"; a name that ends with the number in decimal stays as it is.</summary>
    internal sealed class Named : FieldForm
    {
        // Names of tables are a few hundred; a place is used by the last that came.
        private const int Places = 1024;

        private static readonly Named?[] Known = new Named?[Places];

        private readonly string _name;
        private readonly int _hexDigits;

        private Named(string name, int hexDigits)
        {
            _name = name;
            _hexDigits = hexDigits;
        }

        internal override bool HasText => true;

        /// <summary>The form of a name.</summary>
        /// <param name="name">The name.</param>
        /// <param name="hexDigits">Hexadecimal digits at least; 0 for decimal.</param>
        internal static Named Of(string name, int hexDigits = 0)
        {
            ref var known = ref Known[(uint)(RuntimeHelpers.GetHashCode(name) + hexDigits) % Places];
            var found = known;
            return found is not null && ReferenceEquals(found._name, name) && found._hexDigits == hexDigits ? found : known = new Named(name, hexDigits);
        }

        public override bool Equals(object? obj) => obj is Named other && other._name == _name && other._hexDigits == _hexDigits;

        public override int GetHashCode() => HashCode.Combine(_name, _hexDigits);

        internal override void Write(ulong number, ref SummaryBuffer line)
        {
            const int MostDigits = 20;
            Span<byte> digits = stackalloc byte[MostDigits];
            var inDecimal = new SummaryBuffer(digits);
            inDecimal.Add(number);
            line.Add(_name);
            if (_hexDigits == 0 && line.Written.EndsWith(inDecimal.Written)) return;
            line.Add(" ("u8);
            if (_hexDigits > 0) line.AddHex(number, _hexDigits);
            else line.Add(inDecimal.Written);
            line.Add(")"u8);
        }
    }
}
