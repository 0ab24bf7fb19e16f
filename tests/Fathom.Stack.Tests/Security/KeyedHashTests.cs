using Fathom.Stack.Security;

namespace Fathom.Stack.Tests.Security;

/// <summary>SipHash-2-4 against the vectors of its authors' reference implementation (key 00 01 … 0f, message 00 01 02 …).</summary>
public class KeyedHashTests
{
    [Theory]
    [InlineData(0, 0x726fdb47dd0e0e31UL)]
    [InlineData(1, 0x93f5f5799a932462UL)]
    public void Words_hash_as_the_published_vectors_say(int words, ulong expected)
    {
        ulong[] message = [0x0706050403020100, 0x0f0e0d0c0b0a0908];
        var hash = new KeyedHash(0x0706050403020100, 0x0f0e0d0c0b0a0908);
        Assert.Equal(expected, hash.Compute(message.AsSpan(0, words)));
    }
}
