using System.Numerics;
using System.Runtime.InteropServices;
using SharpFuzz.Common;

namespace Fuzz;

/// <summary>
/// The map in which the instrumented library counts its branches: a cell for each pair of branch points, hashed. A count that is
/// seen for the first time is news, in AFL's eight classes: 1, 2, 3, 4 to 7, 8 to 15, 16 to 31, 32 to 127, more.
/// </summary>
internal sealed unsafe class CoverageMap
{
    // The instrumentation's identifiers have 16 bits.
    private const int Size = 1 << 16;

    private static readonly byte[] Classes = MakeClasses();

    // The instrumented code writes here from its first call to the process's end, so it is never freed.
    private static readonly byte* Map = (byte*)NativeMemory.AlignedAlloc(Size, 64);

    private readonly byte[] _seen = new byte[Size];

    internal CoverageMap()
    {
        Trace.SharedMem = Map;
        Clear();
    }

    /// <summary>Cells that were ever reached.</summary>
    internal int Reached => _seen.Count(static c => c != 0);

    /// <summary>Forgets the last run.</summary>
    internal void Clear()
    {
        new Span<byte>(Map, Size).Clear();
        Trace.PrevLocation = 0;
    }

    /// <summary>The cells that the last run reached.</summary>
    internal HashSet<int> Cells()
    {
        var cells = new HashSet<int>();
        for (var cell = 0; cell < Size; cell++)
        {
            if (Map[cell] != 0) cells.Add(cell);
        }

        return cells;
    }

    /// <summary>Enters the last run; true if it reached something that no run before did.</summary>
    internal bool Enter()
    {
        var isNew = false;
        var words = new ReadOnlySpan<ulong>(Map, Size / 8);
        for (var i = 0; i < words.Length; i++)
        {
            if (words[i] == 0) continue;
            for (var cell = 8 * i; cell < (8 * i) + 8; cell++)
            {
                var seen = Classes[Map[cell]];
                if ((seen & ~_seen[cell]) == 0) continue;
                _seen[cell] |= seen;
                isNew = true;
            }
        }

        return isNew;
    }

    private static byte[] MakeClasses()
    {
        var classes = new byte[256];
        for (var count = 1; count < 256; count++)
            classes[count] = (byte)(1 << (count <= 3 ? count - 1 : count <= 31 ? BitOperations.Log2((uint)count) + 1 : count <= 127 ? 6 : 7));
        return classes;
    }
}
