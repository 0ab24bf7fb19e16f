using System.Globalization;
using System.Text;
using Fathom.Diagnosis;
using Fathom.Lab.Application;
using Fathom.Lab.Faults;
using Fathom.Lab.Internet;
using Fathom.Lab.Scenarios;
using Fathom.Wire.Internet;
using Fathom.Wire.Transport;

namespace Fathom.Lab.Tests.Matrix;

/// <summary>Captive portals of every kind are called by their name, and what only looks like one is not.</summary>
public class PortalTests
{
    private const int Seeds = 4;

    [Theory]
    [InlineData(PortalAnswer.Status, false, "http://www.example.com/", Confidence.Certain)]
    [InlineData(PortalAnswer.Page, false, "http://www.example.com/", Confidence.Certain)]
    [InlineData(PortalAnswer.Page, false, "http://203.0.113.80/", Confidence.Certain)]
    [InlineData(PortalAnswer.Page, false, "https://www.example.com/", Confidence.Certain)]
    [InlineData(PortalAnswer.Page, false, "www.example.com", Confidence.Certain)]
    [InlineData(PortalAnswer.Redirect, false, "https://www.example.com/", Confidence.Certain)]
    [InlineData(PortalAnswer.Page, true, "http://www.example.com/", Confidence.Likely)]
    [InlineData(PortalAnswer.Page, true, "https://www.example.com/", Confidence.Likely)]
    [InlineData(PortalAnswer.Redirect, true, "http://www.example.com/", Confidence.Likely)]
    public void A_portal_is_called_by_its_name(PortalAnswer answer, bool byName, string target, Confidence confidence)
    {
        var wrong = Check(target, world =>
        {
            var inside = world.Lab.Find("home-router")!.Ports.First(static p => p.Interface.Name == "lan");
            CaptivePortal.AddTo(inside, new PortalOptions(new IpEndpoint(IpAddress.Parse("192.168.1.1"), 80)) { Answer = answer, ByName = byName });
        }, report => report.Verdict is { Status: VerdictStatus.Broken, Root: { Cause: Causes.HttpCaptivePortal } root } && root.Confidence == confidence && root.Evidence.Count > 0);
        Assert.True(wrong.Length == 0, wrong);
    }

    [Theory]
    [InlineData("tls.name-mismatch", "https://www.example.com/", Causes.TlsNameMismatch)]
    [InlineData("tls.self-signed", "https://www.example.com/", Causes.TlsSelfSigned)]
    [InlineData("dns.hijacked", "http://www.example.com/", Causes.DnsHijacked)]
    [InlineData("tcp.filtered", "https://www.example.com/", Causes.TcpFiltered)]
    [InlineData("tcp.refused", "https://www.example.com/", Causes.TcpRefused)]
    public void What_looks_alike_is_not(string fault, string target, string cause)
    {
        var wrong = Check(target, world =>
        {
            Assert.True(FaultPlace.TryFind(world.Lab, fault == "dns.hijacked" ? "resolver" : "www", out var place, out var reason), reason);
            Assert.True(FaultCatalog.Find(fault)!.TryPut(place with { Targets = world.TargetAddresses }, out _, out reason), reason);
        }, report => report.Verdict.Root?.Cause == cause && report.Findings.All(static f => f.Cause != Causes.HttpCaptivePortal));
        Assert.True(wrong.Length == 0, wrong);
    }

    [Theory]
    [InlineData("http://192.168.1.30/")]
    [InlineData("http://www.example.com/")]
    public void A_site_that_answers_no_echo_is_not(string target)
    {
        var wrong = Check(target, static world =>
        {
            foreach (var host in new[] { "printer", "www" }) IcmpFilter.AddTo(world.Lab.Find(host)!, IcmpFilterScope.All);
        }, static report => report.Verdict.Status == VerdictStatus.Works);
        Assert.True(wrong.Length == 0, wrong);
    }

    private static string Check(string target, Action<LabWorld> change, Func<CheckReport, bool> isRight)
    {
        var wrong = new StringBuilder();
        for (var seed = 1; seed <= Seeds; seed++)
        {
            using var world = LabWorld.Create(BuiltInScenarios.Get(BuiltInScenarios.Default), new LabOptions { Seed = (ulong)seed });
            change(world);
            var report = MatrixRun.Check(world, "laptop", target, captures: seed % 2 == 0);
            if (!isRight(report)) wrong.AppendLine(CultureInfo.InvariantCulture, $"seed {seed}:\n{MatrixRun.Describe(report)}");
        }

        return wrong.ToString();
    }
}
