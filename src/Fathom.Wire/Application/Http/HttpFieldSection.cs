using System.Text;

namespace Fathom.Wire.Application.Http;

/// <summary>Collects the field lines of one head or of the trailers (RFC 9112 §5).</summary>
internal sealed class HttpFieldSection(HttpMessageMachine machine, HttpLimits limits, bool isStrict)
{
    private readonly List<HttpField> _fields = [];
    private string? _name;
    private string _value = "";
    private StringBuilder? _folded;

    /// <summary>Takes one line, without its line end, not empty.</summary>
    public void Add(ReadOnlySpan<byte> line, long offset)
    {
        if (line[0] is (byte)' ' or (byte)'\t') AddFold(line, offset);
        else AddField(line, offset);
    }

    /// <summary>Ends the section and gives its fields.</summary>
    public HttpFields Finish()
    {
        Flush();
        var fields = new HttpFields(_fields);
        _fields.Clear();
        return fields;
    }

    private void AddField(ReadOnlySpan<byte> line, long offset)
    {
        Flush();
        var colon = line.IndexOf((byte)':');
        if (colon < 0)
        {
            machine.Fail(HttpErrorKind.BadField, offset, "a field line has no colon (RFC 9112 §5)");
            return;
        }

        // RFC 9112 §5.1: "no whitespace is allowed between the field name and colon": a request with it must be
        // refused, in a response it is to be taken away.
        var name = isStrict ? line[..colon] : line[..colon].TrimEnd(" \t"u8);
        if (name.Length < colon) machine.Tolerate(HttpToleranceKind.SpaceBeforeColon, offset + name.Length);
        if (name.IsEmpty)
        {
            machine.Fail(HttpErrorKind.BadField, offset, "a field line has no name (RFC 9112 §5)");
            return;
        }

        var wrong = HttpSyntax.FirstNonToken(name);
        if (wrong >= 0)
        {
            HttpSmugglingShape? shape = name[wrong..].TrimEnd(" \t"u8).IsEmpty ? HttpSmugglingShape.SpaceBeforeColon : null;
            machine.Fail(HttpErrorKind.BadField, offset + wrong, $"a field name holds \"{TextSanitizer.EscapeOctets(name.Slice(wrong, 1))}\" (RFC 9110 §5.1)", shape);
            return;
        }

        var value = line[(colon + 1)..];
        if (!machine.CheckText(value, offset + colon + 1, HttpErrorKind.BadField, "a field value (RFC 9110 §5.5)")) return;
        if (_fields.Count == limits.MaximumFields)
        {
            machine.Fail(HttpErrorKind.TooManyFields, offset, FormattableString.Invariant($"more than {limits.MaximumFields} fields"));
            return;
        }

        _name = Encoding.ASCII.GetString(name);
        _value = Encoding.Latin1.GetString(HttpSyntax.TrimWhitespace(value));
    }

    // RFC 9112 §5.2: a server refuses a folded field; a user agent replaces each fold with a space.
    private void AddFold(ReadOnlySpan<byte> line, long offset)
    {
        if (_name is null)
        {
            machine.Fail(HttpErrorKind.BadField, offset, "whitespace before the first field (RFC 9112 §2.2)", HttpSmugglingShape.SpaceBeforeFirstField);
            return;
        }

        if (isStrict)
        {
            machine.Fail(HttpErrorKind.BadField, offset, "a field is folded over lines (RFC 9112 §5.2)", HttpSmugglingShape.FoldedField);
            return;
        }

        if (!machine.CheckText(line, offset, HttpErrorKind.BadField, "a field value (RFC 9110 §5.5)")) return;
        machine.Tolerate(HttpToleranceKind.FoldedField, offset);
        _folded ??= new StringBuilder(_value);
        _folded.Append(' ').Append(Encoding.Latin1.GetString(HttpSyntax.TrimWhitespace(line)));
    }

    private void Flush()
    {
        if (_name is not null) _fields.Add(new HttpField(_name, _folded?.ToString().Trim(' ', '\t') ?? _value));
        _name = null;
        _folded = null;
    }
}
