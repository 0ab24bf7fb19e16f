using System.Text.Json.Nodes;
using Fathom.EndToEnd.Cases;
using Fathom.EndToEnd.Checks;
using Fathom.EndToEnd.Worlds;
using Xunit.Sdk;

namespace Fathom.EndToEnd;

/// <summary>
/// The assertions of the matrix under test: they accept the contract's own example of a document and refuse it after
/// any one thing in it was made wrong. A proof that accepts everything proves nothing.
/// </summary>
public sealed class HarnessTests
{
    // check-contract.md's example, shortened where the contract has an ellipsis.
    private const string Example =
        """
        {
          "schema": "fathom.check/1",
          "target": "https://shop.example/",
          "startedAt": "2026-11-23T10:00:00Z",
          "durationMilliseconds": 182.4,
          "verdict": {
            "status": "broken", "layer": "transport", "stage": "connect", "cause": "tcp.refused", "confidence": "certain",
            "summary": "Nothing listens on 203.0.113.10 port 443: the host answers, and refused the connection.",
            "fix": "Start the service, or bind it to this address instead of 127.0.0.1.",
            "alternatives": [ { "cause": "path.filtered", "nextExperiment": "Look for an ICMP error." } ],
            "ruledOut": [ "dns.nxdomain", "link.down" ]
          },
          "findings": [
            { "cause": "tcp.refused", "severity": "fail", "layer": "transport", "stage": "connect",
              "summary": "RST to the SYN.", "follows": null, "evidence": [ "packet:17" ] }
          ],
          "stages": [
            { "stage": "dns", "layer": "application", "status": "pass", "durationMilliseconds": 12.1,
              "summary": "shop.example → 203.0.113.10", "facts": { } },
            { "stage": "connect", "layer": "transport", "status": "fail", "durationMilliseconds": 1.5,
              "summary": "Refused.", "facts": { } }
          ],
          "evidence": [ { "id": "packet:17", "at": 41.2, "summary": "TCP RST, ACK from 203.0.113.10:443", "layers": [ ] } ]
        }
        """;

    private static readonly FaultCase Row = CaseGroup.Find("tcp.refused");

    [Fact]
    public void The_contracts_example_is_accepted() => Check(_ => { }, exitCode: 1, Privilege.Root);

    [Fact]
    public void A_wrong_exit_status_is_refused() => AssertRefused(_ => { }, exitCode: 0);

    [Fact]
    public void A_packet_without_capture_is_refused() => AssertRefused(_ => { }, privilege: Privilege.Nobody);

    [Fact]
    public void Another_cause_is_refused() => AssertRefused(root =>
    {
        Verdict(root)["cause"] = "tcp.reset";
        Finding(root)["cause"] = "tcp.reset";
    });

    [Fact]
    public void Another_status_is_refused() => AssertRefused(root => Verdict(root)["status"] = "degraded", exitCode: 0);

    [Fact]
    public void Less_confidence_is_refused() => AssertRefused(root => Verdict(root)["confidence"] = "likely");

    [Fact]
    public void Another_layer_is_refused() => AssertRefused(root => Verdict(root)["layer"] = "internet");

    [Fact]
    public void A_claim_without_evidence_is_refused() => AssertRefused(root => Finding(root)["evidence"] = new JsonArray());

    [Fact]
    public void A_claim_with_evidence_that_is_not_there_is_refused() => AssertRefused(root => Finding(root)["evidence"] = new JsonArray("packet:18"));

    [Fact]
    public void A_second_claim_is_refused() => AssertRefused(root => AddFinding(root, "path.loss", "warn", null));

    [Fact]
    public void A_second_finding_that_follows_is_accepted() =>
        Check(root => AddFinding(root, "path.loss", "warn", "tcp.refused"), exitCode: 1, Privilege.Root);

    [Fact]
    public void A_finding_that_only_informs_is_accepted() =>
        Check(root => AddFinding(root, "path.mtu-reduced", "info", null), exitCode: 1, Privilege.Root);

    [Fact]
    public void A_cause_outside_the_contract_is_refused() => AssertRefused(root => AddFinding(root, "path.sad", "info", null));

    [Fact]
    public void Stages_out_of_order_are_refused() => AssertRefused(root =>
    {
        var stages = root["stages"]!.AsArray();
        var first = stages[0];
        stages.RemoveAt(0);
        stages.Add(first);
    });

    [Fact]
    public void A_duration_of_zero_is_refused() => AssertRefused(root => root["stages"]![0]!["durationMilliseconds"] = 0);

    [Fact]
    public void An_unknown_stage_without_a_reason_is_refused() => AssertRefused(root =>
    {
        root["stages"]![0]!["status"] = "unknown";
        root["stages"]![0]!["summary"] = "";
    });

    [Fact]
    public void Less_than_certain_without_alternatives_is_refused()
    {
        var row = CaseGroup.Find("tcp.filtered: on the server");
        void Filtered(JsonNode root)
        {
            Verdict(root)["cause"] = "tcp.filtered";
            Verdict(root)["confidence"] = "likely";
            Finding(root)["cause"] = "tcp.filtered";
        }

        Check(Filtered, exitCode: 1, Privilege.Root, row);
        AssertRefused(
            root =>
            {
                Filtered(root);
                Verdict(root)["alternatives"] = new JsonArray();
            },
            row: row);
    }

    [Fact]
    public void A_missing_member_is_refused() =>
        Assert.Throws<FormatException>(() => Check(root => Verdict(root).Remove("ruledOut"), exitCode: 1, Privilege.Root));

    private static JsonObject Verdict(JsonNode root) => root["verdict"]!.AsObject();

    private static JsonNode Finding(JsonNode root) => root["findings"]![0]!;

    private static void AddFinding(JsonNode root, string cause, string severity, string? follows) => root["findings"]!.AsArray().Add(new JsonObject
    {
        ["cause"] = cause,
        ["severity"] = severity,
        ["layer"] = "internet",
        ["stage"] = "path",
        ["summary"] = "…",
        ["follows"] = follows,
        ["evidence"] = new JsonArray("packet:17"),
    });

    private static void AssertRefused(Action<JsonNode> change, int exitCode = 1, Privilege privilege = Privilege.Root, FaultCase? row = null) =>
        Assert.ThrowsAny<XunitException>(() => Check(change, exitCode, privilege, row));

    private static void Check(Action<JsonNode> change, int exitCode, Privilege privilege, FaultCase? row = null)
    {
        var root = JsonNode.Parse(Example)!;
        change(root);
        var process = new CommandResult("fathom check", exitCode, root.ToJsonString(), "", TimeSpan.FromSeconds(1));
        var run = new CheckRun(process, CheckDocument.Parse(process));
        VerdictAssert.IsAsExpected(run, row ?? Row, privilege);
        ContractAssert.WellFormed(run, privilege);
    }
}
