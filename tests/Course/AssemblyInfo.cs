using System.Runtime.Versioning;

// Network namespaces are Linux's; elsewhere every test skips (Sandbox).
[assembly: SupportedOSPlatform("linux")]
[assembly: AssemblyFixture(typeof(Fathom.Course.CourseReport))]
