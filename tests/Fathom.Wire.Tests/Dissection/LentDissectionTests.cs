using Fathom.Wire.Dissection;

namespace Fathom.Wire.Tests.Dissection;

/// <summary>What is lent is what is given, as long as it is lent.</summary>
public class LentDissectionTests
{
    // As many as a thread takes apart in one turn, and an odd number.
    private const int Lent = 61;

    [Fact]
    public void A_lent_dissection_is_the_one_that_is_given()
    {
        var (giver, lender) = (new CaptureDissector(), new CaptureDissector());
        var pairs = new List<(string Where, Wire.Dissection.Dissection Given, Wire.Dissection.Dissection Lent)>();
        var number = 0;
        foreach (var (where, linkType, bytes) in ConformanceFrames.AllAndDamaged())
        {
            number++;
            pairs.Add((where, giver.Dissect(linkType, bytes, number, null), lender.Lend(linkType, bytes, number, null)));
            if (pairs.Count < Lent) continue;
            foreach (var (place, given, lent) in pairs) Compare(place, given, lent);
            foreach (var (_, _, lent) in pairs) lender.TakeBack(lent);
            pairs.Clear();
        }

        Assert.True(number > 40_000, $"only {number} frames");
    }

    [Fact]
    public void Memory_that_is_taken_back_is_used_again_and_by_its_dissector_only()
    {
        var frame = new byte[64];
        var (mine, other) = (new CaptureDissector(), new CaptureDissector());
        var first = mine.Lend(LinkType.Ethernet, frame, 1, null);
        other.TakeBack(first);
        var second = mine.Lend(LinkType.Ethernet, frame, 2, null);
        Assert.False(Memory(first) == Memory(second));
        mine.TakeBack(first);
        mine.TakeBack(first);
        var third = mine.Lend(LinkType.Ethernet, frame, 3, null);
        var fourth = mine.Lend(LinkType.Ethernet, frame, 4, null);
        Assert.True(Memory(first) == Memory(third));
        Assert.False(Memory(third) == Memory(fourth));
    }

    private static ReadOnlySpan<DissectedField> Memory(Wire.Dissection.Dissection dissection) => dissection.Layers[0].Fields.AsSpan();

    private static void Compare(string where, Wire.Dissection.Dissection given, Wire.Dissection.Dissection lent)
    {
        Assert.Equal(given.Summary, lent.Summary);
        Assert.Equal(given.Fault, lent.Fault);
        Assert.Equal(given.Layers.Count, lent.Layers.Count);
        for (var i = 0; i < given.Layers.Count; i++)
        {
            var (one, other) = (given.Layers[i], lent.Layers[i]);
            Assert.Equal(one with { Fields = default }, other with { Fields = default });
            Assert.True(one.Fields.AsSpan().SequenceEqual(other.Fields.AsSpan()), $"{where}: {one.Protocol}");
        }
    }
}
