using System.Globalization;

namespace Fathom.Wire.Application.Dns;

public abstract partial record DnsData
{
    /// <summary>LOC, version 0 (RFC 1876 §2).</summary>
    /// <param name="Size">The diameter of the sphere, as a digit and a power of ten of centimeters, four bits each.</param>
    /// <param name="HorizontalPrecision">The diameter of the circle of error, likewise.</param>
    /// <param name="VerticalPrecision">The vertical error, likewise.</param>
    /// <param name="Latitude">Thousandths of a second of arc; 2^31 is the equator, above is north.</param>
    /// <param name="Longitude">Thousandths of a second of arc; 2^31 is the prime meridian, above is east.</param>
    /// <param name="Altitude">Centimeters above 100,000 m below the WGS 84 spheroid.</param>
    public sealed record Loc(byte Size, byte HorizontalPrecision, byte VerticalPrecision, uint Latitude, uint Longitude, uint Altitude) : DnsData
    {
        private const uint Origin = 0x8000_0000;
        private const long AltitudeOriginCentimeters = 100_000 * 100;

        /// <summary>Degrees north, negative for south.</summary>
        public double LatitudeDegrees => ((long)Latitude - Origin) / 3_600_000.0;

        /// <summary>Degrees east, negative for west.</summary>
        public double LongitudeDegrees => ((long)Longitude - Origin) / 3_600_000.0;

        /// <summary>Meters above the WGS 84 spheroid.</summary>
        public double AltitudeMeters => (Altitude - AltitudeOriginCentimeters) / 100.0;

        /// <inheritdoc/>
        public override string ToPresentation()
            => $"{Angle(Latitude, 'N', 'S')} {Angle(Longitude, 'E', 'W')} {Meters(Altitude - AltitudeOriginCentimeters)}m {Extent(Size)}m {Extent(HorizontalPrecision)}m {Extent(VerticalPrecision)}m";

        internal static DnsData ReadFrom(ref DnsReader reader)
        {
            // RFC 1876 §2: of another version nothing is known.
            var probe = reader;
            if (probe.ReadByte("LOC version") != 0 && !probe.Failed) return new Unknown(reader.ReadRest());
            reader = probe;
            var loc = new Loc(
                reader.ReadByte("LOC size"),
                reader.ReadByte("LOC horizontal precision"),
                reader.ReadByte("LOC vertical precision"),
                reader.ReadUInt32("LOC latitude"),
                reader.ReadUInt32("LOC longitude"),
                reader.ReadUInt32("LOC altitude"));
            if (!reader.Failed && !(IsExtent(loc.Size) && IsExtent(loc.HorizontalPrecision) && IsExtent(loc.VerticalPrecision)))
                reader.FailValue("LOC: a size or precision has a digit above 9 (RFC 1876 §2)");
            return loc;
        }

        internal override void WriteTo(DnsWriter writer)
        {
            if (!(IsExtent(Size) && IsExtent(HorizontalPrecision) && IsExtent(VerticalPrecision)))
                throw new InvalidOperationException("A LOC size or precision is two decimal digits of four bits each (RFC 1876 §2).");
            writer.WriteByte(0);
            writer.WriteByte(Size);
            writer.WriteByte(HorizontalPrecision);
            writer.WriteByte(VerticalPrecision);
            writer.WriteUInt32(Latitude);
            writer.WriteUInt32(Longitude);
            writer.WriteUInt32(Altitude);
        }

        private static bool IsExtent(byte value) => value >> 4 <= 9 && (value & 0xF) <= 9;

        private static string Angle(uint value, char positive, char negative)
        {
            var thousandths = Math.Abs((long)value - Origin);
            return DnsText.Line($"{thousandths / 3_600_000} {thousandths / 60_000 % 60} {thousandths % 60_000 / 1000}.{thousandths % 1000:D3} {(value >= Origin ? positive : negative)}");
        }

        private static string Extent(byte value)
        {
            long centimeters = value >> 4;
            for (var i = 0; i < (value & 0xF); i++) centimeters *= 10;
            return centimeters % 100 == 0 ? (centimeters / 100).ToString(CultureInfo.InvariantCulture) : Meters(centimeters);
        }

        private static string Meters(long centimeters)
            => DnsText.Line($"{(centimeters < 0 ? "-" : "")}{Math.Abs(centimeters) / 100}.{Math.Abs(centimeters) % 100:D2}");
    }
}
