global using Fathom.Probes.Application.Tls;
