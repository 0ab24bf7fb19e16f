namespace Fathom.Lab.Faults;

/// <summary>A fault that was put into a lab.</summary>
public sealed class ActiveFault
{
    private Action? _mend;

    internal ActiveFault(Fault fault, FaultPlace place, Action mend)
    {
        Fault = fault;
        Place = place;
        _mend = mend;
    }

    /// <summary>What.</summary>
    public Fault Fault { get; }

    /// <summary>Where.</summary>
    public FaultPlace Place { get; }

    /// <summary>It was mended.</summary>
    public bool IsMended => _mend is null;

    /// <summary>Takes it off: all is as it was, but for what hosts have learned meanwhile. Once; nothing happens again.</summary>
    public void Mend()
    {
        var mend = _mend;
        _mend = null;
        if (mend is null) return;
        mend();
        foreach (var host in Place.Lab.Hosts) host.Use();
        Place.Lab.Tell(Place.Text, $"{Fault.Cause} is mended");
    }
}
