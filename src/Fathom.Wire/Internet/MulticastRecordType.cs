namespace Fathom.Wire.Internet;

/// <summary>What a group record of IGMPv3 or MLDv2 says (RFC 3376 §4.2.12, RFC 3810 §5.2.12).</summary>
public enum MulticastRecordType : byte
{
    /// <summary>Not a record type.</summary>
    None = 0,

    /// <summary>Current state: only from these sources.</summary>
    ModeIsInclude = 1,

    /// <summary>Current state: from all sources but these.</summary>
    ModeIsExclude = 2,

    /// <summary>Change: from now on only from these sources; without any it leaves the group.</summary>
    ChangeToInclude = 3,

    /// <summary>Change: from now on from all sources but these; without any it joins the group.</summary>
    ChangeToExclude = 4,

    /// <summary>Change: these sources too.</summary>
    AllowNewSources = 5,

    /// <summary>Change: these sources no more.</summary>
    BlockOldSources = 6,
}
