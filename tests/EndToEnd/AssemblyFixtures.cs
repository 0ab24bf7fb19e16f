using Fathom.EndToEnd.Worlds;

[assembly: AssemblyFixture(typeof(WorldFactory))]
