using Fathom.Wire.Internet;

namespace Fathom.Wire.Encapsulation;

/// <summary>
/// Lets the packets of a message cross a link that loses, repeats and delays what it is told to, and puts the message together at
/// the other end with the real machines: <see cref="IpReassembler"/> and <see cref="Transport.TcpStreamAssembler"/>. Time is counted, not waited for.
/// </summary>
public static class MessageJourney
{
    /// <summary>Runs the journey to its end.</summary>
    /// <param name="message">The packets.</param>
    /// <param name="options">What happens to them.</param>
    public static JourneyReport Run(PacketizedMessage message, JourneyOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(message);
        options ??= new JourneyOptions();
        return message.Options.Transport == IpProtocol.Tcp ? new StreamJourney(message, options).Run() : new DatagramJourney(message, options).Run();
    }
}
