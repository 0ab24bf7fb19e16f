using System.Runtime.Versioning;
using Fathom.EndToEnd.Checks;
using Fathom.EndToEnd.Worlds;

// Network namespaces are Linux's; elsewhere every test skips (Requirements).
[assembly: SupportedOSPlatform("linux")]
[assembly: AssemblyFixture(typeof(WorldFactory))]
[assembly: AssemblyFixture(typeof(MatrixReport))]
