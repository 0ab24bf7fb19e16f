using Fathom.Cli.Output;

namespace Fathom.Cli.Dissect;

/// <summary>Makes octets of JSON that are the same each time, as they stand at some depth.</summary>
internal readonly record struct JsonPieces(bool IsIndented, int Depth)
{
    private const int Capacity = 256;

    /// <summary>The same one level deeper, or less deep.</summary>
    public JsonPieces In(int levels) => this with { Depth = Depth + levels };

    /// <summary>Makes a piece of an object, behind its first member.</summary>
    public byte[] Make(Action<JsonBuffer> write)
    {
        var json = new JsonBuffer(IsIndented, Capacity) { Depth = Depth };
        json.Separate();
        json.Clear();
        write(json);
        return json.Written.ToArray();
    }

    /// <summary>Makes the beginning of an array's element, without the comma before it.</summary>
    public byte[] MakeElement(Action<JsonBuffer> write)
    {
        var json = new JsonBuffer(IsIndented, Capacity) { Depth = Depth };
        json.Separate();
        write(json);
        return json.Written.ToArray();
    }
}
