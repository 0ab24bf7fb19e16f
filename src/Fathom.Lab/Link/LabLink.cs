namespace Fathom.Lab.Link;

/// <summary>A cable between two ports. Each direction has its own settings and its own luck.</summary>
public sealed class LabLink
{
    internal LabLink(Lab lab, LabPort left, LabPort right, LinkSettings toRight, LinkSettings toLeft)
    {
        if (left.Link is not null || right.Link is not null) throw new InvalidOperationException("There is a cable in that port already.");
        Left = left;
        Right = right;
        ToRight = new LinkDirection(lab, this, left, right, toRight);
        ToLeft = new LinkDirection(lab, this, right, left, toLeft);
        left.Link = right.Link = this;
        left.Out = ToRight;
        right.Out = ToLeft;
        if (toRight.IsDown) right.SetCarrier(false);
        if (toLeft.IsDown) left.SetCarrier(false);
    }

    /// <summary>Its name: its ports', with a hyphen between them.</summary>
    public string Name => $"{Left.Name}-{Right.Name}";

    /// <summary>One end.</summary>
    public LabPort Left { get; }

    /// <summary>The other end.</summary>
    public LabPort Right { get; }

    /// <summary>From the left to the right.</summary>
    public LinkDirection ToRight { get; }

    /// <summary>From the right to the left.</summary>
    public LinkDirection ToLeft { get; }

    /// <summary>The cable is pulled: it carries nothing in either direction.</summary>
    public bool IsPulled => ToRight.Settings.IsDown && ToLeft.Settings.IsDown;

    /// <summary>Pulls the cable: what is under way is lost, and both ends see that the carrier is gone.</summary>
    public void Pull() => Change(static s => s with { IsDown = true });

    /// <summary>Plugs the cable in again.</summary>
    public void Plug() => Change(static s => s with { IsDown = false });

    /// <summary>Changes both directions.</summary>
    /// <param name="change">Gives the new settings for the old ones.</param>
    public void Change(Func<LinkSettings, LinkSettings> change)
    {
        ArgumentNullException.ThrowIfNull(change);
        ToRight.Settings = change(ToRight.Settings);
        ToLeft.Settings = change(ToLeft.Settings);
    }
}
