using Fathom.Lab.Link;

namespace Fathom.Cli.Labs;

/// <summary>Why a link dropped a frame, in few words.</summary>
internal static class DropText
{
    public static string Of(FrameDrop reason) => reason switch
    {
        FrameDrop.Lost => "lost",
        FrameDrop.LinkDown => "cable pulled",
        FrameDrop.TooLarge => "too large for the link",
        FrameDrop.QueueFull or FrameDrop.QueueSlow => "queue full",
        _ => "no cable",
    };
}
