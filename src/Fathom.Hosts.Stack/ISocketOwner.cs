namespace Fathom.Hosts.Stack;

/// <summary>What stands behind a socket of the stack and hears when its readiness has changed.</summary>
internal interface ISocketOwner
{
    /// <summary>Looks what can be done now. Called with the driver's gate held.</summary>
    void OnReady();
}
