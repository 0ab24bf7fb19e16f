namespace Fathom.Services.Application.Iperf;

/// <summary>What goes over the control connection of iperf3, an octet each (iperf_api.h of iperf 3.12).</summary>
internal enum IperfState : sbyte
{
    TestStart = 1,
    TestRunning = 2,
    TestEnd = 4,
    ParameterExchange = 9,
    CreateStreams = 10,
    ClientTerminate = 12,
    ExchangeResults = 13,
    DisplayResults = 14,
    Done = 16,
    AccessDenied = -1,
    ServerError = -2,
}
