namespace Fathom.Lab.Time;

/// <summary>How a lab that keeps step with real time waits, and takes in what comes from outside meanwhile.</summary>
public interface ILabWait
{
    /// <summary>Waits until the time is over, or something has come from outside; longer only by what the machine takes to wake up.</summary>
    /// <param name="atMost">Real time; null: nothing is due, only something from outside ends the wait.</param>
    void Wait(TimeSpan? atMost);

    /// <summary>Gives the lab what has come from outside, if anything has. On the lab's thread, when its clock is at real time's moment; it does not wait.</summary>
    void TakeIn();
}
