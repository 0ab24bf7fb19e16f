namespace Fathom.Wire.Dissection.Filtering;

/// <summary>A part of a filter expression.</summary>
internal abstract record FilterNode
{
    /// <summary>True if it means the packet. After a read beyond the packet's end the answer means nothing.</summary>
    internal abstract bool Evaluate(ref FilterPacket packet);

    /// <summary>Both parts.</summary>
    internal sealed record And(FilterNode Left, FilterNode Right) : FilterNode
    {
        internal override bool Evaluate(ref FilterPacket packet) => Left.Evaluate(ref packet) && !packet.IsBeyondEnd && Right.Evaluate(ref packet);
    }

    /// <summary>Either part.</summary>
    internal sealed record Or(FilterNode Left, FilterNode Right) : FilterNode
    {
        internal override bool Evaluate(ref FilterPacket packet) => Left.Evaluate(ref packet) || (!packet.IsBeyondEnd && Right.Evaluate(ref packet));
    }

    /// <summary>The opposite.</summary>
    internal sealed record Not(FilterNode Inner) : FilterNode
    {
        internal override bool Evaluate(ref FilterPacket packet) => !Inner.Evaluate(ref packet);
    }

    /// <summary>Every packet.</summary>
    internal sealed record All : FilterNode
    {
        internal override bool Evaluate(ref FilterPacket packet) => true;
    }

    /// <summary>"less" and "greater": bounds that belong to what is meant, in octets on the link.</summary>
    internal sealed record Size(long Smallest, long Largest) : FilterNode
    {
        internal override bool Evaluate(ref FilterPacket packet) => packet.Length >= Smallest && packet.Length <= Largest;
    }
}
