using System.Numerics;
using System.Runtime.CompilerServices;
using Fathom.Wire.Internet;

namespace Fathom.Stack.Security;

/// <summary>
/// SipHash-2-4 (Aumasson and Bernstein, 2012) over a few words: a hash that nobody predicts who does not know its key. Tables that a stranger's
/// packets fill, initial sequence numbers (RFC 6528), ports (RFC 6056) and SYN cookies stand on it.
/// </summary>
internal readonly struct KeyedHash
{
    private readonly ulong _k0;
    private readonly ulong _k1;

    public KeyedHash(StackRandom random)
    {
        _k0 = random.NextUInt64();
        _k1 = random.NextUInt64();
    }

    /// <summary>With a key that is given: for the test against the published vectors.</summary>
    public KeyedHash(ulong k0, ulong k1)
    {
        _k0 = k0;
        _k1 = k1;
    }

    /// <summary>The hash of a connection's four values and a number of the caller's.</summary>
    public ulong Compute(IpAddress local, ushort localPort, IpAddress remote, ushort remotePort, ulong salt)
    {
        var state = new State(_k0, _k1);
        var ports = ((ulong)localPort << 16) | remotePort;
        if (local.IsV4)
        {
            state.Add(((ulong)local.Value << 32) | (uint)remote.Value);
            state.Add(ports);
            state.Add(salt);
            return state.Finish(24);
        }

        state.Add((ulong)(local.Value >> 64));
        state.Add((ulong)local.Value);
        state.Add((ulong)(remote.Value >> 64));
        state.Add((ulong)remote.Value);
        state.Add(ports | ((ulong)(local.Zone | remote.Zone) << 32));
        state.Add(salt);
        return state.Finish(48);
    }

    /// <summary>The hash of words, each taken as eight octets, the least significant first.</summary>
    public ulong Compute(ReadOnlySpan<ulong> words)
    {
        var state = new State(_k0, _k1);
        foreach (var word in words) state.Add(word);
        return state.Finish(words.Length * 8);
    }

    private struct State(ulong k0, ulong k1)
    {
        private ulong _v0 = k0 ^ 0x736f6d6570736575;
        private ulong _v1 = k1 ^ 0x646f72616e646f6d;
        private ulong _v2 = k0 ^ 0x6c7967656e657261;
        private ulong _v3 = k1 ^ 0x7465646279746573;

        public void Add(ulong word)
        {
            _v3 ^= word;
            Round();
            Round();
            _v0 ^= word;
        }

        public ulong Finish(int octets)
        {
            // No octets are left over; the last word holds the length alone.
            Add((ulong)(byte)octets << 56);
            _v2 ^= 0xFF;
            Round();
            Round();
            Round();
            Round();
            return _v0 ^ _v1 ^ _v2 ^ _v3;
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private void Round()
        {
            _v0 += _v1;
            _v1 = BitOperations.RotateLeft(_v1, 13) ^ _v0;
            _v0 = BitOperations.RotateLeft(_v0, 32);
            _v2 += _v3;
            _v3 = BitOperations.RotateLeft(_v3, 16) ^ _v2;
            _v0 += _v3;
            _v3 = BitOperations.RotateLeft(_v3, 21) ^ _v0;
            _v2 += _v1;
            _v1 = BitOperations.RotateLeft(_v1, 17) ^ _v2;
            _v2 = BitOperations.RotateLeft(_v2, 32);
        }
    }
}
